package org.eveproof.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eveproof.spec.CheckResult;
import org.eveproof.spec.ModelConfig;

/**
 * The goals of one instance: states that must be reachable, lest a property hold because nothing
 * happens. TLC is asked to show that a goal is never reached; the goal is shown by the refutation.
 *
 * <p>Exploring costs more than looking, so TLC is first asked to show that not all of the goals are
 * reached, in one run that remembers those that were. Only if it does, each goal has a run of its
 * own.
 */
final class Goals {
  private static final String NEVER = "NeverReached";

  private final Instance instance;
  private final List<String> names;
  private Optional<CheckResult> together = Optional.empty();

  /**
   * Notes the goals; asks nothing yet.
   *
   * @param names of state predicates of the instance's module
   */
  Goals(Instance instance, List<String> names) {
    this.instance = instance;
    this.names = List.copyOf(names);
  }

  /** Looks for one of the goals. */
  Check.Sight look(Manifest.ReachGoal goal) throws IOException, InterruptedException {
    if (names.size() > 1) {
      CheckResult all = together();
      if (isReached(all)) {
        return Check.Sight.held(all.distinct(), "reached: " + goal.says());
      }
    }
    CheckResult alone = run("Negated" + goal.name(), NEVER + " == ~" + goal.name());
    return isReached(alone)
        ? Check.Sight.held(alone.distinct(), "reached: " + goal.says())
        : Check.Sight.failed(
            alone.distinct(), "not reached: " + goal.says() + "; TLC: " + Instance.describe(alone));
  }

  private synchronized CheckResult together() throws IOException, InterruptedException {
    if (together.isEmpty()) {
      String seen =
          names.stream()
              .map(name -> "(IF " + name + " THEN {\"" + name + "\"} ELSE {})")
              .collect(Collectors.joining(" \\cup "));
      String all =
          names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ", "{", "}"));
      together =
          Optional.of(
              run(
                  "NegatedGoalsOf" + instance.model().name(),
                  String.join(
                      System.lineSeparator(),
                      "LOCAL INSTANCE TLC",
                      "ASSUME TLCSet(1, {})",
                      "LOCAL ReachedUntilHere == TLCGet(1) \\cup " + seen,
                      NEVER + " ==",
                      "  LET reached == ReachedUntilHere",
                      "  IN TLCSet(1, reached) /\\ reached # " + all)));
    }
    return together.get();
  }

  private CheckResult run(String module, String definitions)
      throws IOException, InterruptedException {
    ModelConfig config = instance.config().asking(List.of(NEVER), List.of());
    return instance.check(
        new Instance.Extension(module, instance.model().module(), definitions), config, false);
  }

  private static boolean isReached(CheckResult result) {
    return result.verdict() == CheckResult.Verdict.INVARIANT_VIOLATED
        && result.violated().equals(Optional.of(NEVER));
  }
}
