package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.Explanation;
import org.eveproof.spec.SpecException;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecState;
import org.eveproof.spec.Violation;

/**
 * One chain of actions on one implementation, judged step by step by TLC's evaluator.
 *
 * <p>The rules: the first state is an initial state of the specification. An action that the
 * specification enables must be done, and must lead to one of the states the specification allows
 * it. An action that it disables must leave everything as it was. Raw disturbances leave everything
 * as it was or are a step of the specification. After each, every invariant holds in the state and
 * every step property holds of the step.
 */
public final class Run implements AutoCloseable {
  private static final String DISTURB = "disturb ";

  private final ConformanceCase subject;
  private final SpecOracle oracle;
  private final Binding binding;
  private final List<String> steps = new ArrayList<>();
  private final Map<String, Integer> performed = new TreeMap<>();
  private final Set<String> goalsReached = new LinkedHashSet<>();
  private SpecState state;
  private int judged;

  /**
   * Starts an implementation and holds its first state against the specification.
   *
   * @param subject what is judged
   * @param oracle the loaded specification of {@code subject}; not shared between threads
   * @param seed of the implementation's simulated surroundings
   * @throws ConformanceFailure if the first state is none of the specification's
   */
  public Run(ConformanceCase subject, SpecOracle oracle, long seed) {
    this.subject = subject;
    this.oracle = oracle;
    this.binding = subject.binding().apply(seed);
    steps.add("seed " + seed);
    this.state = observe();
    if (!oracle.initialStates().contains(state)) {
      throw failure("the first state is not an initial state: " + state);
    }
    judgeProperties(Optional.empty());
  }

  /** Returns the present state. */
  public SpecState state() {
    return state;
  }

  /** Returns the steps so far, in the form that {@link #replay} reads. */
  public List<String> steps() {
    return List.copyOf(steps);
  }

  /** Returns how often each action was performed where the specification enabled it. */
  public Map<String, Integer> performed() {
    return Map.copyOf(performed);
  }

  /** Returns the goals of the case that this run has reached. */
  public Set<String> goalsReached() {
    return Set.copyOf(goalsReached);
  }

  /** Returns the number of steps judged, refused ones included. */
  public int judged() {
    return judged;
  }

  /**
   * Tries an action and judges what became of it.
   *
   * @param action one of the specification's action instances
   * @throws ConformanceFailure if implementation and specification disagree
   */
  public void attempt(ActionInstance action) {
    steps.add(action.toString());
    List<SpecState> allowed = successors(action);
    Attempt outcome = binding.attempt(action);
    SpecState before = state;
    state = observe();
    judged++;
    if (allowed.isEmpty()) {
      if (!state.equals(before)) {
        throw unspecified(
            "the specification does not enable this action here, yet the implementation "
                + (outcome == Attempt.PERFORMED ? "performed it" : "changed its state"),
            before,
            oracle.explain(before, action, state));
      }
      judgeProperties(Optional.empty());
      return;
    }
    if (outcome != Attempt.PERFORMED) {
      throw failure("the specification enables this action here; the implementation: " + outcome);
    }
    if (!allowed.contains(state)) {
      throw unspecified(
          "the implementation did something else than the specification allows for this action",
          before,
          oracle.explain(before, action, state));
    }
    performed.merge(action.name(), 1, Integer::sum);
    judgeProperties(Optional.of(before));
  }

  /**
   * Lets the binding do something raw and hostile, and judges what became of it.
   *
   * @param seed decides what
   * @throws ConformanceFailure if implementation and specification disagree
   */
  public void disturb(long seed) {
    if (!binding.disturb(new SplittableRandom(seed))) {
      return;
    }
    steps.add(DISTURB + seed);
    SpecState before = state;
    state = observe();
    judged++;
    if (state.equals(before)) {
      return;
    }
    if (oracle.recognise(before, state).isEmpty()) {
      throw unspecified(
          "a hostile input changed the state, and no action of the specification does that",
          before,
          oracle.explain(before, state));
    }
    judgeProperties(Optional.of(before));
  }

  /**
   * Chooses and tries one event: mostly an enabled action by its weight, sometimes any action,
   * sometimes a raw disturbance.
   *
   * @param random makes the choice
   */
  public void step(RandomGenerator random) {
    int kind = random.nextInt(100);
    if (kind < 8) {
      disturb(random.nextLong());
    } else if (kind < 25) {
      List<ActionInstance> all = oracle.actions();
      attempt(all.get(random.nextInt(all.size())));
    } else {
      chooseEnabled(random).ifPresent(this::attempt);
    }
  }

  /** Draws action names by weight, without putting back, until one is enabled here. */
  private Optional<ActionInstance> chooseEnabled(RandomGenerator random) {
    Map<String, List<ActionInstance>> candidates = new TreeMap<>();
    for (ActionInstance action : oracle.actions()) {
      if (subject.weight(action.name()) > 0) {
        candidates.computeIfAbsent(action.name(), name -> new ArrayList<>()).add(action);
      }
    }
    while (!candidates.isEmpty()) {
      String name = drawByWeight(candidates.keySet(), random);
      List<ActionInstance> enabled =
          candidates.getOrDefault(name, List.of()).stream()
              .filter(action -> !successors(action).isEmpty())
              .toList();
      candidates.remove(name);
      if (!enabled.isEmpty()) {
        return Optional.of(enabled.get(random.nextInt(enabled.size())));
      }
    }
    return Optional.empty();
  }

  private String drawByWeight(Set<String> names, RandomGenerator random) {
    int ticket = random.nextInt(names.stream().mapToInt(subject::weight).sum());
    for (String name : names) {
      ticket -= subject.weight(name);
      if (ticket < 0) {
        return name;
      }
    }
    throw new AssertionError("the ticket lies below the total weight");
  }

  /**
   * Does the steps of an earlier run again.
   *
   * @param subject what is judged
   * @param oracle its loaded specification
   * @param steps as {@link #steps} gave them
   * @return the run, at the end of the steps
   * @throws ConformanceFailure if implementation and specification disagree
   * @throws IllegalArgumentException if a line is no step of this specification
   */
  public static Run replay(ConformanceCase subject, SpecOracle oracle, List<String> steps) {
    if (steps.isEmpty() || !steps.get(0).matches("seed -?\\d+")) {
      throw new IllegalArgumentException("the first line must be 'seed N'");
    }
    Map<String, ActionInstance> byName = new HashMap<>();
    oracle.actions().forEach(action -> byName.put(action.toString(), action));
    Run run = new Run(subject, oracle, Long.parseLong(steps.get(0).substring("seed ".length())));
    for (String step : steps.subList(1, steps.size())) {
      ActionInstance action = byName.get(step);
      if (action != null) {
        run.attempt(action);
      } else if (step.matches(DISTURB + "-?\\d+")) {
        run.disturb(Long.parseLong(step.substring(DISTURB.length())));
      } else {
        throw new IllegalArgumentException(
            "'" + step + "' is no action of " + subject.specification());
      }
    }
    return run;
  }

  private List<SpecState> successors(ActionInstance action) {
    try {
      return oracle.successors(state, action);
    } catch (SpecException unevaluable) {
      throw failure(action + " cannot be evaluated here: " + unevaluable.getMessage());
    }
  }

  private SpecState observe() {
    return oracle.state(binding.snapshot());
  }

  private void judgeProperties(Optional<SpecState> before) {
    List<Violation> violations = violations(before);
    if (!violations.isEmpty()) {
      throw failure(
          violations.stream().map(Violation::toString).collect(Collectors.joining("; "))
              + System.lineSeparator()
              + "state: "
              + state);
    }
    for (ConformanceCase.Goal goal : subject.goals()) {
      if (!goalsReached.contains(goal.predicate()) && oracle.holds(goal.predicate(), state)) {
        goalsReached.add(goal.predicate());
      }
    }
  }

  private List<Violation> violations(Optional<SpecState> before) {
    List<Violation> violations = new ArrayList<>(oracle.violatedInvariants(state));
    before.ifPresent(earlier -> violations.addAll(oracle.violatedStepProperties(earlier, state)));
    return violations;
  }

  /** A step that is none of the specification's; says which properties fall with it. */
  private ConformanceFailure unspecified(String reason, SpecState before, Explanation explanation) {
    String properties =
        violations(Optional.of(before)).stream()
            .map(Violation::property)
            .collect(Collectors.joining(", "));
    return failure(
        (properties.isEmpty() ? "" : "violates " + properties + ": ")
            + reason
            + System.lineSeparator()
            + explanation);
  }

  private ConformanceFailure failure(String reason) {
    return new ConformanceFailure(subject.specification(), reason, steps);
  }

  @Override
  public void close() {
    binding.close();
  }
}
