package org.eveproof.conformance;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.PrivacyAmplification;
import org.eveproof.postprocessing.Sample;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.session.AbortReason;
import org.eveproof.session.ExchangeAlice;
import org.eveproof.session.ExchangeBob;
import org.eveproof.session.MessageType;
import org.eveproof.session.Participant;
import org.eveproof.session.Payload;

/**
 * Content of Eve's own, made to fit what a party is waiting for. She knows every public figure, and
 * so every length.
 */
final class Forgery {
  private final MessageType type;
  private final byte[] payload;

  private Forgery(MessageType type, byte[] payload) {
    this.type = type;
    this.payload = payload;
  }

  /** Returns what it pretends to be. */
  MessageType type() {
    return type;
  }

  /** Returns the content, well-formed. */
  byte[] payload() {
    return payload.clone();
  }

  /** Returns an abort. */
  static Forgery ofAbort() {
    return new Forgery(MessageType.ABORT, new Payload.Abort(AbortReason.GIVEN_UP).encode());
  }

  /** Returns something that this party might accept now; nothing if it is not listening. */
  static Optional<Forgery> against(Participant<?> victim, RandomGenerator random) {
    if (victim instanceof ExchangeAlice.AwaitingDetections alice) {
      int pulses = alice.pulses().bits().length();
      Bits detected = bits(pulses, random);
      return of(
          MessageType.DETECTIONS, new Payload.Detections(detected, bits(detected.ones(), random)));
    } else if (victim instanceof ExchangeAlice.AwaitingSample alice) {
      Bits bits = bits(alice.disclosed().length(), random);
      return of(MessageType.SAMPLE, new Payload.SampleBits(bits));
    } else if (victim instanceof ExchangeAlice.AwaitingCorrection alice) {
      // No gap, one bit: the shortest query, which every key can answer.
      return Optional.of(
          alice.awaited().contains(MessageType.QUERIES) && random.nextBoolean()
              ? new Forgery(MessageType.QUERIES, new byte[] {0, 0})
              : new Forgery(MessageType.CORRECTED, Payload.NONE));
    } else if (victim instanceof ExchangeAlice.AwaitingVerified) {
      return Optional.of(new Forgery(MessageType.VERIFIED, Payload.NONE));
    } else if (victim instanceof ExchangeAlice.AwaitingConfirm) {
      return Optional.of(new Forgery(MessageType.CONFIRM, Payload.NONE));
    } else if (victim instanceof ExchangeBob.AwaitingSifting bob) {
      // As if Alice had used Bob's bases throughout.
      int detections = bob.bases().length();
      SampleRule rule = bob.parameters().sampling();
      Sample sample =
          rule.isEnough(bob.bases())
              ? rule.draw(bob.bases(), SecretRandom.simulated(random))
              : new Sample(Bits.of(detections, i -> i == 0));
      List<Bits> intensities =
          bob.parameters().intensities() == 1
              ? List.of()
              : List.of(bits(detections, random), Bits.of(detections, i -> false));
      return of(
          MessageType.SIFTING,
          new Payload.Disclosure(
              bob.bases(), intensities, sample, bits(sample.sampledBits(), random)));
    } else if (victim instanceof ExchangeBob.AwaitingOpening bob) {
      return of(
          MessageType.PARITIES,
          new Payload.Opening(
              bits(bob.plan().seedBits(), random), bits(bob.plan().openingBits(), random)));
    } else if (victim instanceof ExchangeBob.AwaitingParities bob) {
      Bits bits = bits(bob.reconciliation().awaitedBits(), random);
      return of(MessageType.PARITIES, new Payload.Parities(bits));
    } else if (victim instanceof ExchangeBob.AwaitingVerification bob) {
      return of(
          MessageType.VERIFICATION,
          new Payload.Verification(
              bits(ErrorVerification.SEED_BITS, random),
              bits(bob.parameters().verification().tagBits(), random)));
    } else if (victim instanceof ExchangeBob.AwaitingAmplification bob) {
      int keyBits = bob.material().key().length();
      int right = bob.parameters().lengthRule().secretBits(keyBits, bob.findings());
      boolean truthful = right > 0 && (right == keyBits || random.nextBoolean());
      int claimed = truthful ? right : right + 1;
      Bits seed = PrivacyAmplification.drawSeed(keyBits, claimed, SecretRandom.simulated(random));
      return of(MessageType.AMPLIFICATION, new Payload.Amplification(claimed, seed));
    } else if (victim instanceof ExchangeBob.InDoubt) {
      return Optional.of(new Forgery(MessageType.DONE, Payload.NONE));
    }
    return Optional.empty();
  }

  private static Optional<Forgery> of(MessageType type, Payload payload) {
    return Optional.of(new Forgery(type, payload.encode()));
  }

  private static Bits bits(int length, RandomGenerator random) {
    return Bits.of(length, i -> random.nextBoolean());
  }
}
