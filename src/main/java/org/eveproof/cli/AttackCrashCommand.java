package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.eveproof.adversary.crash.CrashCampaign;
import org.eveproof.adversary.crash.CrashTally;
import org.eveproof.adversary.crash.CrashTally.Count;
import org.eveproof.adversary.crash.CrashTally.Row;
import org.eveproof.adversary.crash.Property;
import org.eveproof.adversary.crash.SiteCommand;
import org.eveproof.adversary.crash.Violation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code eveproof attack crash}: links whose processes are killed and whose files are damaged. */
@Command(
    name = "crash",
    mixinStandardHelpOptions = true,
    description = {
      "Runs standing links, each end a process of its own on a state directory, and kills one end or"
          + " both (SIGKILL) at a point: before, in and after each write to the ledger, its guard"
          + " and the key pool, around each message, or at any time; while messages are lost,"
          + " doubled, reordered and delayed. After a quarter of the kills the state is damaged, put"
          + " back to an earlier copy, denied room on the disk or shared with a second process.",
      "After each point: no one-time key has authenticated two messages; a key was gone from the"
          + " store before it was used; the journal adds up; what is committed is in the key pool;"
          + " the ends go on, or say what is out of step, and a new credential mends it. In the end"
          + " of each link, both ends stand at the same block and have given the same keys.",
      "A point is reached if the link came to the place that was drawn; else it was killed at"
          + " another. Distinct points differ in ends, place, trouble or fault. A link whose kills"
          + " have used its keys up, or whose ends are out of step because of an old copy, gets a"
          + " new credential (new epochs); what one end alone had given by then is left behind.",
      "A disk that fills up meanwhile is made with prlimit (util-linux).",
      "SIGKILL leaves what was handed to the operating system: loss of power is not simulated."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything held at every point",
      "1:something did not; what, and how to run that link again, is printed",
      "2:the call or its input is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed: processes cannot be run, or files not be written"
    })
final class AttackCrashCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 10;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--points",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many points. Default: ${DEFAULT-VALUE}.")
  private int points;

  @Option(
      names = "--link",
      paramLabel = "I",
      description = "Run the link with this number alone, from 0, with all its points.")
  private @Nullable Integer link;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "How many links run at a time, 1 to 64. Default: twice the processors.")
  private @Nullable Integer parallel;

  private final SiteCommand sites;

  /** For the command line: the sites run the project as it is. */
  AttackCrashCommand() {
    this(new SiteCommand());
  }

  /** For tests: the sites run something else. */
  AttackCrashCommand(SiteCommand sites) {
    this.sites = sites;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (points < 1) {
      throw new BadInput("--points must be at least 1, not " + points);
    }
    Integer only = link;
    if (only != null && only < 0) {
      throw new BadInput("--link must be the number of a link, from 0, not " + only);
    }
    Integer asked = parallel;
    int atATime = asked == null ? 2 * Runtime.getRuntime().availableProcessors() : asked;
    if (atATime < 1 || atATime > 64) {
      throw new BadInput("--parallel must be 1 to 64, not " + atATime);
    }
    long seed = options.seed().orElse(1);
    CrashTally tally =
        run(
            new CrashCampaign(seed, sites, atATime),
            only == null ? 0 : only,
            only == null ? points : CrashCampaign.pointsOfLink());
    PrintWriter out = command.commandLine().getOut();
    out.println(options.json() ? json(seed, tally) : table(tally));
    out.flush();
    explain(tally, seed);
    return tally.held() ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private CrashTally run(CrashCampaign campaign, int first, int count)
      throws IOException, InterruptedException {
    if (options.quiet() || !Boolean.getBoolean("eveproof.terminal")) {
      return campaign.run(first, count, () -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("points")
            .setInitialMax(count)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build()) {
      return campaign.run(first, count, bar::step);
    }
  }

  private static String table(CrashTally tally) {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%-18s%8s%9s%10s%n", "killed", "points", "reached", "distinct"));
    tally
        .byPlace()
        .forEach(
            (place, row) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%-18s%,8d%,9d%,10d%n",
                        place,
                        row.points(),
                        row.reached(),
                        row.distinct())));
    Row all = tally.total();
    text.append(
        String.format(
            Locale.ROOT,
            "%-18s%,8d%,9d%,10d%n%n",
            "all",
            all.points(),
            all.reached(),
            all.distinct()));
    text.append(
        String.format(
            "%-22s%8s  %-30s%s%n", "then", "points", "steps of PskHandover", "what came"));
    tally
        .byFault()
        .forEach(
            (fault, row) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%-22s%,8d  %-30s%s%n",
                        fault,
                        row.points(),
                        String.join(", ", CrashTally.actions(fault)),
                        answers(row))));
    text.append(String.format("%n"));
    for (Count count : Count.values()) {
      text.append(String.format(Locale.ROOT, "%-20s%,10d%n", count.label(), tally.of(count)));
    }
    text.append(String.format("%n%s", verdict(tally)));
    return text.toString();
  }

  private static String verdict(CrashTally tally) {
    String asked =
        Arrays.stream(Property.values()).map(Property::label).collect(Collectors.joining("; "));
    return tally.held()
        ? "held at every point: " + asked
        : tally.violations().size() + " times violated, of: " + asked;
  }

  private static String answers(Row row) {
    return row.answers().entrySet().stream()
        .map(each -> each.getKey().label() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private void explain(CrashTally tally, long seed) {
    PrintWriter err = command.commandLine().getErr();
    for (Violation each : tally.violations().stream().limit(MOST_SHOWN).toList()) {
      err.printf(
          Locale.ROOT,
          "%s: %s (link %d; %s)%n  again: eveproof attack crash --seed %d --link %d%n",
          each.property().label(),
          each.text(),
          each.link(),
          each.point(),
          seed,
          each.link());
    }
    err.flush();
  }

  private static String json(long seed, CrashTally tally) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("held", tally.held());
    root.put("seed", seed);
    putRow(root, tally.total());
    for (Count count : Count.values()) {
      root.put(count.label().replace(' ', '_'), tally.of(count));
    }
    root.put("places", rows(tally.byPlace()));
    Map<String, Map<String, Object>> faults = rows(tally.byFault());
    faults.forEach((fault, row) -> row.put("actions", CrashTally.actions(fault)));
    root.put("faults", faults);
    List<Map<String, Object>> violations = new ArrayList<>();
    for (Violation each : tally.violations()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("property", each.property().label());
      one.put("link", each.link());
      one.put("point", each.point());
      one.put("text", each.text());
      violations.add(one);
    }
    root.put("missed", tally.missed());
    root.put("violations", violations);
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static Map<String, Map<String, Object>> rows(Map<String, Row> rows) {
    Map<String, Map<String, Object>> all = new LinkedHashMap<>();
    rows.forEach(
        (name, row) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          putRow(one, row);
          all.put(name, one);
        });
    return all;
  }

  private static void putRow(Map<String, Object> into, Row row) {
    into.put("points", row.points());
    into.put("reached", row.reached());
    into.put("distinct", row.distinct());
    Map<String, Object> answers = new LinkedHashMap<>();
    row.answers().forEach((answer, count) -> answers.put(answer.label(), count));
    into.put("answers", answers);
  }
}
