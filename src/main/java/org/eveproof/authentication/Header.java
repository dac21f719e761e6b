package org.eveproof.authentication;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.eveproof.protocol.Party;

/**
 * What a message says about itself; the tag covers all of it.
 *
 * @param suite how the tag was made
 * @param sender who made it, and so the direction
 * @param session identifier that the peers agreed on, any value
 * @param round number of the exchange within the session, from 0
 * @param sequence number of the message within the exchange, from 0
 * @param type kind of message, 1 to 255; the protocols divide the range among them, so that no
 *     message of one can be taken for one of another: exchange 1 to 31, handover 32 to 63, link 64
 *     to 95, delivery 96 to 127
 * @param key which one-time key of the sender's direction the tag was made with
 */
public record Header(
    Suite suite, Party sender, long session, int round, int sequence, int type, KeyIndex key) {

  /** Version of the format, the first byte of every frame. */
  public static final int VERSION = 1;

  /** Length of the encoding, in bytes. */
  static final int BYTES = 4 + Long.BYTES + 2 * Integer.BYTES + KeyIndex.BYTES;

  private static final int ALICE = 'A';
  private static final int BOB = 'B';

  /** Checks the ranges. */
  public Header {
    if (round < 0 || sequence < 0 || type < 1 || type > 255) {
      throw new IllegalArgumentException(
          "round=" + round + ", sequence=" + sequence + ", type=" + type);
    }
  }

  void encode(ByteBuffer out) {
    out.put((byte) VERSION)
        .put((byte) suite.code())
        .put((byte) (sender == Party.ALICE ? ALICE : BOB))
        .put((byte) type)
        .putLong(session)
        .putInt(round)
        .putInt(sequence);
    key.encode(out);
  }

  /** Reads a header from a buffer with at least {@link #BYTES} bytes left. */
  static Optional<Header> decode(ByteBuffer in) {
    int version = in.get();
    Optional<Suite> suite = Suite.ofCode(in.get());
    int sender = in.get();
    int type = Byte.toUnsignedInt(in.get());
    long session = in.getLong();
    int round = in.getInt();
    int sequence = in.getInt();
    int epoch = in.getInt();
    int block = in.getInt();
    int index = in.getInt();
    boolean valid =
        version == VERSION
            && suite.isPresent()
            && (sender == ALICE || sender == BOB)
            && type != 0
            && round >= 0
            && sequence >= 0
            && epoch >= 0
            && block >= 0
            && index >= 0;
    if (!valid) {
      return Optional.empty();
    }
    return Optional.of(
        new Header(
            suite.get(),
            sender == ALICE ? Party.ALICE : Party.BOB,
            session,
            round,
            sequence,
            type,
            new KeyIndex(epoch, block, index)));
  }
}
