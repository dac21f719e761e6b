package org.eveproof.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.eveproof.quantum.decoy.LineEve;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code eveproof simulate}: a link with decoys, and nobody on its fibre. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Simulates BB84 with two decoys over a fibre, and holds gains and error rates of each"
          + " intensity and basis against the analytic model; says what length of key the counts"
          + " allow.",
      "Fibre and detectors are by default those of Lim et al. (2014), section IV, at 50 km. What"
          + " Eve can do to such a link: attack pns, attack beam-split, attack time-shift."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every measurement lies within its bound, and the decoys promise no bit that Eve has",
      "1:at least one does not, or the decoys promise bits that Eve has",
      "2:the call is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class SimulateCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private DecoyRun run = new DecoyRun();

  @Override
  public Integer call() throws IOException {
    return run.against(
        new LightAttack("nobody on the fibre", 0, (link, share) -> new LineEve.Nobody(), true),
        command);
  }
}
