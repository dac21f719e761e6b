package org.eveproof.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eveproof.adversary.rndl.Cell;
import org.eveproof.adversary.rndl.Finding;
import org.eveproof.adversary.rndl.Leak;
import org.eveproof.adversary.rndl.Protocol;
import org.eveproof.conformance.rndl.Comparison;
import org.eveproof.conformance.rndl.RndlInstance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code eveproof attack rndl}: record now, decrypt later, in the model and in the code. */
@Command(
    name = "rndl",
    mixinStandardHelpOptions = true,
    description = {
      "Record now, decrypt later: for each way of establishing payload keys, each trust anchor, each"
          + " set of secrets that leak and each moment at which they do, what becomes of the keys.",
      "The answer is computed twice: from the reachable states of RecordNowDecryptLater.tla, and by"
          + " an Eve who has the real secrets and tries everything on running code. Takes a minute"
          + " or two."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:model and code agree in every cell",
      "1:they do not; the cells are listed",
      "2:the call is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class AttackRndlCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 20;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--all",
      description =
          "Show all sets of leaks. Default: each leak alone, and a few that teach something. All are"
              + " computed and compared either way.")
  private boolean all;

  private final RndlInstance instance;
  private final Protocol rules;

  /** For the command line: everything, by the rules of this project. */
  AttackRndlCommand() {
    this(RndlInstance.complete(), Protocol.sound());
  }

  /** For tests: less, and perhaps without one of the defences. */
  AttackRndlCommand(RndlInstance instance, Protocol rules) {
    this.instance = instance;
    this.rules = rules;
  }

  @Override
  public Integer call() {
    tell("exploring " + instance.name());
    Map<Cell, Finding> specified = instance.specified(EveproofHome.specs());
    tell("attacking the code in " + specified.size() + " cells");
    Comparison comparison =
        new Comparison(specified, instance.run(rules, options.seed().orElse(1)));
    PrintWriter out = command.commandLine().getOut();
    if (options.json()) {
      out.println(json(comparison));
    } else {
      RndlReport report = new RndlReport(comparison);
      out.println(report.tables(all));
      out.println();
      out.println(report.sum());
    }
    out.flush();
    explain(comparison);
    return comparison.differences().isEmpty() ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private void tell(String what) {
    if (!options.quiet()) {
      command.commandLine().getErr().println(what);
      command.commandLine().getErr().flush();
    }
  }

  private void explain(Comparison comparison) {
    PrintWriter err = command.commandLine().getErr();
    for (Cell cell : comparison.differences().stream().limit(MOST_SHOWN).toList()) {
      err.printf(
          "%s, %s, %s %s, key %d, %s: specification %s, code %s%n",
          cell.exchange().specName(),
          cell.anchor().specName(),
          Cell.words(cell.leaks()),
          cell.moment().specName(),
          cell.key(),
          cell.compared() ? "compared" : "not compared",
          text(comparison.specification(), cell),
          text(comparison.code(), cell));
    }
    err.flush();
  }

  private static String text(Map<Cell, Finding> matrix, Cell cell) {
    Finding finding = matrix.get(cell);
    return finding == null
        ? "has no such cell"
        : finding.verdict().word() + " " + finding.strategy();
  }

  private static String json(Comparison comparison) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("agree", comparison.differences().isEmpty());
    root.put("cells", comparison.cells().size());
    root.put("different", comparison.differences().size());
    root.put("specification", counts(comparison.specification()));
    root.put("code", counts(comparison.code()));
    List<Map<String, Object>> matrix = new ArrayList<>();
    for (Cell cell : comparison.cells()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("exchange", cell.exchange().specName());
      entry.put("anchor", cell.anchor().specName());
      entry.put("moment", cell.moment().specName());
      entry.put("leaks", cell.leaks().stream().sorted().map(Leak::specName).toList());
      entry.put("compared", cell.compared());
      entry.put("key", cell.key());
      put(entry, "specification", comparison.specification().get(cell));
      put(entry, "code", comparison.code().get(cell));
      matrix.add(entry);
    }
    root.put("matrix", matrix);
    return JsonMapper.shared().writeValueAsString(root);
  }

  private static void put(Map<String, Object> entry, String name, @Nullable Finding finding) {
    if (finding != null) {
      entry.put(name, finding.verdict().word());
      entry.put(name + "Strategy", finding.strategy());
    }
  }

  private static Map<String, Long> counts(Map<Cell, Finding> matrix) {
    return Comparison.counts(matrix).entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> each.getKey().name().toLowerCase(Locale.ROOT),
                Map.Entry::getValue,
                (one, other) -> one,
                LinkedHashMap::new));
  }
}
