package org.eveproof.postprocessing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * A batch of questions that Bob asks Alice: the parities of some ranges of the shuffled key of one
 * pass. The ranges are in order and do not overlap, so that no batch can ask for a bit of knowledge
 * twice.
 */
public final class ParityQueries {
  private final int pass;
  private final int[] starts;
  private final int[] lengths;

  /** Takes the arrays over; they must be in order, not empty, and without overlap. */
  ParityQueries(int pass, int[] starts, int[] lengths) {
    this.pass = pass;
    this.starts = starts;
    this.lengths = lengths;
  }

  /** Returns the pass, counted from 0. */
  public int pass() {
    return pass;
  }

  /** Returns the number of ranges, which is the number of parities in the answer. */
  public int size() {
    return starts.length;
  }

  /** Returns the first index of range {@code query} in the shuffled key. */
  int start(int query) {
    return starts[query];
  }

  /** Returns the index after the last one of range {@code query}. */
  int end(int query) {
    return starts[query] + lengths[query];
  }

  /**
   * Returns the pass in one byte, and for each range two numbers: the gap since the end of the one
   * before, and its length less one. Numbers are in groups of seven bits, lowest first; the top bit
   * of a byte says that more follow.
   */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 + 3 * starts.length);
    out.write(pass);
    int end = 0;
    for (int q = 0; q < starts.length; q++) {
      writeNumber(out, starts[q] - end);
      writeNumber(out, lengths[q] - 1);
      end = end(q);
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} writes, from an untrusted source.
   *
   * @return the queries; nothing if the bytes are no encoding of at least one range within the key
   *     and the passes of the schedule
   */
  public static Optional<ParityQueries> decode(byte[] bytes, CascadeSchedule schedule) {
    if (bytes.length < 3 || bytes[0] < 0 || bytes[0] >= schedule.passes()) {
      return Optional.empty();
    }
    int[] starts = new int[(bytes.length - 1) / 2];
    int[] lengths = new int[starts.length];
    int count = 0;
    long end = 0;
    int at = 1;
    while (at < bytes.length) {
      long gap = readNumber(bytes, at);
      at += encodedLength(gap);
      long length = readNumber(bytes, at) + 1;
      at += encodedLength(length - 1);
      if (gap < 0 || length < 1 || end + gap + length > schedule.keyBits()) {
        return Optional.empty();
      }
      starts[count] = (int) (end + gap);
      lengths[count] = (int) length;
      end += gap + length;
      count++;
    }
    return Optional.of(
        new ParityQueries(bytes[0], Arrays.copyOf(starts, count), Arrays.copyOf(lengths, count)));
  }

  private static void writeNumber(ByteArrayOutputStream out, int number) {
    int rest = number;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** Returns the number at an offset; -1 if there is none, or not in its shortest form. */
  private static long readNumber(byte[] bytes, int at) {
    long number = 0;
    for (int i = 0; i < 5 && at + i < bytes.length; i++) {
      number |= (bytes[at + i] & 0x7fL) << (7 * i);
      if (bytes[at + i] >= 0) {
        return i > 0 && bytes[at + i] == 0 ? -1 : number;
      }
    }
    return -1;
  }

  private static int encodedLength(long number) {
    int length = 1;
    for (long rest = number >>> 7; number > 0 && rest > 0; rest >>>= 7) {
      length++;
    }
    return length;
  }

  @Override
  public String toString() {
    return "ParityQueries[pass " + pass + ", " + size() + " ranges]";
  }
}
