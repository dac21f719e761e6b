package org.eveproof.postprocessing;

/**
 * A shuffle for passes with two blocks, which only needs to put each position into either half of
 * the key at random: for each word of the first half and the word as far into the second, a random
 * mask says which of their bits change places.
 *
 * <p>Any two positions fall into the same half with probability 1/2, and independently in each
 * pass, but for two that may change places with each other, which never do; and for the last bits
 * past a multiple of 128, and a few next to the middle, which stay in their half. It works on 64
 * bits at once, and is its own inverse.
 */
final class HalvesShuffle implements Shuffle {
  /** Below this length of a key, too great a part of it would stay in place. */
  static final int LEAST_BITS = 4096;

  private final long[] masks;

  /** Makes the shuffle of a key of {@code length} bits in one pass. */
  HalvesShuffle(int length, long seed, int pass) {
    SplitMix random = new SplitMix(seed, pass);
    this.masks = new long[length / 128];
    for (int w = 0; w < masks.length; w++) {
      masks[w] = random.next();
    }
  }

  @Override
  public int position(int index) {
    int half = masks.length;
    int word = index >>> 6;
    int first = word < half ? word : word - half;
    if (first >= half || (masks[first] >>> index & 1) == 0) {
      return index;
    }
    return word < half ? index + (half << 6) : index - (half << 6);
  }

  @Override
  public int index(int position) {
    return position(position);
  }

  @Override
  public long[] shuffle(long[] words) {
    long[] shuffled = words.clone();
    int half = masks.length;
    for (int w = 0; w < half; w++) {
      long changed = (words[w] ^ words[w + half]) & masks[w];
      shuffled[w] ^= changed;
      shuffled[w + half] ^= changed;
    }
    return shuffled;
  }
}
