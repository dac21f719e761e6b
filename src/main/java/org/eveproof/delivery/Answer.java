package org.eveproof.delivery;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the holder says to an announcement. Nothing in it is secret. The encoding is canonical; all
 * numbers are big-endian.
 *
 * <pre>
 * verdicts 2 | that many bytes
 * missing 2  | that many times: block 4
 * </pre>
 *
 * @param verdicts one for each entry; none at all if the announcement made no sense
 * @param missing blocks of the owner's half, in order, that the holder does not hold as far as it
 *     would need to
 */
public record Answer(List<Verdict> verdicts, List<Integer> missing) {

  /** Greatest length of the encoding, in bytes. */
  public static final int MAX_BYTES =
      4 + Announcement.MAX_KEYS + Integer.BYTES * Announcement.MAX_SEGMENTS;

  /** Checks the ranges. */
  public Answer {
    verdicts = List.copyOf(verdicts);
    missing = List.copyOf(missing);
    if (verdicts.size() > Announcement.MAX_KEYS || missing.size() > Announcement.MAX_SEGMENTS) {
      throw new IllegalArgumentException(verdicts.size() + " verdicts, " + missing.size());
    }
    int last = -1;
    for (int block : missing) {
      if (block <= last) {
        throw new IllegalArgumentException("block " + block + " after " + last);
      }
      last = block;
    }
  }

  /** Returns the one encoding. */
  public byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(4 + verdicts.size() + Integer.BYTES * missing.size())
            .putShort((short) verdicts.size());
    verdicts.forEach(verdict -> out.put((byte) verdict.code()));
    out.putShort((short) missing.size());
    missing.forEach(out::putInt);
    return out.array();
  }

  /** Returns the answer whose one encoding these bytes are; empty if there is none. */
  public static Optional<Answer> parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int count = Short.toUnsignedInt(in.getShort());
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        verdicts.add(Verdict.ofCode(in.get()).orElseThrow(IllegalArgumentException::new));
      }
      count = Short.toUnsignedInt(in.getShort());
      List<Integer> missing = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        missing.add(in.getInt());
      }
      return in.hasRemaining() ? Optional.empty() : Optional.of(new Answer(verdicts, missing));
    } catch (BufferUnderflowException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
