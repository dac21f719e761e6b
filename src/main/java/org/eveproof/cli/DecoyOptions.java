package org.eveproof.cli;

import java.math.BigDecimal;
import java.util.List;
import org.eveproof.adversary.detection.DecoyExperiment;
import org.eveproof.postprocessing.keyrate.FibreLink;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.quantum.decoy.PulseSource;
import org.eveproof.quantum.decoy.Receiver;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that describe a run with decoys. Use as a picocli mixin. */
final class DecoyOptions {
  private static final double MOST_PULSES = 1e12;

  @Option(
      names = "--pulses",
      paramLabel = "N",
      defaultValue = "1e9",
      description = "Pulses sent, 1e4 to 1e12. Default: ${DEFAULT-VALUE}.")
  private BigDecimal pulses = BigDecimal.ZERO;

  @Option(
      names = "--distance",
      paramLabel = "KM",
      defaultValue = "50",
      description = "Length of the fibre, 0 to 1000 km. Default: ${DEFAULT-VALUE}.")
  private double distance;

  @Option(
      names = "--mu",
      paramLabel = "M",
      split = ",",
      defaultValue = "0.5,0.2,0.0002",
      description =
          "Photons in a pulse in the mean: signal, decoy, weakest, falling; the signal above the"
              + " other two together. Default: ${DEFAULT-VALUE}.")
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
          "Probability with which either party chooses the key's basis. Default: ${DEFAULT-VALUE}.")
  private double keyBasis;

  @Option(
      names = "--dead-time",
      paramLabel = "GATES",
      defaultValue = "0",
      description =
          "Gates after a click in which neither detector is on; 12500 are 20 us at 625 MHz."
              + " Default: ${DEFAULT-VALUE}.")
  private int deadTime;

  @Option(
      names = "--afterpulse-decay",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "Share of the trapped charges that are set free in a gate; 1: all in the first one after"
              + " the dead time. Default: ${DEFAULT-VALUE}.")
  private double afterpulseDecay;

  @Option(
      names = "--false-alarm",
      paramLabel = "A",
      defaultValue = "1e-9",
      description =
          "Probability at most that chance alone puts a measurement outside its bound, 1e-15 to"
              + " 0.1. Default: ${DEFAULT-VALUE}.")
  private double falseAlarm;

  @Mixin private SecrecyOptions secrecy = new SecrecyOptions();
  @Mixin private FibreOptions fibre = new FibreOptions();

  /**
   * Returns the link.
   *
   * @throws BadInput if a value is out of range
   */
  OpticalLink link() {
    FibreLink link = fibre.link();
    FibreOptions.require("--distance", distance, 0, 1000);
    FibreOptions.require("--key-basis", keyBasis, 0.01, 0.99);
    FibreOptions.require("--dead-time", deadTime, 0, 1e9);
    FibreOptions.require("--afterpulse-decay", afterpulseDecay, 1e-9, 1);
    FibreOptions.require(
        "--loss times --distance", link.decibelsPerKilometre() * distance, 0, 1000);
    return new OpticalLink(
        source(),
        link.decibelsPerKilometre() * distance,
        new Receiver(
            link.detectorEfficiency(),
            link.darkCountProbability(),
            link.misalignment(),
            deadTime,
            link.afterpulseProbability(),
            afterpulseDecay,
            keyBasis));
  }

  private PulseSource source() {
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

  /**
   * Returns the run against an Eve on this link.
   *
   * @throws BadInput if a value is out of range
   */
  DecoyExperiment experiment(OpticalLink link, LineEve eve) {
    FibreOptions.require("--pulses", pulses.doubleValue(), 1e4, MOST_PULSES);
    FibreOptions.require("--false-alarm", falseAlarm, 1e-15, 0.1);
    return new DecoyExperiment(
        link,
        eve,
        pulses.longValue(),
        secrecy.efficiency(),
        secrecy.secrecyEpsilon(),
        secrecy.correctnessEpsilon(),
        falseAlarm);
  }
}
