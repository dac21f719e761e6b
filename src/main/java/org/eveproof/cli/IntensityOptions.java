package org.eveproof.cli;

import java.util.List;
import org.eveproof.quantum.PulseSource;
import picocli.CommandLine.Option;

/** The options that describe a source of weak pulses with two decoys. Use as a picocli mixin. */
final class IntensityOptions {
  @Option(
      names = "--mu",
      paramLabel = "M",
      split = ",",
      defaultValue = "0.5,0.2,0.0002",
      description =
          "Photons in a weak pulse in the mean: signal, decoy, weakest, falling; the signal above"
              + " the other two together. Default: ${DEFAULT-VALUE}.")
  private List<Double> means = List.of();

  @Option(
      names = "--share",
      paramLabel = "P",
      split = ",",
      defaultValue = "0.4,0.45,0.15",
      description = "Probabilities of the three. Default: ${DEFAULT-VALUE}.")
  private List<Double> shares = List.of();

  @Option(
      names = "--key-basis",
      paramLabel = "P",
      defaultValue = "0.8",
      description =
          "Probability with which either party of a link with decoys chooses the key's basis; the"
              + " other one tests. Default: ${DEFAULT-VALUE}.")
  private double keyBasis;

  /** Returns the probability of the key's basis. */
  double keyBasis() {
    return keyBasis;
  }

  /**
   * Returns the source.
   *
   * @throws BadInput if a value is out of range
   */
  PulseSource source() {
    FibreOptions.require("--key-basis", keyBasis, 0.01, 0.99);
    if (means.size() != 3 || shares.size() != 3) {
      throw new BadInput(
          "--mu and --share take three numbers each, with commas between; there are "
              + means.size()
              + " and "
              + shares.size());
    }
    for (int i = 0; i < 3; i++) {
      FibreOptions.require("--mu", means.get(i), 0, 5);
      FibreOptions.require("--share", shares.get(i), 1e-6, 1);
    }
    if (!(means.get(1) > means.get(2) && means.get(0) > means.get(1) + means.get(2))) {
      throw new BadInput(
          "--mu " + means + " must fall, and the first be above the sum of the others");
    }
    double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
    if (!(Math.abs(sum - 1) <= 1e-9)) {
      throw new BadInput("--share " + shares + " must sum to 1, not " + sum);
    }
    return PulseSource.weakPulses(means, shares, keyBasis);
  }
}
