package org.eveproof.postprocessing;

import java.util.Optional;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * Reconciliation of one key by Cascade.
 *
 * @param schedule its passes
 */
public record CascadeReconciliation(CascadeSchedule schedule) implements Reconciliation {

  @Override
  public int seedBits() {
    return CascadeSchedule.SEED_BITS;
  }

  @Override
  public int openingBits() {
    return schedule.openingBits();
  }

  @Override
  public Alice alice(SecretBits key, Bits seed) {
    CascadeAlice cascade = new CascadeAlice(key, schedule, seed);
    return new Alice() {
      @Override
      public Bits open() {
        return cascade.open();
      }

      @Override
      public Optional<Question> read(byte[] question) {
        return ParityQueries.decode(question, schedule)
            .map(queries -> () -> cascade.answer(queries));
      }

      @Override
      public void close() {
        cascade.close();
      }
    };
  }

  @Override
  public Bob bob(SecretBits key, Bits seed) {
    CascadeBob cascade = new CascadeBob(key, schedule, seed);
    return new Bob() {
      @Override
      public int awaitedBits() {
        return cascade.awaitedBits();
      }

      @Override
      public Optional<byte[]> take(Bits parities) {
        return cascade.take(parities).map(ParityQueries::encode);
      }

      @Override
      public SecretBits corrected() {
        return cascade.corrected();
      }

      @Override
      public void close() {
        cascade.close();
      }
    };
  }
}
