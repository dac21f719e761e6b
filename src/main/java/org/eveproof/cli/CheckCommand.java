package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eveproof.evidence.Check;
import org.eveproof.evidence.SpecChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code eveproof check}: TLC on the specifications. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Model-checks the specifications with TLC: every model holds with its exact state counts,"
          + " every red twin (one defence removed) violates one property and no other, every goal is"
          + " reached, every text is the pinned one.",
      "Evidence goes to target/evidence/check.json."
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private CommonOptions options = new CommonOptions();

  @Parameters(
      paramLabel = "NAME",
      description =
          "Only what concerns these: a specification, model, property, red twin or goal. Default:"
              + " all.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "List the checks, do none.")
  private boolean list;

  @Option(
      names = "--pin",
      description = "Pin the texts as they are now, print what changed, check nothing.")
  private boolean pin;

  /** A check of the list, in JSON. */
  private record Listed(String area, String kind, String name, String bounds) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    SpecChecks specs = new SpecChecks(EveproofHome.specs());
    if (pin) {
      refuseBesidePin();
      List<String> changes = specs.pin();
      changes.forEach(command.commandLine().getOut()::println);
      command.commandLine().getOut().println(changes.size() + " changes pinned");
      return ExitCodes.HELD;
    }
    List<Check> checks = chosen(specs.all(false));
    if (list) {
      PrintWriter out = command.commandLine().getOut();
      out.println(options.json() ? json(checks) : text(checks));
      out.flush();
      return ExitCodes.HELD;
    }
    return new CheckRunner(command, options)
        .run(
            checks,
            !names.isEmpty(),
            options.seed().orElse(0),
            EveproofHome.evidence().resolve("check.json"));
  }

  private void refuseBesidePin() {
    GivenOptions given = GivenOptions.of(command);
    List.of("--list", "--json")
        .forEach(
            option -> given.refuse(option, "says nothing beside --pin; leave one of them out"));
    if (!names.isEmpty()) {
      throw new BadInput("--pin pins all texts; leave '" + names.get(0) + "' out");
    }
  }

  private static String text(List<Check> checks) {
    return checks.stream()
        .map(check -> check.area() + "  " + check.kind() + "  " + check.name())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String json(List<Check> checks) {
    List<Listed> listed =
        checks.stream()
            .map(
                check ->
                    new Listed(check.area(), check.kind().toString(), check.name(), check.bounds()))
            .toList();
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(listed);
  }

  private List<Check> chosen(List<Check> all) {
    if (names.isEmpty()) {
      return all;
    }
    for (String name : names) {
      if (all.stream().noneMatch(check -> check.concerns().test(name))) {
        throw new BadInput(
            "nothing to check is called '"
                + name
                + "'; specifications: "
                + all.stream().map(Check::area).distinct().collect(Collectors.joining(", "))
                + " ('eveproof check --list' shows all names)");
      }
    }
    return all.stream()
        .filter(check -> names.stream().anyMatch(check.concerns()))
        .collect(Collectors.toList());
  }
}
