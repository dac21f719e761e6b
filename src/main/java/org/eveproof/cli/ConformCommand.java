package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eveproof.conformance.ConformanceCase;
import org.eveproof.conformance.ConformanceFailure;
import org.eveproof.conformance.Conformances;
import org.eveproof.conformance.Run;
import org.eveproof.conformance.StepCost;
import org.eveproof.evidence.ConformanceChecks;
import org.eveproof.spec.SpecOracle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eveproof conform}: the running code against the specifications. */
@Command(
    name = "conform",
    mixinStandardHelpOptions = true,
    description = {
      "Drives the implementation through random chains of honest, faulty and hostile events; TLC's"
          + " evaluator judges every step by the specification's own text.",
      "Evidence goes to target/evidence/conform.json."
    })
final class ConformCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private CommonOptions options = new CommonOptions();

  @Parameters(paramLabel = "SPEC", description = "Only these specifications. Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--chains",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Chains for each specification (default: ${DEFAULT-VALUE}).")
  private int chains;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Do the steps of one failed chain again; needs one SPEC.")
  private Optional<Path> replay = Optional.empty();

  @Option(names = "--cost", description = "Measure what judging one step costs, instead.")
  private boolean cost;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (chains < 1) {
      throw new BadInput("--chains must be at least 1, not " + chains);
    }
    List<ConformanceCase> cases = chosen(Conformances.all(EveproofHome.specs()));
    if (replay.isPresent()) {
      if (cases.size() != 1 || names.size() != 1) {
        throw new BadInput("--replay needs exactly one SPEC before it");
      }
      return replay(cases.get(0), replay.get());
    }
    if (cost) {
      return measure(cases);
    }
    return new CheckRunner(command, options)
        .run(
            ConformanceChecks.of(cases, chains, options.seed().orElse(1)),
            false,
            options.seed().orElse(1),
            EveproofHome.evidence().resolve("conform.json"));
  }

  private Integer measure(List<ConformanceCase> cases) {
    for (ConformanceCase subject : cases) {
      StepCost measured = StepCost.measure(subject, options.seed().orElse(1));
      command
          .commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s: median %.1f us, 99th percentile %.1f us a step (%d steps, %d action instances)%n",
              subject.specification(),
              measured.medianMicroseconds(),
              measured.ninetyNinthMicroseconds(),
              measured.steps(),
              measured.actions());
    }
    return ExitCodes.HELD;
  }

  private Integer replay(ConformanceCase subject, Path file) throws IOException {
    List<String> steps;
    try {
      steps = Files.readAllLines(file);
    } catch (NoSuchFileException missing) {
      throw new BadInput(file + " does not exist");
    }
    try (SpecOracle oracle = SpecOracle.load(subject.source());
        Run run = Run.replay(subject, oracle, steps)) {
      command
          .commandLine()
          .getOut()
          .println(run.judged() + " steps judged, all as " + subject.specification() + " allows");
      return ExitCodes.HELD;
    } catch (ConformanceFailure disagreement) {
      command.commandLine().getOut().println(disagreement.getMessage());
      return ExitCodes.VIOLATED;
    } catch (IllegalArgumentException malformed) {
      throw new BadInput(file + ": " + malformed.getMessage());
    }
  }

  private List<ConformanceCase> chosen(List<ConformanceCase> all) {
    for (String name : names) {
      if (all.stream().noneMatch(subject -> subject.specification().equals(name))) {
        throw new BadInput(
            "no specification '"
                + name
                + "' has code; there are "
                + all.stream()
                    .map(ConformanceCase::specification)
                    .collect(Collectors.joining(", ")));
      }
    }
    return names.isEmpty()
        ? all
        : all.stream().filter(subject -> names.contains(subject.specification())).toList();
  }
}
