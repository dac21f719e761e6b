package org.eveproof.postprocessing;

/**
 * The public random numbers of a shuffle, which both parties derive from its seed.
 *
 * <p>The generator starts at state {@code seed + pass}·0xd1342543de82ef95; each step adds
 * 0x9e3779b97f4a7c15 to the state and mixes it. A number below b is ⌊u·b / 2^32⌋, where u are the
 * high 32 bits of the output.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood, Fast splittable
 *     pseudorandom number generators (2014)</a>
 */
public final class SplitMix {
  private long state;

  public SplitMix(long seed, int pass) {
    this.state = (seed + pass) * 0xd1342543de82ef95L;
  }

  public long next() {
    state += 0x9e3779b97f4a7c15L;
    long a = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }

  public int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }
}
