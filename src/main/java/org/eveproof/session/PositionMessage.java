package org.eveproof.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.handover.BlockState;
import org.eveproof.handover.LedgerPosition;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * Where an end of the link stands, said before anything else when a conversation begins anew.
 *
 * <p>Nothing authenticates it: an end that has restarted uses no key before it knows that its
 * ledger is no old copy. What both ends said is confirmed by the first tags of the session ({@link
 * Greeting}); a lie costs time, never a key. The last bytes are a checksum against damage.
 *
 * @param sender whose position
 * @param nonce drawn anew for each conversation, {@value #NONCE_BITS} bits
 * @param answered the nonce of the position that this one answers, all zero if none
 * @param newEpoch whether an operator has asked this end to bootstrap anew
 * @param exhausted whether this end has no key left for what it would have to say
 * @param position of the ledger
 */
record PositionMessage(
    Party sender,
    Bits nonce,
    Bits answered,
    boolean newEpoch,
    boolean exhausted,
    LedgerPosition position) {
  static final int NONCE_BITS = 128;
  static final Bits NOTHING = Bits.fromBytes(new byte[NONCE_BITS / Byte.SIZE], NONCE_BITS);

  private static final int MAGIC = 0x45504f31;
  private static final int CHECK_BYTES = 8;
  private static final int NO_STATE = 0;
  private static final int NEW_EPOCH = 1;
  private static final int EXHAUSTED = 2;
  private static final int BYTES =
      Integer.BYTES + 3 + 2 * NONCE_BITS / Byte.SIZE + 3 * Integer.BYTES + 6 * Integer.BYTES;

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putInt(MAGIC)
        .put((byte) (sender == Party.ALICE ? 'A' : 'B'))
        .put((byte) ((newEpoch ? NEW_EPOCH : 0) | (exhausted ? EXHAUSTED : 0)))
        .put((byte) (int) position.newestState().map(BlockState::code).orElse(NO_STATE))
        .put(nonce.toBytes())
        .put(answered.toBytes())
        .putInt(position.epoch())
        .putInt(position.current())
        .putInt(position.newest());
    put(out, position.next());
    put(out, position.heard());
    byte[] encoded = Arrays.copyOf(out.array(), BYTES + CHECK_BYTES);
    System.arraycopy(sha256(out.array()), 0, encoded, BYTES, CHECK_BYTES);
    return encoded;
  }

  /** Reads what may be a position; empty if these bytes are none, or damaged. */
  static Optional<PositionMessage> parse(byte[] bytes) {
    if (bytes.length != BYTES + CHECK_BYTES
        || !Arrays.equals(
            Arrays.copyOfRange(bytes, BYTES, bytes.length),
            Arrays.copyOf(sha256(Arrays.copyOf(bytes, BYTES)), CHECK_BYTES))) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int magic = in.getInt();
    int sender = in.get();
    int flags = in.get();
    int state = in.get();
    Optional<BlockState> known = BlockState.find(state);
    Bits nonce = bits(in);
    Bits answered = bits(in);
    int epoch = in.getInt();
    int current = in.getInt();
    int newest = in.getInt();
    Optional<KeyIndex> next = index(in);
    Optional<KeyIndex> heard = index(in);
    boolean valid =
        magic == MAGIC
            && (sender == 'A' || sender == 'B')
            && (flags & ~(NEW_EPOCH | EXHAUSTED)) == 0
            && (state == NO_STATE || known.isPresent())
            && epoch >= 0
            && current >= -1
            && newest >= current
            && (state == NO_STATE) == (newest < 0)
            && next.isPresent()
            && heard.isPresent();
    return valid
        ? Optional.of(
            new PositionMessage(
                sender == 'A' ? Party.ALICE : Party.BOB,
                nonce,
                answered,
                (flags & NEW_EPOCH) != 0,
                (flags & EXHAUSTED) != 0,
                new LedgerPosition(epoch, current, newest, known, next.get(), heard.get())))
        : Optional.empty();
  }

  private static void put(ByteBuffer out, KeyIndex index) {
    out.putInt(index.epoch()).putInt(index.block()).putInt(index.index());
  }

  private static Optional<KeyIndex> index(ByteBuffer in) {
    int epoch = in.getInt();
    int block = in.getInt();
    int index = in.getInt();
    return epoch < 0 || block < 0 || index < 0
        ? Optional.empty()
        : Optional.of(new KeyIndex(epoch, block, index));
  }

  private static Bits bits(ByteBuffer in) {
    byte[] bytes = new byte[NONCE_BITS / Byte.SIZE];
    in.get(bytes);
    return Bits.fromBytes(bytes, NONCE_BITS);
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
