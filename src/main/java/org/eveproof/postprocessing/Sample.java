package org.eveproof.postprocessing;

import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * The positions of the sifted key that are compared in public, and thereby lost to the key.
 *
 * @param positions a one for each sampled position of the sifted key
 */
public record Sample(Bits positions) {

  /**
   * Draws a sample that nobody can foresee: every subset of the size has the same chance. To be
   * drawn only once Eve can act on the pulses no more.
   *
   * @param siftedBits length of the sifted key
   * @param sampledBits size of the sample, 0 to {@code siftedBits}
   */
  public static Sample draw(int siftedBits, int sampledBits, SecretRandom random) {
    return new Sample(random.subset(siftedBits, sampledBits));
  }

  /** Returns the number of sampled bits, k. */
  public int sampledBits() {
    return positions.ones();
  }

  /** Returns the number of bits that remain for the key, n. */
  public int keptBits() {
    return positions.length() - sampledBits();
  }

  /** Gives up the sampled bits, for publication. */
  public Bits disclose(SecretBits sifted) {
    return sifted.disclose(positions);
  }

  /** Returns a copy of the bits that remain secret. */
  public SecretBits keep(SecretBits sifted) {
    return sifted.select(positions.not());
  }
}
