package org.eveproof.authentication;

import java.nio.ByteBuffer;

/**
 * Names one one-time key within a direction. The order is the order of use: epoch, block, index.
 *
 * @param epoch number of the trust epoch, from 0; it grows with each explicit re-bootstrap
 * @param block number of the key block within the epoch, from 0
 * @param index number of the one-time key within the block and direction, from 0
 */
public record KeyIndex(int epoch, int block, int index) implements Comparable<KeyIndex> {

  /** Length of the encoding in a frame. */
  static final int BYTES = 3 * Integer.BYTES;

  /** Checks the ranges. */
  public KeyIndex {
    if (epoch < 0 || block < 0 || index < 0) {
      throw new IllegalArgumentException(
          "epoch=" + epoch + ", block=" + block + ", index=" + index + " must not be negative");
    }
  }

  /** Writes {@link #BYTES} bytes: no two indices have the same. */
  void encode(ByteBuffer out) {
    out.putInt(epoch).putInt(block).putInt(index);
  }

  @Override
  public int compareTo(KeyIndex other) {
    if (epoch != other.epoch) {
      return Integer.compare(epoch, other.epoch);
    }
    if (block != other.block) {
      return Integer.compare(block, other.block);
    }
    return Integer.compare(index, other.index);
  }
}
