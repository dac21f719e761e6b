package org.eveproof.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eveproof.handover.LedgerSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Replays a ledger's journal. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description =
        "Replays the journal: its chain is whole, no key has two purposes, no block comes back, made"
            + " = consumed + burnt + superseded + given + left, and what is left is exactly what the"
            + " store holds, key by key. A link may be using the ledger meanwhile.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:something is wrong; a line says what",
      "2:the call is wrong, or there is no ledger, or it is damaged; one line on stderr says why",
      "3:the environment failed"
    })
final class LedgerAuditCommand implements Callable<Integer> {
  @Mixin private LedgerOptions ledger = new LedgerOptions();
  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (LedgerSnapshot seen = ledger.look()) {
      List<String> findings = new ArrayList<>(seen.audit());
      if (seen.isOld()) {
        findings.add("the ledger is older than its guard: an old copy was put in its place");
      }
      int entries = seen.entries().size();
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("entries", entries);
      document.put("findings", findings);
      String text =
          findings.isEmpty()
              ? entries + " entries: no key has two purposes, and the balance adds up"
              : String.join("\n", findings);
      output.print(command, text, document);
      return findings.isEmpty() ? ExitCodes.HELD : ExitCodes.VIOLATED;
    }
  }
}
