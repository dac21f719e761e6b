package org.eveproof.handover;

import java.nio.ByteBuffer;
import org.eveproof.protocol.Bits;

/**
 * What all entries of the journal before a certain one amount to, so that they need not be kept.
 * One block is live there, just come into use with all its one-time keys, or none is.
 *
 * @param next number of the first entry after it
 * @param hash of the chain up to it
 * @param epoch of the live block
 * @param block its number, -1 if none
 * @param keys its one-time keys in each direction, 0 if none
 * @param balance of everything up to it, the live block included
 */
record Checkpoint(long next, Bits hash, int epoch, int block, int keys, KeyBalance balance) {
  /** Length of the encoding, in bytes. */
  static final int BYTES =
      Long.BYTES + JournalEntry.HASH_BYTES + 3 * Integer.BYTES + KeyBalance.BYTES;

  /** Before a first entry, with nothing live. */
  static Checkpoint blank(long next, Bits hash) {
    return new Checkpoint(next, hash, 0, -1, 0, KeyBalance.ZERO);
  }

  void put(ByteBuffer out) {
    out.putLong(next).put(hash.toBytes()).putInt(epoch).putInt(block).putInt(keys);
    balance.put(out);
  }

  static Checkpoint get(ByteBuffer in) {
    long next = in.getLong();
    return new Checkpoint(
        next, JournalEntry.hash(in), in.getInt(), in.getInt(), in.getInt(), KeyBalance.get(in));
  }
}
