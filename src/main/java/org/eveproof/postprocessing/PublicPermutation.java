package org.eveproof.postprocessing;

/**
 * The shuffle of one pass, which both parties derive from a public seed: Fisher and Yates, driven
 * by SplitMix64.
 *
 * <p>The generator starts at state {@code seed + pass}·0xd1342543de82ef95; each step adds
 * 0x9e3779b97f4a7c15 to the state and mixes it. An index below b is ⌊u·b / 2^32⌋, where u are the
 * high 32 bits of the output.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood, Fast splittable
 *     pseudorandom number generators (2014)</a>
 */
final class PublicPermutation {
  private PublicPermutation() {}

  /** Returns, for each index of the shuffled key, its position in the key. */
  static int[] positions(int length, long seed, int pass) {
    int[] positions = new int[length];
    for (int i = 0; i < length; i++) {
      positions[i] = i;
    }
    long state = (seed + pass) * 0xd1342543de82ef95L;
    for (int i = length - 1; i > 0; i--) {
      state += 0x9e3779b97f4a7c15L;
      int j = below(mix(state), i + 1);
      int swapped = positions[i];
      positions[i] = positions[j];
      positions[j] = swapped;
    }
    return positions;
  }

  private static int below(long uniform, int bound) {
    return (int) (((uniform >>> 32) * bound) >>> 32);
  }

  private static long mix(long z) {
    long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
    return b ^ b >>> 31;
  }
}
