package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final String SEED = "seed ";

  private final ConformanceCase subject;
  private final SpecOracle oracle;
  private final Binding binding;
  private final ActionChoice choice;
  private final long seed;
  private final List<Event> events = new ArrayList<>();
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
    this.choice = new ActionChoice(subject, oracle);
    this.seed = seed;
    this.binding = subject.binding().apply(seed);
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
    List<String> lines = new ArrayList<>();
    lines.add(SEED + seed);
    events.forEach(event -> lines.add(event.line()));
    return lines;
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
    List<SpecState> allowed = successors(action);
    Attempt outcome = happen(Event.of(action));
    SpecState before = state;
    state = observe();
    judged++;
    boolean stayed = state.equals(before);
    if (allowed.isEmpty() && !stayed) {
      throw unspecified(
          "the specification does not enable this action here, yet the implementation "
              + (outcome == Attempt.PERFORMED ? "performed it" : "changed its state"),
          before,
          oracle.explain(before, action, state));
    }
    if (allowed.isEmpty()) {
      judgeProperties(Optional.empty());
      return;
    }
    if (outcome != Attempt.PERFORMED) {
      throw unspecified(
          "the specification enables this action here; the implementation: " + outcome,
          before,
          oracle.explain(before, action, state));
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
    if (happen(Event.disturbance(seed)) != Attempt.PERFORMED) {
      events.remove(events.size() - 1);
      return;
    }
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
      attempt(choice.any(random));
    } else {
      choice.enabled(action -> !successors(action).isEmpty(), random).ifPresent(this::attempt);
    }
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
    if (steps.isEmpty() || !steps.get(0).matches(SEED + "-?\\d+")) {
      throw new IllegalArgumentException("the first line must be 'seed N'");
    }
    Map<String, ActionInstance> byName = new HashMap<>();
    oracle.actions().forEach(action -> byName.put(action.toString(), action));
    Run run = new Run(subject, oracle, Long.parseLong(steps.get(0).substring(SEED.length())));
    for (String step : steps.subList(1, steps.size())) {
      ActionInstance action = byName.get(step);
      if (action != null) {
        run.attempt(action);
      } else if (step.matches(Event.DISTURB + "-?\\d+")) {
        run.disturb(Long.parseLong(step.substring(Event.DISTURB.length())));
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
    try {
      return oracle.state(binding.snapshot());
    } catch (RuntimeException unseeable) {
      throw broken("what the implementation holds is no state of the specification's", unseeable);
    }
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

  /** Does something, and writes down that it was done. */
  private Attempt happen(Event event) {
    events.add(event);
    try {
      return event.deed().to(binding);
    } catch (RuntimeException unforeseen) {
      throw broken("the implementation broke", unforeseen);
    }
  }

  private ConformanceFailure broken(String reason, RuntimeException cause) {
    ConformanceFailure failure = wrong(reason + ": " + cause, List.of());
    failure.initCause(cause);
    return failure;
  }

  /** A step that is none of the specification's. */
  private ConformanceFailure unspecified(String reason, SpecState before, Explanation explanation) {
    return wrong(reason + System.lineSeparator() + explanation, violations(Optional.of(before)));
  }

  /** Says which properties fall with a wrong step or, if none does, which fall after it. */
  private ConformanceFailure wrong(String reason, List<Violation> violations) {
    if (!violations.isEmpty()) {
      return failure("violates " + names(violations) + ": " + reason);
    }
    return new Aftermath(subject, oracle, choice, seed, events)
        .search()
        .map(
            fall ->
                failure(
                    "leads to a violation of "
                        + names(fall.violations())
                        + ": "
                        + reason
                        + listed("then", fall.steps())
                        + listed("and", fall.violations())))
        .orElseGet(
            () ->
                failure(
                    reason
                        + System.lineSeparator()
                        + "no property fell, neither here nor in the ways on from here that were"
                        + " tried"));
  }

  private static String names(List<Violation> violations) {
    return violations.stream().map(Violation::property).collect(Collectors.joining(", "));
  }

  private static String listed(String word, List<?> things) {
    return things.isEmpty()
        ? ""
        : System.lineSeparator()
            + word
            + things.stream()
                .map(thing -> System.lineSeparator() + "  " + thing)
                .collect(Collectors.joining());
  }

  private ConformanceFailure failure(String reason) {
    return new ConformanceFailure(subject.specification(), reason, steps());
  }

  @Override
  public void close() {
    binding.close();
  }
}
