package org.eveproof.handover;

import java.util.Arrays;
import org.eveproof.protocol.Party;

/**
 * A ledger's image in memory, and the store and the guard that keep it. If a change fails half-way,
 * nobody knows what is durable: from then on nothing is changed any more.
 */
final class DurableImage {
  private final LedgerImage image;
  private final LedgerStore store;
  private final RollbackGuard guard;
  private boolean inDoubt;

  private DurableImage(LedgerImage image, LedgerStore store, RollbackGuard guard) {
    this.image = image;
    this.store = store;
    this.guard = guard;
  }

  /**
   * Reads the image that the store keeps; an image older than the guard knows is thrown away for
   * one without keys, in a new epoch.
   *
   * @throws IllegalArgumentException if it is damaged, or the other party's
   */
  static DurableImage open(Party self, LedgerStore store, RollbackGuard guard) {
    LedgerImage read =
        store
            .read()
            .map(DurableImage::decodeAndWipe)
            .orElseGet(() -> new LedgerImage(self, 0, 0, new Journal()));
    if (read.owner() != self) {
      read.close();
      throw new IllegalArgumentException("the ledger is " + read.owner().specName() + "'s");
    }
    if (read.version() < guard.version()) {
      read.close();
      DurableImage empty =
          new DurableImage(read.rolledBack(guard.version(), guard.epoch()), store, guard);
      empty.persist();
      return empty;
    }
    guard.raise(read.version(), read.epoch());
    return new DurableImage(read, store, guard);
  }

  private static LedgerImage decodeAndWipe(byte[] encoded) {
    LedgerImage image = LedgerImage.decode(encoded);
    Arrays.fill(encoded, (byte) 0);
    return image;
  }

  LedgerImage image() {
    return image;
  }

  boolean isInDoubt() {
    return inDoubt;
  }

  /** Makes what has changed durable: first in the store, then in the guard. */
  void persist() {
    change(
        () -> {
          byte[] encoded = image.encodeNext();
          Journal journal = image.journal();
          store.write(encoded, journal.pending(), journal.kept().next());
          journal.written();
          Arrays.fill(encoded, (byte) 0);
          guard.raise(image.version(), image.epoch());
        });
  }

  /**
   * Makes a change that must not be made by half.
   *
   * @throws IllegalStateException if one before was
   */
  void change(Runnable step) {
    if (inDoubt) {
      throw new IllegalStateException("the store has failed; open the ledger anew");
    }
    inDoubt = true;
    step.run();
    inDoubt = false;
  }

  /** Wipes the image in memory; nothing is changed any more. */
  void close() {
    image.close();
    inDoubt = true;
  }
}
