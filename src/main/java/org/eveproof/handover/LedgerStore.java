package org.eveproof.handover;

import java.util.List;
import java.util.Optional;

/**
 * Where a ledger's durable image and its journal are kept.
 *
 * <p>The contract that the ledger rests on: when {@link #write} returns, the image is what {@link
 * #read} gives after any crash, the entries are in the journal, and the image before is
 * overwritten; when it throws, either all of that has happened or nothing.
 */
public interface LedgerStore {

  /**
   * Replaces the image and adds to the journal, at once.
   *
   * @param image the store copies it; the caller wipes it
   * @param entries to be added, in their order
   * @param firstKept number of the first entry that is still needed: those before may go
   */
  void write(byte[] image, List<JournalEntry> entries, long firstKept);

  /** Returns a copy of the image, for the caller to wipe; empty if none was ever written. */
  Optional<byte[]> read();
}
