package org.eveproof.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eveproof.handover.LedgerDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Mends a ledger whose journal or guard is lost. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description =
        "Mends what can be mended. A damaged journal is replaced by a new one; the keys stay. If the"
            + " guard is missing or damaged, the ledger could be an old copy: its keys are given up,"
            + " and both ends need new credentials. Damaged keys cannot be mended.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:mended, or nothing was wrong",
      "2:the call is wrong, or the ledger is in use or cannot be mended; one line on stderr says why",
      "3:the environment failed"
    })
final class LedgerRepairCommand implements Callable<Integer> {
  @Mixin private LedgerOptions ledger = new LedgerOptions();
  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LedgerDirectory.Repair done = LedgerDirectory.repair(ledger.directory());
    String text =
        switch (done) {
          case NOTHING -> "nothing was wrong";
          case NEW_JOURNAL -> "a new journal is begun; the keys are as they were";
          case KEYS_GIVEN_UP ->
              "the guard was lost, so the keys are given up: bring new credentials to both ends";
        };
    output.print(command, text, Map.of("done", text));
    return ExitCodes.HELD;
  }
}
