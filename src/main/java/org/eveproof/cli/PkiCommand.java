package org.eveproof.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a small certificate authority, and judges chains as a device does. */
@Command(
    name = "pki",
    mixinStandardHelpOptions = true,
    description =
        "Makes certificate authorities and certificates for devices, revokes them, and judges"
            + " certificate chains as a device judges its peer's.",
    subcommands = {
      PkiInitCommand.class,
      PkiIssueCommand.class,
      PkiRevokeCommand.class,
      PkiCrlCommand.class,
      PkiShowCommand.class,
      PkiCheckCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or accepted",
      "1:refused (pki check)",
      "2:the call or a file is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
public final class PkiCommand implements Runnable {
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "no command given");
  }
}
