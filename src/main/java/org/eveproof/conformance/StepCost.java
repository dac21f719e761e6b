package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecState;
import org.eveproof.spec.TlaValue;

/**
 * What it costs to judge one step: turn recorded values into TLC's, recognise the step among all
 * actions, evaluate every invariant and every step property.
 *
 * @param steps number of different steps measured
 * @param actions number of action instances that a step is recognised among
 * @param medianMicroseconds half of the measurements were at most this
 * @param ninetyNinthMicroseconds 99 of 100 were at most this
 */
public record StepCost(
    int steps, int actions, double medianMicroseconds, double ninetyNinthMicroseconds) {
  private static final int WARM_UP_ROUNDS = 30;
  private static final int MEASURED_ROUNDS = 10;

  private record Recorded(SpecState before, Map<String, TlaValue> after) {}

  /**
   * Records the steps of a few chains, then judges them again and again.
   *
   * @param subject what is judged
   * @param seed of the chains
   */
  public static StepCost measure(ConformanceCase subject, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    try (SpecOracle oracle = SpecOracle.load(subject.source())) {
      List<Recorded> recorded = new ArrayList<>();
      while (recorded.size() < 300) {
        try (Run run = new Run(subject, oracle, random.nextLong())) {
          for (int i = 0; i < subject.chainLength(); i++) {
            SpecState before = run.state();
            run.step(random);
            if (!run.state().equals(before)) {
              recorded.add(new Recorded(before, run.state().variables()));
            }
          }
        }
      }
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        recorded.forEach(step -> judge(oracle, step));
      }
      double[] microseconds = new double[MEASURED_ROUNDS * recorded.size()];
      for (int i = 0; i < microseconds.length; i++) {
        long start = System.nanoTime();
        judge(oracle, recorded.get(i % recorded.size()));
        microseconds[i] = (System.nanoTime() - start) / 1e3;
      }
      Arrays.sort(microseconds);
      return new StepCost(
          recorded.size(),
          oracle.actions().size(),
          microseconds[microseconds.length / 2],
          microseconds[microseconds.length * 99 / 100]);
    }
  }

  private static void judge(SpecOracle oracle, Recorded step) {
    SpecState after = oracle.state(step.after());
    if (oracle.recognise(step.before(), after).isEmpty()
        || !oracle.violatedInvariants(after).isEmpty()
        || !oracle.violatedStepProperties(step.before(), after).isEmpty()) {
      throw new IllegalStateException("a recorded step is not a step any more");
    }
  }
}
