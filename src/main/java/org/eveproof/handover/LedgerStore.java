package org.eveproof.handover;

import java.util.Optional;

/**
 * Where a ledger's durable image is kept.
 *
 * <p>The contract that the ledger rests on: when {@link #write} returns, the image is what {@link
 * #read} gives after any crash, and the image before it is overwritten; when it throws, either the
 * old or the new image is there, whole.
 */
public interface LedgerStore {

  /**
   * Replaces the image.
   *
   * @param image the store copies it; the caller wipes it
   */
  void write(byte[] image);

  /** Returns a copy of the image, for the caller to wipe; empty if none was ever written. */
  Optional<byte[]> read();
}
