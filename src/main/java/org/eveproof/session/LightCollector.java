package org.eveproof.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.eveproof.protocol.Bits;
import org.eveproof.quantum.PulseTrain;

/**
 * Simulated optics between two processes: the pulses of one run, cut into pieces that travel as
 * bytes where a real link has a fibre.
 *
 * <p>The bytes are as open to everybody as the light is, and are trusted no more: they carry no
 * checksum, a piece that is lost is light that is lost, a piece that is damaged is noise. Whoever
 * alters them does what Eve on the fibre can do, and meets the same tests of the protocol.
 *
 * <pre>
 * round 4 | number of the first slot 4 | slots 4 | digits of the photons' number | bases | bits
 * </pre>
 *
 * <p>After the last piece comes, several times, one of no slots: the light is over.
 */
public final class LightCollector {

  /** Slots in each piece but the last. */
  static final int PIECE_SLOTS = 1 << 14;

  private static final int HEADER_BYTES = 3 * Integer.BYTES;

  /** One fault damages two pieces at most: one of the marks gets through. */
  private static final int END_MARKS = 3;

  private final int round;
  private final int slots;
  private final long[][] words;
  private final BitSet arrived = new BitSet();
  private boolean ended;

  /**
   * Waits for the light of one round.
   *
   * @param round number of the exchange, from 0
   * @param slots number of time slots of a run, at least 1
   * @param digits binary digits of the number of photons in a slot, at least 1
   */
  public LightCollector(int round, int slots, int digits) {
    this.round = round;
    this.slots = slots;
    this.words = new long[digits + 2][(slots + 63) >>> 6];
  }

  /** Returns the greatest length of a piece, in bytes. */
  public static int maxPieceBytes(int digits) {
    return HEADER_BYTES + (digits + 2) * PIECE_SLOTS / 8;
  }

  /** Returns a run as the pieces that the collector takes. */
  public static List<byte[]> pieces(int round, PulseTrain train) {
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < train.slots(); from += PIECE_SLOTS) {
      int to = Math.min(train.slots(), from + PIECE_SLOTS);
      List<Bits> vectors = train.vectors();
      int bytes = (to - from + 7) >>> 3;
      ByteBuffer piece =
          ByteBuffer.allocate(HEADER_BYTES + vectors.size() * bytes)
              .putInt(round)
              .putInt(from)
              .putInt(to - from);
      for (Bits vector : vectors) {
        piece.put(vector.slice(from, to).toBytes());
      }
      pieces.add(piece.array());
    }
    byte[] end = ByteBuffer.allocate(HEADER_BYTES).putInt(round).putInt(train.slots()).array();
    for (int i = 0; i < END_MARKS; i++) {
      pieces.add(end);
    }
    return pieces;
  }

  /** Takes in a piece; ignores what is none of this round. */
  public void add(byte[] piece) {
    ByteBuffer in = ByteBuffer.wrap(piece);
    if (piece.length < HEADER_BYTES || in.getInt() != round) {
      return;
    }
    int from = in.getInt();
    int count = in.getInt();
    ended |= from == slots && count == 0;
    if (from < 0 || from >= slots || from % PIECE_SLOTS != 0) {
      return;
    }
    int bytes = (count + 7) >>> 3;
    if (count != Math.min(PIECE_SLOTS, slots - from) || in.remaining() != words.length * bytes) {
      return;
    }
    byte[] field = new byte[bytes];
    for (long[] vector : words) {
      in.get(field);
      for (int i = 0; i < count; i++) {
        int slot = from + i;
        boolean one = ((field[i >>> 3] << (i & 7)) & 0x80) != 0;
        vector[slot >>> 6] = (vector[slot >>> 6] & ~(1L << slot)) | (one ? 1L << slot : 0);
      }
    }
    arrived.set(from / PIECE_SLOTS);
  }

  /** Returns whether any light of this round has arrived. */
  public boolean hasBegun() {
    return !arrived.isEmpty();
  }

  /** Returns whether all has arrived, or the end has, so that nothing more will. */
  public boolean isOver() {
    return ended || arrived.cardinality() == (slots + PIECE_SLOTS - 1) / PIECE_SLOTS;
  }

  /** Returns what has arrived; where nothing has, there is no photon. */
  public PulseTrain train() {
    return PulseTrain.ofWords(words, slots);
  }
}
