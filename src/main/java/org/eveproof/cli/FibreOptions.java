package org.eveproof.cli;

import org.eveproof.postprocessing.keyrate.FibreLink;
import org.eveproof.quantum.Receiver;
import picocli.CommandLine.Option;

/** The options that describe fibre and detectors; the defaults are those of Lim et al. (2014). */
final class FibreOptions {
  @Option(
      names = "--loss",
      defaultValue = "0.2",
      paramLabel = "DB",
      description = "Loss of the fibre in dB for each km. Default: ${DEFAULT-VALUE}.")
  private double loss;

  @Option(
      names = "--detector-efficiency",
      defaultValue = "0.1",
      paramLabel = "P",
      description =
          "Chance that a photon which arrives is detected, receiver included. Default:"
              + " ${DEFAULT-VALUE}.")
  private double efficiency;

  @Option(
      names = "--dark-counts",
      defaultValue = "6e-7",
      paramLabel = "P",
      description =
          "Chance of a click without light, for each of two detectors and each pulse. Default:"
              + " ${DEFAULT-VALUE}.")
  private double darkCounts;

  @Option(
      names = "--afterpulses",
      defaultValue = "0.04",
      paramLabel = "P",
      description =
          "Chance that a click brings about another, 0 to 0.5. Default: ${DEFAULT-VALUE}.")
  private double afterpulses;

  @Option(
      names = "--misalignment",
      defaultValue = "0.005",
      paramLabel = "P",
      description = "Chance that a photon reaches the wrong detector. Default: ${DEFAULT-VALUE}.")
  private double misalignment;

  /**
   * Returns the link.
   *
   * @throws BadInput if a value is out of range
   */
  FibreLink link() {
    require("--loss", loss, 0, 100);
    require("--detector-efficiency", efficiency, 1e-9, 1);
    require("--dark-counts", darkCounts, 0, 0.5);
    require("--afterpulses", afterpulses, 0, Receiver.MOST_AFTERPULSES);
    require("--misalignment", misalignment, 0, 0.5);
    return new FibreLink(loss, efficiency, darkCounts, afterpulses, misalignment);
  }

  /**
   * Checks an option's value.
   *
   * @throws BadInput unless it lies between the two, both allowed
   */
  static void require(String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new BadInput(option + " " + value + " must lie between " + least + " and " + most);
    }
  }
}
