package org.eveproof.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows OpenPGP keyrings and judges them as a device does. */
@Command(
    name = "pgp",
    mixinStandardHelpOptions = true,
    description =
        "Shows OpenPGP keyrings that gpg has exported, and computes which user ids are valid in the"
            + " web of trust.",
    subcommands = {PgpShowCommand.class, PgpValidityCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or valid",
      "1:not valid (pgp validity with --key or --name)",
      "2:the call or a file is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
public final class PgpCommand implements Runnable {
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "no command given");
  }
}
