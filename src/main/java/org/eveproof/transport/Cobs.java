package org.eveproof.transport;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Consistent overhead byte stuffing: an encoding of bytes without the byte zero, so that zero can
 * mark where a frame ends and a reader that lost its place finds it again at the next zero.
 *
 * <p>A block starts with a count c from 1 to 255 and c - 1 bytes that are not zero; after a block
 * with c less than 255, unless it is the last, the original had a zero.
 *
 * @see <a href="https://doi.org/10.1109/90.769765">Cheshire and Baker, IEEE/ACM Trans. Netw. 7
 *     (1999) 159-172</a>
 */
final class Cobs {
  /** The byte that no encoding contains. */
  static final byte DELIMITER = 0;

  private static final int FULL = 255;

  private Cobs() {}

  /** Returns the greatest length of the encoding of this many bytes. */
  static int maxEncoded(int length) {
    return Math.addExact(length, length / (FULL - 1) + 1);
  }

  static byte[] encode(byte[] plain) {
    byte[] out = new byte[maxEncoded(plain.length)];
    int count = 0;
    int next = 1;
    for (int i = 0; i < plain.length; i++) {
      if (plain[i] != 0) {
        out[next++] = plain[i];
      }
      boolean full = next - count == FULL && i + 1 < plain.length;
      if (plain[i] == 0 || full) {
        out[count] = (byte) (next - count);
        count = next++;
      }
    }
    out[count] = (byte) (next - count);
    return Arrays.copyOf(out, next);
  }

  /** Returns what was encoded; empty if this is no encoding. */
  static Optional<byte[]> decode(byte[] encoded, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    int at = 0;
    while (at < length) {
      int count = Byte.toUnsignedInt(encoded[at]);
      if (count == 0 || at + count > length) {
        return Optional.empty();
      }
      out.write(encoded, at + 1, count - 1);
      at += count;
      if (count < FULL && at < length) {
        out.write(0);
      }
    }
    return Optional.of(out.toByteArray());
  }
}
