package org.eveproof.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecOracle;

/**
 * Chains of actions for one specification, and the account of what they covered.
 *
 * <p>Every chain drives the real implementation; every step is judged by TLC's evaluator against
 * the specification's own text (see {@link Run}).
 */
public final class SpecChains implements AutoCloseable {
  private final ConformanceCase subject;
  private final SpecOracle oracle;
  private final Map<String, Integer> performed = new TreeMap<>();
  private final Map<String, Integer> reached = new TreeMap<>();
  private int chains;

  public SpecChains(ConformanceCase subject) {
    this.subject = subject;
    this.oracle = SpecOracle.load(subject.source());
    for (ActionInstance action : oracle.actions()) {
      performed.putIfAbsent(action.name(), 0);
    }
  }

  /** Returns chains of up to the case's length. */
  public Arbitrary<ActionChain<Run>> chains() {
    Action.Independent<Run> event =
        () ->
            Arbitraries.longs()
                .map(
                    choice ->
                        Transformer.mutate("event " + choice, run -> run.step(generator(choice))));
    return Arbitraries.longs()
        .flatMap(
            seed ->
                ActionChain.startWith(() -> new Run(subject, oracle, seed))
                    .withAction(event)
                    .withMaxTransformations(subject.chainLength()));
  }

  /** Runs a chain to its end and books what it covered; a disagreement names the replay command. */
  public void judge(ActionChain<Run> chain) {
    Run end;
    try {
      end = chain.run();
    } catch (RuntimeException | Error wrapped) {
      throw ReplayFile.explain(subject.specification(), wrapped);
    }
    try (end) {
      chains++;
      end.performed().forEach((name, times) -> performed.merge(name, times, Integer::sum));
      end.goalsReached().forEach(goal -> reached.merge(goal, 1, Integer::sum));
    }
  }

  /** Asserts that the chains so far were enough, reached every action, and reached every goal. */
  public void assertCoverage(int leastChains) {
    assertThat(chains).as("chains judged").isGreaterThanOrEqualTo(leastChains);
    assertThat(performed).as("actions never performed").doesNotContainValue(0);
    for (ConformanceCase.Goal goal : subject.goals()) {
      assertThat(100.0 * reached.getOrDefault(goal.predicate(), 0) / chains)
          .as("percentage of chains that reach " + goal.predicate())
          .isGreaterThanOrEqualTo(goal.percent());
    }
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Override
  public void close() {
    oracle.close();
  }
}
