package org.eveproof.handover;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eveproof.authentication.Frame;
import org.eveproof.protocol.Bits;

/**
 * What a message of the refill says; the frame's header says who says it, and under which key.
 *
 * @param kind any but {@link MessageKind#DATA}
 * @param about number of the block in question
 * @param keys of {@link MessageKind#PREPARE}: number of keys in each direction; else 0
 * @param seed of PREPARE: seed of the hash, 128 bits; else empty
 * @param hash of PREPARE: Alice's masked hash of the block, 128 bits; else empty
 */
public record RefillMessage(MessageKind kind, int about, int keys, Bits seed, Bits hash) {
  /** Length of a seed and of a hash, in bits. */
  static final int HASH_BITS = 128;

  private static final Bits NONE = Bits.ofWords(new long[0], 0);

  static RefillMessage about(MessageKind kind, int block) {
    return new RefillMessage(kind, block, 0, NONE, NONE);
  }

  /** The same each time that it is said of a block. */
  static RefillMessage prepare(int block, KeyBlock keys) {
    byte[] seed = keys.seed();
    return new RefillMessage(
        MessageKind.PREPARE,
        block,
        keys.keys(),
        Bits.fromBytes(seed, HASH_BITS),
        Bits.fromBytes(keys.hash(seed), HASH_BITS));
  }

  byte[] payload() {
    ByteBuffer out = ByteBuffer.allocate(2 * Integer.BYTES + (seed.length() + hash.length()) / 8);
    return out.putInt(about).putInt(keys).put(seed.toBytes()).put(hash.toBytes()).array();
  }

  /**
   * Reads a message from a frame, which need not be authentic.
   *
   * @return empty if the frame is no message of the refill, or malformed
   */
  public static Optional<RefillMessage> parse(Frame frame) {
    Optional<MessageKind> kind = MessageKind.ofType(frame.header().type());
    byte[] payload = frame.payload();
    int hashBytes = HASH_BITS / 8;
    boolean prepare = kind.isPresent() && kind.get() == MessageKind.PREPARE;
    if (kind.isEmpty() || payload.length != 2 * Integer.BYTES + (prepare ? 2 * hashBytes : 0)) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(payload);
    int about = in.getInt();
    int keys = in.getInt();
    if (about < 0 || (keys != 0) != prepare) {
      return Optional.empty();
    }
    byte[] seed = new byte[prepare ? hashBytes : 0];
    byte[] hash = new byte[prepare ? hashBytes : 0];
    in.get(seed).get(hash);
    return Optional.of(
        new RefillMessage(
            kind.get(),
            about,
            keys,
            Bits.fromBytes(seed, 8 * seed.length),
            Bits.fromBytes(hash, 8 * hash.length)));
  }
}
