package org.eveproof.postprocessing.ldpc;

import java.util.Arrays;
import java.util.List;
import org.eveproof.protocol.SecretBits;

/** Parities of a key under some checks. Bits are written as the signs 0 and −1, one a number. */
final class Parities {
  private Parities() {}

  /** Returns the parities of a key, which is followed by zeros to the length of the code. */
  static int[] of(SecretBits key, List<CheckRow> checks, LdpcCode code) {
    int[] bits = new int[code.bits()];
    long[] words = key.toWords();
    for (int i = 0; i < key.length(); i++) {
      bits[i] = -(int) (words[i >>> 6] >>> i & 1);
    }
    int[] parities = new int[checks.size() * code.lift()];
    for (int r = 0; r < checks.size(); r++) {
      add(checks.get(r), bits, parities, r * code.lift(), code.lift());
    }
    Arrays.fill(words, 0);
    Arrays.fill(bits, 0);
    return parities;
  }

  /** Adds the parities of one row modulo 2 to what stands at {@code at}; only signs count. */
  static void add(CheckRow row, int[] bits, int[] parities, int at, int lift) {
    for (CheckRow.Block block : row.blocks()) {
      int start = block.column() * lift;
      int shift = block.shift();
      add(bits, start + shift, parities, at, lift - shift);
      add(bits, start, parities, at + lift - shift, shift);
    }
  }

  private static void add(int[] from, int bit, int[] to, int check, int count) {
    for (int i = 0; i < count; i++) {
      to[check + i] ^= from[bit + i];
    }
  }
}
