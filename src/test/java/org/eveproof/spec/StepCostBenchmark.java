package org.eveproof.spec;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Measures what it costs to check a step: to turn the implementation's snapshot, plain Java
 * objects, into a state; to recognise the action among all; to evaluate all invariants and all step
 * properties. The steps are those of random walks through the model.
 *
 * <p>Arguments: pairs of a module and its configuration in {@code specs/models}, for example {@code
 * MCBb84Exchange MCBb84ExchangeConform.cfg}. Prints microseconds of processor time per step: the
 * median of nine rounds after a warm-up. Run it with {@code mvn -q test-compile} and {@code java
 * -cp target/test-classes:target/classes:target/lib/* org.eveproof.spec.StepCostBenchmark ...}.
 */
public final class StepCostBenchmark {
  private static final int STEPS = 2_000;
  private static final int WALK = 60;
  private static final int WARM_UP = 6;
  private static final int ROUNDS = 9;
  private static final int PARTS = 4;

  private StepCostBenchmark() {}

  /** A step as an implementation would show it. */
  private record Observed(Map<String, Object> before, Map<String, Object> after) {}

  public static void main(String[] arguments) {
    System.out.printf(
        "%-34s %9s %7s %10s | %8s %9s %10s %6s | %9s%n",
        "model",
        "variables",
        "actions",
        "properties",
        "convert",
        "recognise",
        "invariants",
        "steps",
        "all, us");
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      Path models = Path.of("specs", "models");
      SpecSource source =
          new SpecSource(
              List.of(Path.of("specs"), models), arguments[i], models.resolve(arguments[i + 1]));
      try (SpecOracle oracle = SpecOracle.load(source)) {
        measure(arguments[i + 1], oracle);
      }
    }
  }

  private static void measure(String name, SpecOracle oracle) {
    List<Observed> steps = walks(oracle, new SplittableRandom(7));
    double[][] rounds = new double[ROUNDS][];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double[] parts = round(oracle, steps);
      if (round >= 0) {
        rounds[round] = parts;
      }
    }
    double[] median = new double[PARTS];
    for (int part = 0; part < median.length; part++) {
      int of = part;
      median[part] = Arrays.stream(rounds).mapToDouble(r -> r[of]).sorted().toArray()[ROUNDS / 2];
    }
    SpecOutline outline = oracle.outline();
    System.out.printf(
        Locale.ROOT,
        "%-34s %9d %7d %10d | %8.1f %9.1f %10.1f %6.1f | %9.1f%n",
        name,
        outline.variables().size(),
        oracle.actions().size(),
        outline.properties().size(),
        median[0],
        median[1],
        median[2],
        median[3],
        Arrays.stream(median).sum());
  }

  /** Returns the microseconds of processor time per step, for each part. */
  private static double[] round(SpecOracle oracle, List<Observed> steps) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    List<SpecState> before = steps.stream().map(step -> oracle.state(step.before())).toList();
    List<SpecState> after = new ArrayList<>(steps.size());
    long[] times = new long[PARTS + 1];
    times[0] = clock.getCurrentThreadCpuTime();
    for (Observed step : steps) {
      after.add(oracle.state(step.after()));
    }
    times[1] = clock.getCurrentThreadCpuTime();
    boolean held = true;
    for (int i = 0; i < steps.size(); i++) {
      held &= oracle.recognise(before.get(i), after.get(i)).isPresent();
    }
    times[2] = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < steps.size(); i++) {
      held &= oracle.violatedInvariants(after.get(i)).isEmpty();
    }
    times[3] = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < steps.size(); i++) {
      held &= oracle.violatedStepProperties(before.get(i), after.get(i)).isEmpty();
    }
    times[4] = clock.getCurrentThreadCpuTime();
    if (!held) {
      throw new AssertionError("the model violates its own properties");
    }
    double[] parts = new double[PARTS];
    for (int part = 0; part < PARTS; part++) {
      parts[part] = (times[part + 1] - times[part]) / 1e3 / steps.size();
    }
    return parts;
  }

  private static List<Observed> walks(SpecOracle oracle, RandomGenerator random) {
    List<SpecState> initial = oracle.initialStates();
    List<Observed> steps = new ArrayList<>();
    while (steps.size() < STEPS) {
      SpecState state = initial.get(random.nextInt(initial.size()));
      Map<String, Object> seen = plain(state);
      for (int i = 0; i < WALK && steps.size() < STEPS; i++) {
        List<SpecState> next = new ArrayList<>();
        for (ActionInstance action : oracle.actions()) {
          next.addAll(oracle.successors(state, action));
        }
        next.removeIf(candidate -> !oracle.isInModel(candidate));
        if (next.isEmpty()) {
          break;
        }
        state = next.get(random.nextInt(next.size()));
        Map<String, Object> then = plain(state);
        steps.add(new Observed(seen, then));
        seen = then;
      }
    }
    return steps;
  }

  private static Map<String, Object> plain(SpecState state) {
    Map<String, Object> snapshot = new LinkedHashMap<>();
    state.variables().forEach((variable, value) -> snapshot.put(variable, plain(value)));
    return snapshot;
  }

  private static Object plain(TlaValue value) {
    if (value instanceof TlaValue.Text text) {
      return text.value();
    } else if (value instanceof TlaValue.Int integer) {
      return integer.value();
    } else if (value instanceof TlaValue.Bool truth) {
      return truth.value();
    } else if (value instanceof TlaValue.Seq seq) {
      return seq.elements().stream().map(StepCostBenchmark::plain).toList();
    } else if (value instanceof TlaValue.SetOf set) {
      Set<Object> elements = new LinkedHashSet<>();
      set.elements().forEach(element -> elements.add(plain(element)));
      return elements;
    } else if (value instanceof TlaValue.Rec rec) {
      Map<String, Object> fields = new LinkedHashMap<>();
      rec.fields().forEach((name, field) -> fields.put(name, plain(field)));
      return fields;
    } else if (value instanceof TlaValue.Fcn fcn) {
      Map<Object, Object> mapping = new LinkedHashMap<>();
      fcn.mapping().forEach((key, image) -> mapping.put(plain(key), plain(image)));
      return mapping;
    }
    return value;
  }
}
