package org.eveproof.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows, audits and mends the ledger of one-time authentication keys of one end of a link. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description =
        "Shows, audits and mends the ledger of one-time authentication keys that one end of a link"
            + " keeps in its state directory. No command prints a bit of a key.",
    subcommands = {
      LedgerShowCommand.class,
      LedgerJournalCommand.class,
      LedgerAuditCommand.class,
      LedgerRepairCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or nothing wrong",
      "1:the audit found something wrong",
      "2:the call is wrong, or the ledger cannot be used; one line on stderr says why",
      "3:the environment failed"
    })
public final class LedgerCommand implements Runnable {
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "no command given");
  }
}
