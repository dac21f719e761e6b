package org.eveproof.adversary.crash;

import java.util.List;
import java.util.Optional;
import org.eveproof.handover.ApplicationKeys;
import org.eveproof.handover.JournalEntry;
import org.eveproof.handover.LedgerStore;
import org.eveproof.handover.RollbackGuard;
import org.eveproof.protocol.SecretBits;

/** What a ledger writes to, with places to stop at around every write. */
final class StoppableLedger {
  private StoppableLedger() {}

  /**
   * A store that can be stopped at.
   *
   * @param inner the store itself
   */
  record Store(LedgerStore inner, Stops stops) implements LedgerStore {
    @Override
    public void write(byte[] image, List<JournalEntry> entries, long firstKept) {
      stops.at(Place.LEDGER_BEFORE);
      stops.at(Place.LEDGER_DURING);
      inner.write(image, entries, firstKept);
      stops.at(Place.LEDGER_WRITTEN);
    }

    @Override
    public Optional<byte[]> read() {
      return inner.read();
    }
  }

  /**
   * A guard that can be stopped at.
   *
   * @param inner the guard itself
   */
  record Guard(RollbackGuard inner, Stops stops) implements RollbackGuard {
    @Override
    public long version() {
      return inner.version();
    }

    @Override
    public int epoch() {
      return inner.epoch();
    }

    @Override
    public void raise(long version, int epoch) {
      stops.at(Place.GUARD_DURING);
      inner.raise(version, epoch);
      stops.at(Place.GUARD_WRITTEN);
    }
  }

  /**
   * A receiver of keys that can be stopped at, and that notes a digest of each.
   *
   * @param inner the receiver itself
   */
  record Keys(ApplicationKeys inner, SiteLog log, Stops stops) implements ApplicationKeys {
    @Override
    public void give(int epoch, int block, SecretBits key) {
      byte[] bytes = key.length() == 0 ? new byte[0] : key.toBytes();
      log.gives(epoch, block, bytes);
      stops.at(Place.KEYS_BEFORE);
      stops.at(Place.KEYS_DURING);
      inner.give(epoch, block, key);
      stops.at(Place.KEYS_WRITTEN);
    }
  }
}
