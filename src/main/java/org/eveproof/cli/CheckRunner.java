package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.eveproof.evidence.Check;
import org.eveproof.evidence.Checks;
import org.eveproof.evidence.Evidence;
import org.eveproof.evidence.Finding;
import picocli.CommandLine.Model.CommandSpec;

/** Runs checks for a command: progress on stderr, results on stdout, an exit code. */
record CheckRunner(CommandSpec command, CommonOptions options) {

  /**
   * Runs the checks and prints what was seen.
   *
   * @param checks to run
   * @param quick whether the short form was asked for
   * @param seed of everything random
   * @param file where the evidence goes as well
   * @return the exit code
   * @throws IOException if the environment fails
   * @throws InterruptedException if told to stop
   */
  int run(List<Check> checks, boolean quick, long seed, Path file)
      throws IOException, InterruptedException {
    List<Finding> findings;
    if (options.quiet()) {
      findings = Checks.run(checks, finding -> {});
    } else if (Boolean.getBoolean("eveproof.terminal")) {
      try (ProgressBar bar = bar(checks.size())) {
        findings =
            Checks.run(
                checks,
                finding -> {
                  bar.setExtraMessage(finding.area() + ": " + FindingsTable.what(finding));
                  bar.step();
                });
      }
    } else {
      findings = Checks.run(checks, lines(checks.size()));
    }
    String version = command.root().version().length > 0 ? command.root().version()[0] : "";
    Evidence evidence = Evidence.of(version, quick, seed, findings, Instant.now());
    evidence.write(file);
    PrintWriter out = command.commandLine().getOut();
    out.println(options.json() ? evidence.json() : FindingsTable.of(evidence));
    out.flush();
    if (!options.quiet() && !options.json()) {
      command.commandLine().getErr().println("evidence: " + file);
    }
    return evidence.held() ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private static ProgressBar bar(int checks) {
    return new ProgressBarBuilder()
        .setTaskName("checks")
        .setInitialMax(checks)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }

  private Consumer<Finding> lines(int checks) {
    PrintWriter err = command.commandLine().getErr();
    AtomicInteger done = new AtomicInteger();
    return finding -> {
      err.printf(
          Locale.ROOT,
          "[%d/%d] %-7s %s: %s (%.1f s)%n",
          done.incrementAndGet(),
          checks,
          finding.verdict().toString().toLowerCase(Locale.ROOT),
          finding.area(),
          FindingsTable.what(finding),
          finding.seconds());
      err.flush();
    };
  }
}
