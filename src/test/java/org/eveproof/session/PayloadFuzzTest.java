package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FixedMarginRule;
import org.eveproof.postprocessing.ParityQueries;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.protocol.Bits;

/** What frames carry in an exchange, and what two ends say when they meet again. */
class PayloadFuzzTest {
  private static final ExchangeParameters PARAMETERS =
      new ExchangeParameters(
          3,
          new SampleRule.RandomSubset(sifted -> 1),
          0.1,
          (keyBits, errorRate) ->
              new CascadeReconciliation(CascadeSchedule.wide(keyBits, errorRate)),
          4,
          new ErrorVerification(3),
          new LengthRule.Counted(new FixedMarginRule(1)));

  private interface Reader {
    Payload read(PayloadReader in) throws RefusedException;
  }

  private static final List<Reader> READERS =
      List.of(
          in -> Payload.Detections.read(in, 12),
          in -> Payload.Disclosure.read(in, Bits.parse("011011"), PARAMETERS),
          in -> Payload.SampleBits.read(in, 9),
          in ->
              Payload.Opening.read(in, new CascadeReconciliation(CascadeSchedule.wide(200, 0.05))),
          in -> Payload.Parities.read(in, 10),
          in -> Payload.Verification.read(in, 50),
          in -> Payload.Amplification.read(in, 20),
          Payload.Abort::read);

  @FuzzTest
  void anyPayloadIsRefusedOrIsTheOneEncoding(byte[] bytes) {
    for (Reader reader : READERS) {
      try {
        assertThat(reader.read(new PayloadReader(bytes)).encode()).isEqualTo(bytes);
      } catch (RefusedException refused) {
        assertThat(refused.refusal()).isEqualTo(Refusal.BAD_CONTENT);
      }
    }
    CascadeSchedule schedule = CascadeSchedule.wide(200, 0.05);
    ParityQueries.decode(bytes, schedule)
        .ifPresent(queries -> assertThat(queries.encode()).isEqualTo(bytes));
    PositionMessage.parse(bytes)
        .ifPresent(position -> assertThat(position.encode()).isEqualTo(bytes));
    assertThat(PositionMessage.parse(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
  }
}
