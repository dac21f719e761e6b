package org.eveproof.session;

import java.nio.ByteBuffer;
import org.eveproof.protocol.Bits;

/**
 * Reads the payload of a frame: untrusted bytes, of which every single one must be accounted for.
 * Nothing is allocated that the bytes do not pay for.
 */
final class PayloadReader {
  private final ByteBuffer in;

  PayloadReader(byte[] payload) {
    in = ByteBuffer.wrap(payload);
  }

  /** Returns what to throw for a payload that does not fit. */
  static RefusedException unreadable() {
    return new RefusedException(Refusal.BAD_CONTENT);
  }

  /** Reads one byte as a number, 0 to 255. */
  int octet() throws RefusedException {
    require(1);
    return Byte.toUnsignedInt(in.get());
  }

  /** Reads a number of four bytes within bounds, both inclusive. */
  int number(int least, int greatest) throws RefusedException {
    require(Integer.BYTES);
    int number = in.getInt();
    if (number < least || number > greatest) {
      throw unreadable();
    }
    return number;
  }

  /** Reads exactly so many bits, packed; the padding must be zero. */
  Bits bits(int length) throws RefusedException {
    int bytes = (int) (((long) length + 7) >>> 3);
    require(bytes);
    byte[] packed = new byte[bytes];
    in.get(packed);
    try {
      return Bits.fromBytes(packed, length);
    } catch (IllegalArgumentException paddingNotZero) {
      throw unreadable();
    }
  }

  /** Reads all that is left. */
  byte[] rest() {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }

  /** Insists that nothing is left. */
  void end() throws RefusedException {
    if (in.hasRemaining()) {
      throw unreadable();
    }
  }

  private void require(int bytes) throws RefusedException {
    if (in.remaining() < bytes) {
      throw unreadable();
    }
  }
}
