package org.eveproof.cli;

import java.math.BigDecimal;
import org.eveproof.adversary.detection.DecoyExperiment;
import org.eveproof.postprocessing.keyrate.FibreLink;
import org.eveproof.quantum.Receiver;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;
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

  @Mixin private IntensityOptions intensities = new IntensityOptions();

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
    FibreOptions.require("--dead-time", deadTime, 0, 1e9);
    FibreOptions.require("--afterpulse-decay", afterpulseDecay, 1e-9, 1);
    FibreOptions.require(
        "--loss times --distance", link.decibelsPerKilometre() * distance, 0, 1000);
    return new OpticalLink(
        intensities.source(),
        link.decibelsPerKilometre() * distance,
        new Receiver(
            link.detectorEfficiency(),
            link.darkCountProbability(),
            link.misalignment(),
            deadTime,
            link.afterpulseProbability(),
            afterpulseDecay,
            intensities.keyBasis()));
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
