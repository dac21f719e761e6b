package org.eveproof.bootstrap.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.eveproof.protocol.Bits;

/**
 * The public halves of an exchange as they travel: for X25519, then for ML-KEM-768, the length (two
 * bytes, big-endian, 0 if it takes no part) and the bytes. If neither takes part, nothing at all.
 *
 * @param x25519 a public key, or nothing
 * @param mlKem an encapsulation key or a ciphertext, or nothing
 */
record Share(Bits x25519, Bits mlKem) {
  static final Bits NOTHING = Bits.parse("");

  static Bits of(byte[] part) {
    return Bits.fromBytes(part, Byte.SIZE * part.length);
  }

  Bits encode() {
    return x25519.length() == 0 && mlKem.length() == 0
        ? NOTHING
        : framed(x25519).append(framed(mlKem));
  }

  private static Bits framed(Bits part) {
    byte[] bytes = part.toBytes();
    return of(
        ByteBuffer.allocate(Short.BYTES + bytes.length)
            .putShort((short) bytes.length)
            .put(bytes)
            .array());
  }

  /** Reads what anybody may have made; empty if it is not exactly one encoding. */
  static Optional<Share> decode(Bits encoded) {
    byte[] bytes = encoded.toBytes();
    if (bytes.length == 0) {
      return Optional.of(new Share(NOTHING, NOTHING));
    }
    Optional<Bits> first = part(bytes, 0);
    Optional<Bits> second =
        first.flatMap(part -> part(bytes, Short.BYTES + part.length() / Byte.SIZE));
    return first
        .flatMap(one -> second.map(other -> new Share(one, other)))
        .filter(share -> share.encode().equals(encoded));
  }

  private static Optional<Bits> part(byte[] bytes, int at) {
    if (at + Short.BYTES > bytes.length) {
      return Optional.empty();
    }
    int length = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(at));
    int from = at + Short.BYTES;
    return from + length > bytes.length
        ? Optional.empty()
        : Optional.of(of(Arrays.copyOfRange(bytes, from, from + length)));
  }
}
