package org.eveproof.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eveproof.conformance.Campaign;
import org.eveproof.conformance.ConformanceCase;

/** Whether the running code follows the specifications, over many seeded chains of events. */
public final class ConformanceChecks {
  private ConformanceChecks() {}

  /**
   * Returns one check for each case.
   *
   * @param cases what is judged
   * @param chains in each case
   * @param seed of all of them
   */
  public static List<Check> of(List<ConformanceCase> cases, int chains, long seed) {
    return cases.stream().map(subject -> of(subject, chains, seed)).toList();
  }

  private static Check of(ConformanceCase subject, int chains, long seed) {
    return new Check(
        subject.specification(),
        Finding.Kind.CONFORMANCE,
        "the code's every step, judged by TLC",
        subject.bounds()
            + "; "
            + chains
            + " chains of "
            + subject.chainLength()
            + " events, seed "
            + seed,
        name -> name.equals(subject.specification()),
        () -> {
          Campaign.Outcome outcome = Campaign.run(subject, chains, seed, done -> {});
          if (outcome.failure().isPresent()) {
            return Check.Sight.failed(
                outcome.steps(),
                outcome.failure().get().getMessage()
                    + System.lineSeparator()
                    + "again: ./eveproof conform "
                    + subject.specification()
                    + " --chains "
                    + outcome.chains()
                    + " --seed "
                    + seed);
          }
          List<String> gaps = outcome.gaps(subject);
          return gaps.isEmpty()
              ? Check.Sight.held(
                  outcome.steps(),
                  outcome.performed().size()
                      + " actions performed; "
                      + percentages(outcome.goals()))
              : Check.Sight.failed(outcome.steps(), String.join("; ", gaps));
        });
  }

  private static String percentages(Map<String, Double> goals) {
    return goals.entrySet().stream()
        .map(goal -> String.format(Locale.ROOT, "%s in %.1f %%", goal.getKey(), goal.getValue()))
        .collect(Collectors.joining(", "));
  }
}
