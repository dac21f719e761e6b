package org.eveproof.postprocessing;

import java.util.Arrays;

/**
 * A set of indices below a limit. Next to each word of 64 of them stands one bit that says whether
 * the word is empty, so that a search steps over 4096 absent indices at once.
 */
final class Marks {
  private final long[] words;
  private final long[] used;
  private int turned;

  Marks(int limit) {
    this.words = new long[(limit + 63) >>> 6];
    this.used = new long[(words.length + 63) >>> 6];
  }

  /** Returns 1 if the index is a member, and 0 if it is not. */
  int bit(int index) {
    return (int) (words[index >>> 6] >>> index & 1);
  }

  /** Returns the number of members, if all of them came in by {@link #turn}. */
  int turned() {
    return turned;
  }

  void add(int index) {
    int w = index >>> 6;
    words[w] |= 1L << index;
    used[w >>> 6] |= 1L << w;
  }

  /** Writes all members, in order, into an array from {@code at} on. */
  void copyTo(int[] to, int at) {
    int next = at;
    for (int u = 0; u < used.length; u++) {
      for (long some = used[u]; some != 0; some &= some - 1) {
        int w = (u << 6) + Long.numberOfTrailingZeros(some);
        for (long rest = words[w]; rest != 0; rest &= rest - 1) {
          to[next++] = (w << 6) + Long.numberOfTrailingZeros(rest);
        }
      }
    }
  }

  /** Takes the index out if it is in, and puts it in if it is not. */
  void turn(int index) {
    turnIf(index, 1);
  }

  /**
   * Turns the index like {@link #turn} if a bit is one, and does nothing if it is zero. There is no
   * branch, since nothing could foretell it.
   */
  void turnIf(int index, int bit) {
    int w = index >>> 6;
    long word = words[w] ^ (long) bit << index;
    words[w] = word;
    turned += bit * (2 * (int) (word >>> index & 1) - 1);
    // The top bit of word | -word says whether any is set.
    used[w >>> 6] = (used[w >>> 6] & ~(1L << w)) | (word | -word) >>> 63 << w;
  }

  /** Returns the least member that is not below {@code from}; -1 if there is none. */
  int next(int from) {
    int w = from >>> 6;
    if (w >= words.length) {
      return -1;
    }
    long rest = words[w] & -1L << from;
    if (rest == 0) {
      w = nextUsed(w + 1);
      if (w < 0) {
        return -1;
      }
      rest = words[w];
    }
    return (w << 6) + Long.numberOfTrailingZeros(rest);
  }

  /** Returns the greatest member that is not above {@code from}; there must be one. */
  int previous(int from) {
    int w = from >>> 6;
    long rest = words[w] & -1L >>> ~from;
    if (rest == 0) {
      w = previousUsed(w - 1);
      rest = words[w];
    }
    return (w << 6) + 63 - Long.numberOfLeadingZeros(rest);
  }

  void wipe() {
    Arrays.fill(words, 0);
    Arrays.fill(used, 0);
    turned = 0;
  }

  private int nextUsed(int from) {
    int u = from >>> 6;
    if (u >= used.length) {
      return -1;
    }
    long rest = used[u] & -1L << from;
    while (rest == 0) {
      u++;
      if (u == used.length) {
        return -1;
      }
      rest = used[u];
    }
    return (u << 6) + Long.numberOfTrailingZeros(rest);
  }

  private int previousUsed(int from) {
    int u = from >>> 6;
    long rest = used[u] & -1L >>> ~from;
    while (rest == 0) {
      u--;
      rest = used[u];
    }
    return (u << 6) + 63 - Long.numberOfLeadingZeros(rest);
  }
}
