package org.eveproof.postprocessing;

import java.util.function.IntUnaryOperator;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretRandom;

/**
 * Which sifted bits are compared in public. Eve must not foresee it while she can touch pulses. In
 * specs/Bb84Exchange.tla these are {@code EnoughSifted} and {@code SampleChoices}, on which the
 * action SendSifting rests.
 */
public sealed interface SampleRule {

  /** Whether a sifted key whose bits have these bases (0 = Z, 1 = X) gives a sample and a key. */
  @Refines("Bb84Exchange!SendSifting")
  boolean isEnough(Bits bases);

  /** Draws the sample of a sifted key that is enough. To be done when Eve can act no more. */
  @Refines("Bb84Exchange!SendSifting")
  Sample draw(Bits bases, SecretRandom random);

  /** Whether a sample is one that the rule can draw: any other makes the bound on Eve void. */
  @Refines("Bb84Exchange!Receive")
  boolean admits(Bits bases, Sample sample);

  /**
   * A subset drawn from the bits of both bases.
   *
   * @param size of the sample for so many sifted bits
   */
  record RandomSubset(IntUnaryOperator size) implements SampleRule {
    /**
     * Returns the rule that compares a share of the sifted bits, rounded up.
     *
     * @param fraction the share, in (0, 1)
     */
    public static RandomSubset share(double fraction) {
      if (!(fraction > 0 && fraction < 1)) {
        throw new IllegalArgumentException("fraction=" + fraction);
      }
      return new RandomSubset(sifted -> (int) Math.ceil(fraction * sifted));
    }

    @Override
    public boolean isEnough(Bits bases) {
      int sampled = size.applyAsInt(bases.length());
      return sampled > 0 && sampled < bases.length();
    }

    @Override
    public Sample draw(Bits bases, SecretRandom random) {
      return Sample.draw(bases.length(), size.applyAsInt(bases.length()), random);
    }

    @Override
    public boolean admits(Bits bases, Sample sample) {
      return isEnough(bases) && sample.sampledBits() == size.applyAsInt(bases.length());
    }
  }

  /** All bits of Z, the basis that tests; those of X make the key. */
  record TestBasis() implements SampleRule {
    @Override
    public boolean isEnough(Bits bases) {
      return bases.ones() > 0 && bases.ones() < bases.length();
    }

    @Override
    public Sample draw(Bits bases, SecretRandom random) {
      return new Sample(bases.not());
    }

    @Override
    public boolean admits(Bits bases, Sample sample) {
      return isEnough(bases) && sample.positions().equals(bases.not());
    }
  }
}
