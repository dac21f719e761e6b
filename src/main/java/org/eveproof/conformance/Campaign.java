package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecOracle;

/** Many seeded chains of one case, and what they covered. */
public final class Campaign {

  /** A goal is judged once so many chains must reach it: fewer would tell little. */
  private static final int LEAST_EXPECTED = 3;

  private Campaign() {}

  /**
   * What a campaign saw.
   *
   * @param chains chains that ran, the failed one included
   * @param steps steps judged in all of them
   * @param performed how often each action of the specification was performed; 0 where never
   * @param goals share of the chains that reached each goal, in percent
   * @param failure the first disagreement, if any; the campaign ends with it
   */
  public record Outcome(
      int chains,
      long steps,
      Map<String, Integer> performed,
      Map<String, Double> goals,
      Optional<ConformanceFailure> failure) {

    /** Copies the maps, in order of name. */
    public Outcome {
      performed = Collections.unmodifiableMap(new TreeMap<>(performed));
      goals = Collections.unmodifiableMap(new TreeMap<>(goals));
    }

    /**
     * Returns what is missing for the outcome to mean anything: actions that no chain performed,
     * and goals that too few chains reached.
     *
     * @param subject the case that ran
     */
    public List<String> gaps(ConformanceCase subject) {
      List<String> gaps = new ArrayList<>();
      performed.forEach(
          (action, times) -> {
            if (times == 0) {
              gaps.add("action " + action + " was never performed");
            }
          });
      for (ConformanceCase.Goal goal : subject.goals()) {
        double share = goals.getOrDefault(goal.predicate(), 0.0);
        boolean enoughChains = goal.percent() * chains >= 100 * LEAST_EXPECTED;
        if (enoughChains && share < goal.percent()) {
          gaps.add(
              String.format(
                  "%s was reached in %.1f %% of the chains; %.1f %% are required",
                  goal.predicate(), share, goal.percent()));
        }
      }
      return gaps.stream().sorted().toList();
    }
  }

  /**
   * Runs chains until one fails or all have run.
   *
   * @param subject what is judged
   * @param chains how many
   * @param seed of the whole campaign; chain i is the same for the same seed
   * @param progress told the number of chains done, after each
   */
  public static Outcome run(ConformanceCase subject, int chains, long seed, IntConsumer progress) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Map<String, Integer> performed = new TreeMap<>();
    Map<String, Integer> reached = new TreeMap<>();
    long steps = 0;
    Optional<ConformanceFailure> failure = Optional.empty();
    int done = 0;
    try (SpecOracle oracle = SpecOracle.load(subject.source())) {
      for (String name :
          oracle.actions().stream()
              .map(ActionInstance::name)
              .collect(Collectors.toCollection(TreeSet::new))) {
        performed.put(name, 0);
      }
      while (done < chains && failure.isEmpty()) {
        done++;
        try (Run run = new Run(subject, oracle, random.nextLong())) {
          try {
            for (int i = 0; i < subject.chainLength(); i++) {
              run.step(random);
            }
          } catch (ConformanceFailure disagreement) {
            failure = Optional.of(disagreement);
          }
          steps += run.judged();
          run.performed().forEach((name, times) -> performed.merge(name, times, Integer::sum));
          run.goalsReached().forEach(goal -> reached.merge(goal, 1, Integer::sum));
        } catch (ConformanceFailure atStart) {
          failure = Optional.of(atStart);
        }
        progress.accept(done);
      }
    }
    Map<String, Double> goals = new TreeMap<>();
    for (ConformanceCase.Goal goal : subject.goals()) {
      goals.put(goal.predicate(), 100.0 * reached.getOrDefault(goal.predicate(), 0) / done);
    }
    return new Outcome(done, steps, performed, goals, failure);
  }
}
