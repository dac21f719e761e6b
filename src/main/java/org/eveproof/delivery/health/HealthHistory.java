package org.eveproof.delivery.health;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the gate remembers from block to block, so that a bias too small for one block is found over
 * several: sums over the last one to two {@link #SPAN}s of bytes. Its size is fixed.
 *
 * <p>To be kept beside the keys and protected like them. The sums tell something of the blocks in
 * them: sixteen numbers, each worth ½·log₂(2πe·N/4) bits for N bits counted, which is 7 at N =
 * 2,400 and 14 at a span; they are worth it once, not for each block, and fade as blocks are added.
 *
 * @param earlier a full span, or nothing
 * @param recent what came after it
 */
public record HealthHistory(HealthCounts earlier, HealthCounts recent) {
  /** Bytes after which the older half is forgotten. */
  public static final int SPAN = 1 << 20;

  /** Nothing is known: at the first start, or when the operator has mended the source. */
  public static final HealthHistory EMPTY = new HealthHistory(HealthCounts.NONE, HealthCounts.NONE);

  private static final int FORMAT = 1;
  private static final int ENCODED = 1 + 2 * HealthCounts.ENCODED;

  /** Returns how many bytes the sums are over. */
  public long bytes() {
    return earlier.bytes() + recent.bytes();
  }

  /** What is forgotten depends on the lengths of blocks only: a choice by content is a bias. */
  HealthHistory plus(HealthCounts block) {
    HealthCounts sum = recent.plus(block);
    return sum.bytes() < SPAN
        ? new HealthHistory(earlier, sum)
        : new HealthHistory(sum, HealthCounts.NONE);
  }

  HealthCounts all() {
    return earlier.plus(recent);
  }

  /** Returns the bytes to store. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(ENCODED).put((byte) FORMAT);
    earlier.encode(out);
    recent.encode(out);
    return out.array();
  }

  /** Reads what {@link #encode} wrote; nothing if it is anything else. */
  public static Optional<HealthHistory> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length != ENCODED || in.get() != FORMAT) {
      return Optional.empty();
    }
    try {
      return Optional.of(new HealthHistory(HealthCounts.decode(in), HealthCounts.decode(in)));
    } catch (IllegalArgumentException impossible) {
      return Optional.empty();
    }
  }
}
