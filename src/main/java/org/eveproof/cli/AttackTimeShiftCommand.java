package org.eveproof.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.eveproof.quantum.decoy.TimeShift;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eveproof attack time-shift}: Eve makes use of unlike detectors. */
@Command(
    name = "time-shift",
    mixinStandardHelpOptions = true,
    description = {
      "The detectors differ in when they are sensitive, and Eve shifts pulses so that one of them"
          + " is favoured: she guesses Bob's bits better than by a coin, without an error. No"
          + " length formula for alike detectors covers this, so what the decoys promise is shown,"
          + " not judged.",
      "Holds gains, error rates and what she has against the analytic model. Not in it: blinding,"
          + " by which Eve controls the detectors."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every measurement lies within its bound",
      "1:at least one does not",
      "2:the call is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class AttackTimeShiftCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private DecoyRun run = new DecoyRun();
  @Mixin private FractionOption fraction = new FractionOption();

  @Option(
      names = "--favoured",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "Sensitivity of the favoured detector for a shifted pulse, over that for others, 0 to 1."
              + " Default: ${DEFAULT-VALUE}.")
  private double favoured;

  @Option(
      names = "--other",
      paramLabel = "S",
      defaultValue = "0.25",
      description =
          "The same for the other detector, at most that of the favoured one. Default:"
              + " ${DEFAULT-VALUE}.")
  private double other;

  @Override
  public Integer call() throws IOException {
    FibreOptions.require("--favoured", favoured, 0, 1);
    FibreOptions.require("--other", other, 0, favoured);
    return run.against(
        new LightAttack(
            "time shift",
            fraction.value(),
            (link, share) -> new TimeShift(share, favoured, other),
            false),
        command);
  }
}
