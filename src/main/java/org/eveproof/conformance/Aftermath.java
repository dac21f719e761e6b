package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecException;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecState;
import org.eveproof.spec.Violation;

/**
 * What comes of a step that the specification does not allow.
 *
 * <p>Such a step need not violate a property at once: a key that was given and not marked as given
 * was not given twice, until somebody asks again. So the implementation is brought back to where it
 * went wrong and driven on, a few steps in many ways, then further in some, whether or not the
 * specification allows what it does there. TLC judges the properties of what is observed, and
 * nothing else.
 */
final class Aftermath {
  /** How many ways on are tried, and how far each goes: short ones first, for they explain best. */
  private static final int[][] WAYS = {{30, 2}, {20, 6}, {20, 30}};

  /** So many of the last events before the wrong one are worth doing again. */
  private static final int RECENT = 6;

  private final ConformanceCase subject;
  private final SpecOracle oracle;
  private final ActionChoice choice;
  private final long seed;
  private final List<Event> events;
  private final RandomGenerator random;

  /**
   * Properties that fell.
   *
   * @param steps what was done after the wrong step, in the form of {@link Run#steps}
   * @param violations what TLC found false after the last of them
   */
  record Fall(List<String> steps, List<Violation> violations) {
    Fall {
      steps = List.copyOf(steps);
      violations = List.copyOf(violations);
    }
  }

  /**
   * The aftermath of a run that went wrong.
   *
   * @param subject what is judged
   * @param oracle its specification
   * @param choice of its actions
   * @param seed of the run
   * @param events all that was done in it; the last is the step that went wrong
   */
  Aftermath(
      ConformanceCase subject,
      SpecOracle oracle,
      ActionChoice choice,
      long seed,
      List<Event> events) {
    this.subject = subject;
    this.oracle = oracle;
    this.choice = choice;
    this.seed = seed;
    this.events = List.copyOf(events);
    this.random = new SplittableRandom(seed);
  }

  /** Returns the first fall that is found; it takes few steps if there is one such. */
  Optional<Fall> search() {
    for (int[] way : WAYS) {
      for (int i = 0; i < way[0]; i++) {
        Optional<Fall> found = goOn(way[1]);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Fall> goOn(int length) {
    List<String> steps = new ArrayList<>();
    try (Binding binding = subject.binding().apply(seed)) {
      // A binding may number things in the order in which they are seen.
      SpecState state = oracle.state(binding.snapshot());
      for (Event event : events) {
        attempt(event, binding);
        state = oracle.state(binding.snapshot());
      }
      List<Violation> violations = oracle.violatedInvariants(state);
      for (int i = 0; violations.isEmpty() && i < length; i++) {
        Event event = step(binding, state);
        SpecState before = state;
        state = oracle.state(binding.snapshot());
        if (!state.equals(before)) {
          steps.add(event.line());
          violations = new ArrayList<>(oracle.violatedInvariants(state));
          violations.addAll(oracle.violatedStepProperties(before, state));
        }
      }
      return violations.isEmpty() ? Optional.empty() : Optional.of(new Fall(steps, violations));
    } catch (RuntimeException unseeable) {
      // What went wrong may leave what the specification has no words for: this way ends here.
      return Optional.empty();
    }
  }

  private static Attempt attempt(Event event, Binding binding) {
    try {
      return event.deed().to(binding);
    } catch (RuntimeException broken) {
      // The state tells what became of it.
      return Attempt.REFUSED;
    }
  }

  /** Does one of the last events again, something raw, forbidden or enabled. */
  private Event step(Binding binding, SpecState state) {
    int kind = random.nextInt(10);
    Event event;
    if (kind < 2) {
      event = events.get(events.size() - 1);
    } else if (kind == 2) {
      event = events.get(events.size() - 1 - random.nextInt(Math.min(RECENT, events.size())));
    } else if (kind == 3) {
      event = Event.disturbance(random.nextLong());
    } else if (kind < 7) {
      return doWhatIsForbidden(binding, state);
    } else {
      event =
          choice
              .enabled(action -> isEnabled(state, action), random)
              .map(Event::of)
              .orElseGet(() -> Event.disturbance(random.nextLong()));
    }
    attempt(event, binding);
    return event;
  }

  /** Tries what the specification disables until the implementation does something of it. */
  private Event doWhatIsForbidden(Binding binding, SpecState state) {
    Event event = Event.of(choice.any(random));
    for (ActionInstance action : choice.ofOneName(random)) {
      if (!isEnabled(state, action)) {
        event = Event.of(action);
        if (attempt(event, binding) == Attempt.PERFORMED) {
          break;
        }
      }
    }
    return event;
  }

  private boolean isEnabled(SpecState state, ActionInstance action) {
    try {
      return !oracle.successors(state, action).isEmpty();
    } catch (SpecException unevaluable) {
      return false;
    }
  }
}
