package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FixedMarginRule;
import org.eveproof.postprocessing.Reconciliation;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.protocol.Bits;
import org.junit.jupiter.api.Test;

/** Authentic content is refused as well, unless it fits to the last bit. */
class PayloadTest {
  private static final ExchangeParameters PARAMETERS =
      new ExchangeParameters(
          1,
          new SampleRule.RandomSubset(sifted -> 2),
          0.1,
          (keyBits, errorRate) ->
              new CascadeReconciliation(CascadeSchedule.wide(keyBits, errorRate)),
          5,
          new ErrorVerification(3),
          new LengthRule.Counted(new FixedMarginRule(1)));
  private static final Bits BASES = Bits.parse("0110");
  private static final Reconciliation PLAN =
      new CascadeReconciliation(new CascadeSchedule(4, List.of(2)));

  /** Reads one kind of payload. */
  @FunctionalInterface
  private interface Reader {
    Payload read(PayloadReader in) throws RefusedException;
  }

  /** A payload, and how its receiver reads it. */
  private record Sample(Payload payload, Reader reader) {}

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample(
              new Payload.Detections(Bits.parse("10110"), Bits.parse("011")),
              in -> Payload.Detections.read(in, 5)),
          new Sample(
              disclosure(BASES, "0101", "10"),
              in -> Payload.Disclosure.read(in, BASES, PARAMETERS)),
          new Sample(
              new Payload.SampleBits(Bits.parse("101")), in -> Payload.SampleBits.read(in, 3)),
          new Sample(
              new Payload.Opening(zeros(CascadeSchedule.SEED_BITS), Bits.parse("10")),
              in -> Payload.Opening.read(in, PLAN)),
          new Sample(new Payload.Parities(Bits.parse("110")), in -> Payload.Parities.read(in, 3)),
          new Sample(
              new Payload.Verification(zeros(ErrorVerification.SEED_BITS), Bits.parse("101")),
              in -> Payload.Verification.read(in, 3)),
          new Sample(
              new Payload.Amplification(2, Bits.parse("010000")),
              in -> Payload.Amplification.read(in, 5)),
          new Sample(new Payload.Abort(AbortReason.TOO_NOISY), Payload.Abort::read));

  private static Payload.Disclosure disclosure(Bits bases, String sample, String bits) {
    return new Payload.Disclosure(
        bases,
        List.of(),
        new org.eveproof.postprocessing.Sample(Bits.parse(sample)),
        Bits.parse(bits));
  }

  private static Bits zeros(int length) {
    return Bits.of(length, i -> false);
  }

  @Test
  void whatFitsIsReadAsItWasWritten() throws RefusedException {
    for (Sample sample : SAMPLES) {
      byte[] bytes = sample.payload().encode();
      assertThat(sample.reader().read(new PayloadReader(bytes))).isEqualTo(sample.payload());
    }
    Payload.readNone(new PayloadReader(Payload.NONE));
  }

  @Test
  void oneByteMoreOrLessIsRefused() {
    for (Sample sample : SAMPLES) {
      byte[] bytes = sample.payload().encode();
      for (int length = 0; length <= bytes.length + 1; length++) {
        if (length != bytes.length) {
          assertRefused(sample.reader(), Arrays.copyOf(bytes, length));
        }
      }
    }
    assertThatThrownBy(() -> Payload.readNone(new PayloadReader(new byte[1])))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void aOneInThePaddingIsRefused() {
    for (Sample sample : SAMPLES.subList(0, 7)) {
      byte[] bytes = sample.payload().encode();
      bytes[bytes.length - 1] |= 1;
      assertRefused(sample.reader(), bytes);
    }
  }

  @Test
  void aSampleOfAnotherSizeIsRefused() {
    for (String mask : List.of("0000", "0100", "0111", "1111")) {
      Bits sample = Bits.parse(mask);
      assertRefused(
          in -> Payload.Disclosure.read(in, BASES, PARAMETERS),
          disclosure(BASES, sample.toString(), zeros(sample.ones()).toString()).encode());
    }
    // Two sifted bits cannot be a sample of two and leave a key.
    Bits own = Bits.parse("11");
    assertRefused(
        in -> Payload.Disclosure.read(in, own, PARAMETERS),
        disclosure(own, own.toString(), own.toString()).encode());
  }

  @Test
  void countsThatAreNotTheReceiversAreRefused() {
    assertRefused(
        in -> Payload.Parities.read(in, 4), new Payload.Parities(Bits.parse("110")).encode());
    assertRefused(
        in -> Payload.Amplification.read(in, 5), new Payload.Amplification(0, zeros(4)).encode());
    assertRefused(
        in -> Payload.Amplification.read(in, 5), new Payload.Amplification(6, zeros(10)).encode());
    assertRefused(Payload.Abort::read, new byte[] {99});
  }

  @Test
  void aSeedWhoseMatrixHasDependentRowsIsRefused() {
    // Of 5 to 2 bits: both rows equal; the first row zero; the second row zero.
    for (String seed : List.of("111111", "000001", "100000", "000000")) {
      assertRefused(
          in -> Payload.Amplification.read(in, 5),
          new Payload.Amplification(2, Bits.parse(seed)).encode());
    }
  }

  private static void assertRefused(Reader reader, byte[] bytes) {
    assertThatThrownBy(() -> reader.read(new PayloadReader(bytes)))
        .isInstanceOf(RefusedException.class);
  }
}
