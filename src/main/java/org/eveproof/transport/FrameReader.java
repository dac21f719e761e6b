package org.eveproof.transport;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds the frames in a stream of untrusted bytes. Whatever comes in, it throws nothing, holds no
 * more than one frame of the greatest length, and is in step again after the next delimiter.
 */
final class FrameReader {
  private static final int FIRST_CAPACITY = 1024;

  private final int limit;
  private byte[] collected = new byte[FIRST_CAPACITY];
  private int length;
  private boolean skipping;

  /** Makes a reader for frames of at most so many bytes. */
  FrameReader(int maxFrame) {
    limit = Cobs.maxEncoded(maxFrame);
  }

  /** Takes in the first bytes of a buffer and hands on every frame that they complete. */
  void read(byte[] buffer, int count, Consumer<byte[]> frames) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (buffer[i] == Cobs.DELIMITER) {
        collect(buffer, from, i);
        finish(frames);
        from = i + 1;
      }
    }
    collect(buffer, from, count);
  }

  private void collect(byte[] buffer, int from, int to) {
    int more = to - from;
    if (skipping || more > limit - length) {
      skipping = true;
      return;
    }
    if (length + more > collected.length) {
      long doubled = Math.max(2L * collected.length, length + more);
      collected = Arrays.copyOf(collected, (int) Math.min(doubled, limit));
    }
    System.arraycopy(buffer, from, collected, length, more);
    length += more;
  }

  private void finish(Consumer<byte[]> frames) {
    if (!skipping && length > 0) {
      Cobs.decode(collected, length).ifPresent(frames);
    }
    if (collected.length > FIRST_CAPACITY) {
      collected = new byte[FIRST_CAPACITY];
    }
    length = 0;
    skipping = false;
  }
}
