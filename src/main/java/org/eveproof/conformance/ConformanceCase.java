package org.eveproof.conformance;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.eveproof.spec.SpecSource;

/**
 * One specification with the code that claims to follow it.
 *
 * @param specification name of the module, for example {@code PskHandover}
 * @param source the finite instance whose evaluator judges
 * @param bounds that instance's bounds, for people
 * @param binding makes the implementation, its simulated surroundings seeded with the given number
 * @param weights how often an action is chosen among the enabled ones, by action name; 10 where
 *     absent, 0 for never
 * @param chainLength actions tried in one chain
 * @param goals state predicates of the instance that chains must reach, each with the least
 *     fraction of chains, in percent
 */
public record ConformanceCase(
    String specification,
    SpecSource source,
    String bounds,
    LongFunction<Binding> binding,
    Map<String, Integer> weights,
    int chainLength,
    List<Goal> goals) {

  /** Copies the collections. */
  public ConformanceCase {
    weights = Map.copyOf(weights);
    goals = List.copyOf(goals);
  }

  /**
   * A state that a fair share of the chains must reach: conformance in which nothing happens shows
   * nothing.
   *
   * @param predicate name of a state predicate of the instance
   * @param percent least share of chains that must reach it, in percent
   */
  public record Goal(String predicate, double percent) {}

  /** Returns how often the action is chosen, relative to the others. */
  int weight(String action) {
    return weights.getOrDefault(action, 10);
  }
}
