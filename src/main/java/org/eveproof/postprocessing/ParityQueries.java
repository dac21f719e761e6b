package org.eveproof.postprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A batch of questions that Bob asks Alice: the parities of some ranges of the shuffled keys. The
 * shuffled keys of all passes count as one string, that of pass p at index p·n, where n is the
 * length of the key; if several keys are corrected together, the strings of the keys follow each
 * other. The ranges are in order, and do not overlap, so that no batch can ask for a bit of
 * knowledge twice; each lies within one pass.
 */
public final class ParityQueries {
  /** Most bytes of a number. */
  private static final int MOST_BYTES = 5;

  private final int[] starts;
  private final int[] lengths;

  /** Takes the arrays over; the ranges must be in order, not empty, and without overlap. */
  ParityQueries(int[] starts, int[] lengths) {
    this.starts = starts;
    this.lengths = lengths;
  }

  /** Returns the number of ranges, which is the number of parities in the answer. */
  public int size() {
    return starts.length;
  }

  /** Returns the first index of range {@code query}. */
  int start(int query) {
    return starts[query];
  }

  /** Returns the index after the last one of range {@code query}. */
  int end(int query) {
    return starts[query] + lengths[query];
  }

  /** Returns the queries about several keys, whose strings are so long, as one batch. */
  static ParityQueries join(List<Optional<ParityQueries>> ofKeys, int stringBits) {
    int size = ofKeys.stream().flatMap(Optional::stream).mapToInt(ParityQueries::size).sum();
    int[] starts = new int[size];
    int[] lengths = new int[size];
    int count = 0;
    for (int k = 0; k < ofKeys.size(); k++) {
      if (ofKeys.get(k).isPresent()) {
        ParityQueries queries = ofKeys.get(k).get();
        for (int q = 0; q < queries.size(); q++) {
          starts[count] = k * stringBits + queries.starts[q];
          lengths[count] = queries.lengths[q];
          count++;
        }
      }
    }
    return new ParityQueries(starts, lengths);
  }

  /** Returns the queries about one of several keys, as queries about a single one; maybe none. */
  ParityQueries of(int key, int stringBits) {
    int from = firstAt((long) key * stringBits);
    int to = firstAt((key + 1L) * stringBits);
    int[] own = Arrays.copyOfRange(starts, from, to);
    for (int q = 0; q < own.length; q++) {
      own[q] -= key * stringBits;
    }
    return new ParityQueries(own, Arrays.copyOfRange(lengths, from, to));
  }

  private int firstAt(long index) {
    if (index > Integer.MAX_VALUE) {
      return starts.length;
    }
    int found = Arrays.binarySearch(starts, (int) index);
    return found < 0 ? -found - 1 : found;
  }

  /**
   * Returns for each range two numbers: the gap since the end of the one before, and its length
   * less one. Numbers are in groups of seven bits, lowest first; the top bit of a byte says that
   * more follow.
   */
  public byte[] encode() {
    byte[] out = new byte[2 * MOST_BYTES * starts.length];
    int at = 0;
    int end = 0;
    for (int q = 0; q < starts.length; q++) {
      at = writeNumber(out, at, starts[q] - end);
      at = writeNumber(out, at, lengths[q] - 1);
      end = end(q);
    }
    return Arrays.copyOf(out, at);
  }

  /**
   * Reads what {@link #encode} writes, from an untrusted source.
   *
   * @return the queries; nothing if the bytes are no encoding of at least one range within the
   *     passes of the schedule
   */
  public static Optional<ParityQueries> decode(byte[] bytes, CascadeSchedule schedule) {
    return decode(bytes, schedule, 1);
  }

  /** Reads queries about so many keys, each corrected by the same schedule. */
  static Optional<ParityQueries> decode(byte[] bytes, CascadeSchedule schedule, int keys) {
    int[] starts = new int[bytes.length / 2];
    int[] lengths = new int[starts.length];
    long limit = (long) schedule.stringBits() * keys;
    int count = 0;
    long end = 0;
    Numbers numbers = new Numbers(bytes);
    long passEnd = schedule.keyBits();
    while (!numbers.atEnd()) {
      long gap = numbers.next();
      long length = numbers.next() + 1;
      long start = end + gap;
      end = start + length;
      if (gap < 0 || length < 1 || end > limit) {
        return Optional.empty();
      }
      if (start >= passEnd) {
        passEnd = (start / schedule.keyBits() + 1) * schedule.keyBits();
      }
      if (end > passEnd) {
        return Optional.empty();
      }
      starts[count] = (int) start;
      lengths[count] = (int) length;
      count++;
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new ParityQueries(Arrays.copyOf(starts, count), Arrays.copyOf(lengths, count)));
  }

  /** Returns the offset behind the number. */
  private static int writeNumber(byte[] out, int offset, int number) {
    int at = offset;
    int rest = number;
    while (rest > 0x7f) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
    return at;
  }

  /** Reads numbers one after the other. */
  private static final class Numbers {
    private final byte[] bytes;
    private int at;

    Numbers(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean atEnd() {
      return at >= bytes.length;
    }

    /** Returns the next number; -1 if there is none, or not in its shortest form. */
    long next() {
      if (at < bytes.length && bytes[at] >= 0) {
        return bytes[at++];
      }
      long number = 0;
      for (int shift = 0; shift < 7 * MOST_BYTES && at < bytes.length; shift += 7) {
        byte group = bytes[at++];
        number |= (group & 0x7fL) << shift;
        if (group >= 0) {
          return group == 0 ? -1 : number;
        }
      }
      return -1;
    }
  }

  @Override
  public String toString() {
    return "ParityQueries[" + size() + " ranges]";
  }
}
