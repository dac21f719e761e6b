package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eveproof.handover.JournalEntry;
import org.eveproof.handover.LedgerSnapshot;
import org.eveproof.protocol.Party;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Prints a ledger's journal. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = {
      "Prints which keys went where, oldest first: number, purpose, epoch/block, who sends under the"
          + " keys, their indices, bits. Entries of more than"
          + " 64 to 128 blocks ago are folded into the balance ('eveproof ledger show').",
      "The last entries may have no number yet: they still grow."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:printed",
      "2:the call is wrong, or there is no ledger, or it is damaged; one line on stderr says why",
      "3:the environment failed"
    })
final class LedgerJournalCommand implements Callable<Integer> {
  @Mixin private LedgerOptions ledger = new LedgerOptions();

  @Option(names = "--json", description = "Print one JSON object for each entry, one a line.")
  private boolean json;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (LedgerSnapshot seen = ledger.look()) {
      if (seen.journal().isEmpty()) {
        throw new BadInput(
            ledger.directory()
                + ": the journal is damaged, the keys are not: run 'eveproof ledger repair "
                + ledger.directory()
                + "'");
      }
      PrintWriter out = command.commandLine().getOut();
      JsonMapper mapper = JsonMapper.builder().build();
      for (JournalEntry entry : seen.entries()) {
        out.println(json ? mapper.writeValueAsString(document(entry)) : entry.line());
      }
      out.flush();
      return ExitCodes.HELD;
    }
  }

  private static Map<String, Object> document(JournalEntry entry) {
    Map<String, Object> shown = new LinkedHashMap<>();
    if (entry.number() != JournalEntry.GROWING) {
      shown.put("number", entry.number());
    }
    shown.put("purpose", entry.purpose().label());
    entry.kind().ifPresent(kind -> shown.put("kind", kind.name()));
    shown.put("epoch", entry.epoch());
    if (entry.block() >= 0) {
      shown.put("block", entry.block());
    }
    entry.direction().map(Party::specName).ifPresent(sender -> shown.put("sender", sender));
    if (entry.direction().isPresent()) {
      shown.put("first", entry.first());
      shown.put("last", entry.last());
    } else {
      shown.put("keysEachWay", entry.keys());
    }
    shown.put("bits", entry.bits());
    return shown;
  }
}
