package org.eveproof.cli;

import java.util.List;
import org.eveproof.protocol.Party;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Receiver;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that describe light, fibre and detectors of a link. Use as a picocli mixin. */
final class OpticsOptions {
  static final int MAX_PULSES = 250_000_000;

  /** What is an option for weak pulses only. */
  private static final List<String> OF_WEAK_PULSES =
      List.of("--mu", "--share", "--key-basis", "--eve-pns");

  @Option(
      names = "--light",
      defaultValue = "single",
      paramLabel = "LIGHT",
      description =
          "What Alice sends: 'single' photons in fair bases, or 'weak' laser pulses of three"
              + " intensities with one basis for the key and one that tests (see --mu, --share,"
              + " --key-basis, for these only). A key has a length that is fixed beforehand from"
              + " what the link is said to be. Default: ${DEFAULT-VALUE}.")
  private Light light = Light.SINGLE;

  @Mixin private IntensityOptions intensities = new IntensityOptions();

  @Option(
      names = "--pulses",
      defaultValue = "1000000",
      paramLabel = "N",
      description = "Pulses of each round. Default: ${DEFAULT-VALUE}.")
  private int pulses;

  @Option(
      names = "--loss",
      defaultValue = "3",
      paramLabel = "DB",
      description = "Loss of the simulated fibre in dB. Default: ${DEFAULT-VALUE}.")
  private double loss;

  @Option(
      names = "--efficiency",
      defaultValue = "0.8",
      paramLabel = "P",
      description = "Chance that a photon makes its detector click. Default: ${DEFAULT-VALUE}.")
  private double efficiency;

  @Option(
      names = "--dark",
      defaultValue = "1e-6",
      paramLabel = "P",
      description = "Chance of a dark count, each detector and pulse. Default: ${DEFAULT-VALUE}.")
  private double dark;

  @Option(
      names = "--misalignment",
      defaultValue = "0.01",
      paramLabel = "P",
      description = "Chance that a photon takes the wrong detector. Default: ${DEFAULT-VALUE}.")
  private double misalignment;

  @Option(
      names = "--dead-time",
      defaultValue = "0",
      paramLabel = "GATES",
      description = "Pulses after a click that find both detectors off. Default: ${DEFAULT-VALUE}.")
  private int deadTime;

  @Option(
      names = "--afterpulses",
      defaultValue = "0",
      paramLabel = "P",
      description =
          "Chance that a click brings about another one of its detector, 0 to 0.5."
              + " Default: ${DEFAULT-VALUE}.")
  private double afterpulses;

  @Option(
      names = "--afterpulse-decay",
      defaultValue = "1",
      paramLabel = "P",
      description =
          "Share of the afterpulses to come that come with a pulse; 1: all with the first one after"
              + " the dead time. Default: ${DEFAULT-VALUE}.")
  private double afterpulseDecay;

  @Option(
      names = "--eve",
      defaultValue = "0",
      paramLabel = "P",
      description =
          "Share of the pulses that Eve measures and sends on, 0 to 1; for Alice's end, which"
              + " simulates the fibre. Default: ${DEFAULT-VALUE}.")
  private double eve;

  @Option(
      names = "--eve-pns",
      defaultValue = "0",
      paramLabel = "P",
      description =
          "Share of the weak pulses whose photons Eve counts: of two or more she keeps one, single"
              + " ones she blocks; 0 to 1, instead of --eve and at the same end. Default:"
              + " ${DEFAULT-VALUE}.")
  private double splits;

  /** What Alice sends. */
  private enum Light {
    SINGLE,
    WEAK
  }

  /** Whether Alice sends weak pulses with decoys. */
  boolean isWeak() {
    return light == Light.WEAK;
  }

  /** Returns the number of pulses of each round. */
  int pulses() {
    return pulses;
  }

  /**
   * Checks what is said of the link.
   *
   * @param command that was called
   * @throws BadInput if an option is out of range, or says nothing of this light
   */
  void check(CommandSpec command) {
    LinkOptions.require("--pulses", pulses, 1, MAX_PULSES);
    LinkOptions.require("--loss", loss, 0, 1000);
    LinkOptions.require("--efficiency", efficiency, 1e-9, 1);
    LinkOptions.require("--dark", dark, 0, 0.5);
    LinkOptions.require("--misalignment", misalignment, 0, 0.5);
    LinkOptions.require("--dead-time", deadTime, 0, 1e9);
    LinkOptions.require("--afterpulses", afterpulses, 0, Receiver.MOST_AFTERPULSES);
    LinkOptions.require("--afterpulse-decay", afterpulseDecay, 1e-9, 1);
    GivenOptions given = GivenOptions.of(command);
    if (afterpulses == 0) {
      given.refuse(
          "--afterpulse-decay", "says nothing without afterpulses; leave it out, or add some");
    }
    if (!isWeak()) {
      for (String option : OF_WEAK_PULSES) {
        given.refuse(option, "says nothing of single photons; leave it out, or add --light=weak");
      }
    }
  }

  /** Returns the link with so many pulses in each round. */
  LinkParameters link(int ofPulses) {
    return new LinkParameters(
        ofPulses,
        isWeak() ? intensities.source() : PulseSource.singlePhotons(),
        Math.pow(10, -loss / 10),
        new Receiver(efficiency, dark, misalignment, deadTime, afterpulses, afterpulseDecay, 0.5));
  }

  /**
   * Returns who is on the fibre, which Alice's end simulates.
   *
   * @param end that the call is for
   * @param command that was called
   * @throws BadInput if an option is out of range, or speaks of Eve at Bob's end
   */
  FibreEve eve(Party end, CommandSpec command) {
    GivenOptions given = GivenOptions.of(command);
    if (end == Party.BOB) {
      for (String option : List.of("--eve", "--eve-pns")) {
        given.refuse(
            option, "says nothing at Bob's end; give it to Alice's, which simulates the fibre");
      }
    }
    if (given.has("--eve")) {
      given.refuse("--eve-pns", "is another Eve than --eve; leave one of them out");
    }
    LinkOptions.require("--eve", eve, 0, 1);
    LinkOptions.require("--eve-pns", splits, 0, 1);
    if (splits > 0) {
      return new FibreEve.SplitPhotons(splits);
    }
    return eve == 0
        ? new FibreEve.Nothing()
        : new FibreEve.InterceptResend(eve, FibreEve.BasisChoice.RANDOM);
  }
}
