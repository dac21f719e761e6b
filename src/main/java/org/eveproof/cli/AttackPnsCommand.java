package org.eveproof.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.eveproof.quantum.decoy.PhotonNumberSplitting;
import org.eveproof.quantum.decoy.Sometimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code eveproof attack pns}: Eve counts photons. */
@Command(
    name = "pns",
    mixinStandardHelpOptions = true,
    description = {
      "Eve counts the photons of each pulse, keeps one of two or more, and blocks single photons,"
          + " so that the signal is detected as often as without her. She causes no error, and in"
          + " the end has the bits of all pulses that she split.",
      "Holds gains, error rates and what she has against the analytic model, and shows what the"
          + " decoys leave of the key, beside what is called secret by who has no decoys."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every measurement lies within its bound, and the decoys promise no bit that Eve has",
      "1:at least one does not, or the decoys promise bits that Eve has",
      "2:the call is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class AttackPnsCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private DecoyRun run = new DecoyRun();
  @Mixin private FractionOption fraction = new FractionOption();

  @Override
  public Integer call() throws IOException {
    return run.against(
        new LightAttack(
            "photon-number splitting",
            fraction.value(),
            (link, share) ->
                new Sometimes(share, PhotonNumberSplitting.unnoticedWithoutDecoys(link)),
            true),
        command);
  }
}
