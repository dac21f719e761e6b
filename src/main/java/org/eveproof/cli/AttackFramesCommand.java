package org.eveproof.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.eveproof.adversary.AttackKind;
import org.eveproof.adversary.AttackTally;
import org.eveproof.adversary.AttackTally.Counts;
import org.eveproof.adversary.Flaw;
import org.eveproof.adversary.FrameAttack;
import org.eveproof.authentication.Suite;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code eveproof attack frames}: hostile frames against running links. */
@Command(
    name = "frames",
    mixinStandardHelpOptions = true,
    description = {
      "Records the frames of real links (bootstrap, exchange, handover), changes, reorders, reflects,"
          + " replays, truncates, extends and splices them, and presents them to the real parties,"
          + " just before each frame that they wait for.",
      "Refused means: the party says nothing, gives no key away, and tells the same of itself as"
          + " before; and from then on both ends say and do, byte for byte, what they did in the same"
          + " link when it was left alone. The count of failed verifications may grow; as a key is"
          + " burnt after 64 of them, no key sees more than 48 attacks, and each link is followed by"
          + " a new one.",
      "Not among the attacks: the awaited frame itself, a repetition of the last one, and a"
          + " stranger's call to Bob, which he answers and which authenticates nobody."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every attack was refused and left no trace",
      "1:at least one was accepted or changed a state; how to present it again is printed",
      "2:the call or its input is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class AttackFramesCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 10;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many attacks. Default: ${DEFAULT-VALUE}.")
  private long count;

  @Option(
      names = "--mac",
      paramLabel = "SUITE",
      description =
          "Attack links with this suite only: wegman-carter, wegman-carter-recycled, hmac-sha-256,"
              + " hmac-sha-512, gmac or signature. Default: all in turn.")
  private @Nullable String mac;

  @Option(
      names = "--index",
      paramLabel = "I",
      description = "Present the attack with this number alone, from 0.")
  private @Nullable Long index;

  private final Flaw flaw;

  /** For the command line: the receivers are as they are. */
  AttackFramesCommand() {
    this(Flaw.NONE);
  }

  /** For tests: the receivers have a defect. */
  AttackFramesCommand(Flaw flaw) {
    this.flaw = flaw;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (count < 1) {
      throw new BadInput("--count must be at least 1, not " + count);
    }
    Long only = index;
    if (only != null && (only < 0 || only == Long.MAX_VALUE)) {
      throw new BadInput("--index must be the number of an attack, from 0, not " + only);
    }
    if (only != null) {
      GivenOptions.of(command)
          .refuse("--count", "says nothing beside --index; leave one of them out");
    }
    OptionalLong one = only == null ? OptionalLong.empty() : OptionalLong.of(only);
    long seed = options.seed().orElse(1);
    List<Suite> suites = suites();
    AttackTally tally = run(new FrameAttack(suites, seed, flaw), one);
    PrintWriter out = command.commandLine().getOut();
    out.println(options.json() ? json(suites, seed, tally) : table(tally));
    out.flush();
    if (!options.json()) {
      explain(tally, seed);
    }
    return tally.held() ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private List<Suite> suites() {
    String name = mac;
    if (name == null) {
      return List.of(Suite.values());
    }
    return List.of(
        Suite.ofLabel(name)
            .orElseThrow(
                () ->
                    new BadInput(
                        "--mac '"
                            + name
                            + "' is no suite; 'eveproof attack frames --help' lists"
                            + " them")));
  }

  private AttackTally run(FrameAttack attack, OptionalLong one) throws InterruptedException {
    long first = one.orElse(0);
    long end = one.isPresent() ? first + 1 : count;
    int threads = Runtime.getRuntime().availableProcessors();
    if (options.quiet() || !Boolean.getBoolean("eveproof.terminal")) {
      return attack.run(first, end, threads, done -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("attacks")
            .setInitialMax(end - first)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build()) {
      LongConsumer step = bar::stepBy;
      return attack.run(first, end, threads, step);
    }
  }

  private static String table(AttackTally tally) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-14s%12s%12s%12s%12s%n", "attack", "tried", "refused", "accepted", "changed"));
    for (AttackKind kind : AttackKind.values()) {
      text.append(row(kind.label(), tally.of(kind)));
    }
    return text.append(row("all", tally.total())).toString().stripTrailing();
  }

  private static String row(String name, Counts counts) {
    return String.format(
        Locale.ROOT,
        "%-14s%,12d%,12d%,12d%,12d%n",
        name,
        counts.tried(),
        counts.refused(),
        counts.accepted(),
        counts.changed());
  }

  private void explain(AttackTally tally, long seed) {
    PrintWriter err = command.commandLine().getErr();
    String suite = Optional.ofNullable(mac).map(name -> " --mac " + name).orElse("");
    for (AttackTally.Breach breach : tally.breaches().stream().limit(MOST_SHOWN).toList()) {
      err.printf(
          Locale.ROOT,
          "%s, %s: %s%n  again: eveproof attack frames --seed %d --index %d%s%n",
          breach.kind().label(),
          words(breach.harm()),
          breach.text(),
          seed,
          breach.index(),
          suite);
    }
    if (tally.breaches().size() >= AttackTally.MAX_BREACHES) {
      err.println("stopped after " + AttackTally.MAX_BREACHES + " breaches");
    }
    err.flush();
  }

  private static String words(AttackTally.Harm harm) {
    return harm == AttackTally.Harm.ACCEPTED ? "accepted" : "state changed";
  }

  private static String json(List<Suite> suites, long seed, AttackTally tally) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("held", tally.held());
    root.put("seed", seed);
    root.put("suites", suites.stream().map(Suite::label).toList());
    putCounts(root, tally.total());
    Map<String, Object> kinds = new LinkedHashMap<>();
    for (AttackKind kind : AttackKind.values()) {
      Map<String, Object> counts = new LinkedHashMap<>();
      putCounts(counts, tally.of(kind));
      kinds.put(kind.label(), counts);
    }
    root.put("kinds", kinds);
    List<Map<String, Object>> breaches = new ArrayList<>();
    for (AttackTally.Breach breach : tally.breaches()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("index", breach.index());
      each.put("kind", breach.kind().label());
      each.put("harm", words(breach.harm()));
      each.put("text", breach.text());
      breaches.add(each);
    }
    root.put("breaches", breaches);
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static void putCounts(Map<String, Object> into, Counts counts) {
    into.put("tried", counts.tried());
    into.put("refused", counts.refused());
    into.put("accepted", counts.accepted());
    into.put("stateChanges", counts.changed());
  }
}
