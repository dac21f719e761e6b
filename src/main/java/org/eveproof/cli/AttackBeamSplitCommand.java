package org.eveproof.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.eveproof.quantum.decoy.BeamSplitting;
import org.eveproof.quantum.decoy.Sometimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code eveproof attack beam-split}: Eve takes what the fibre would lose. */
@Command(
    name = "beam-split",
    mixinStandardHelpOptions = true,
    description = {
      "Eve takes the share of the light that the fibre would lose, and sends the rest over a fibre"
          + " without loss. No count shows her. She has the bits of the pulses from which she got a"
          + " photon; the length of the key, which rests on single photons, leaves them out.",
      "Holds gains, error rates and what she has against the analytic model."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every measurement lies within its bound, and the decoys promise no bit that Eve has",
      "1:at least one does not, or the decoys promise bits that Eve has",
      "2:the call is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class AttackBeamSplitCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private DecoyRun run = new DecoyRun();
  @Mixin private FractionOption fraction = new FractionOption();

  @Override
  public Integer call() throws IOException {
    return run.against(
        new LightAttack(
            "beam splitting",
            fraction.value(),
            (link, share) -> new Sometimes(share, BeamSplitting.unnoticed(link)),
            true),
        command);
  }
}
