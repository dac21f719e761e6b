package org.eveproof.quantum;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What Alice sends: for each pulse an intensity, a basis and a bit, each drawn by itself; the bit
 * is fair.
 *
 * @param levels the intensities, signal first; one to three
 * @param keyBasisProbability that she chooses X, the basis that makes the key (Z tests), 0 to 1
 */
public record PulseSource(List<Level> levels, double keyBasisProbability) {
  /** Rounding that the sum of the probabilities may show. */
  private static final double ROUNDING = 1e-9;

  /**
   * One of the intensities.
   *
   * @param light how many photons a pulse has
   * @param probability that Alice chooses it, above 0, at most 1
   */
  public record Level(PhotonNumber light, double probability) {
    /** Checks the range. */
    public Level {
      Range.require("probability", probability, Double.MIN_VALUE, 1);
    }
  }

  /** Checks the ranges. */
  public PulseSource {
    levels = List.copyOf(levels);
    Range.require("levels", levels.size(), 1, 3);
    Range.require("keyBasisProbability", keyBasisProbability, 0, 1);
    double sum = levels.stream().mapToDouble(Level::probability).sum();
    if (!(Math.abs(sum - 1) <= ROUNDING)) {
      throw new IllegalArgumentException("probabilities sum to " + sum + " instead of 1");
    }
  }

  /** Returns how many binary digits the index of an intensity has; 0 if there is only one. */
  public int intensityDigits() {
    return digits(levels.size() - 1);
  }

  /** Returns how many binary digits the number of photons of a pulse has. */
  public int photonDigits() {
    return Math.max(
        1, digits(levels.stream().mapToInt(level -> level.light().most()).max().orElseThrow()));
  }

  private static int digits(int greatest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
  }

  /** Returns a source of one photon in each pulse, with fair bases: textbook BB84. */
  public static PulseSource singlePhotons() {
    return new PulseSource(List.of(new Level(new PhotonNumber.Exactly(1), 1)), 0.5);
  }

  /**
   * Returns a source with two decoys.
   *
   * @param means μ_1, μ_2, μ_3: photons in a pulse
   * @param probabilities of these
   */
  public static PulseSource weakPulses(
      List<Double> means, List<Double> probabilities, double keyBasisProbability) {
    if (means.size() != probabilities.size()) {
      throw new IllegalArgumentException(
          means.size() + " intensities and " + probabilities.size() + " probabilities");
    }
    return new PulseSource(
        IntStream.range(0, means.size())
            .mapToObj(i -> new Level(new PhotonNumber.Poisson(means.get(i)), probabilities.get(i)))
            .toList(),
        keyBasisProbability);
  }
}
