package org.eveproof.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * An office that does as {@code Tickets.tla} says, and offices that do not: what is said of them.
 */
class RunTest {
  private static final Path SPECS = Path.of("src", "test", "resources", "specs");
  private static final SpecSource SOURCE =
      new SpecSource(List.of(SPECS), "Tickets", SPECS.resolve("Tickets.cfg"));
  private static final SpecOracle ORACLE = SpecOracle.load(SOURCE);
  private static final int TICKETS = 20;
  private static final int STEPS = 60;

  private enum Fault {
    NONE,
    KEEPS_WHAT_IT_GAVE,
    CLOSES_EARLY,
    NEVER_CLOSES,
    BREAKS
  }

  private record Desk(Set<Integer> left, Set<Integer> given, boolean twice, boolean open) {}

  private static final class Office implements Binding {
    private final Fault fault;
    private final Set<Integer> left =
        IntStream.rangeClosed(1, TICKETS).boxed().collect(Collectors.toCollection(HashSet::new));
    private final Set<Integer> given = new HashSet<>();
    private boolean twice;
    private boolean open = true;

    Office(Fault fault) {
      this.fault = fault;
    }

    @Override
    public Desk snapshot() {
      return new Desk(Set.copyOf(left), Set.copyOf(given), twice, open);
    }

    @Override
    public Attempt attempt(ActionInstance action) {
      boolean done = action.name().equals("Close") ? shut() : give(action.integer("t"));
      return done ? Attempt.PERFORMED : Attempt.REFUSED;
    }

    private boolean shut() {
      if (fault == Fault.NEVER_CLOSES
          || !open
          || (!left.isEmpty() && fault != Fault.CLOSES_EARLY)) {
        return false;
      }
      open = false;
      return true;
    }

    private boolean give(int ticket) {
      if (fault == Fault.BREAKS && given.size() == 3) {
        throw new IllegalStateException("out of paper");
      }
      if (!open || !left.contains(ticket)) {
        return false;
      }
      if (fault != Fault.KEEPS_WHAT_IT_GAVE) {
        left.remove(ticket);
      }
      twice |= !given.add(ticket);
      return true;
    }

    @Override
    public void close() {
      // An office holds no secrets.
    }
  }

  @AfterAll
  static void close() {
    ORACLE.close();
  }

  private static ConformanceCase offices(Fault fault) {
    return new ConformanceCase(
        "Tickets", SOURCE, "20 tickets", seed -> new Office(fault), Map.of(), STEPS, List.of());
  }

  private static Run drive(Fault fault) {
    RandomGenerator random = new SplittableRandom(7);
    Run run = new Run(offices(fault), ORACLE, 7);
    for (int i = 0; i < STEPS; i++) {
      run.step(random);
    }
    return run;
  }

  private static ConformanceFailure failure(Fault fault) {
    return catchThrowableOfType(ConformanceFailure.class, () -> drive(fault));
  }

  @Test
  void anOfficeThatFollowsTheSpecificationGetsThroughAllOfIt() {
    assertThat(drive(Fault.NONE).performed()).containsOnlyKeys("Give", "Close");
  }

  @Test
  void namesThePropertyThatFallsWithTheStep() {
    ActionInstance close =
        ORACLE.actions().stream()
            .filter(each -> each.name().equals("Close"))
            .findFirst()
            .orElseThrow();
    Run run = new Run(offices(Fault.CLOSES_EARLY), ORACLE, 7);
    assertThat(catchThrowableOfType(ConformanceFailure.class, () -> run.attempt(close)))
        .hasMessageStartingWith("Tickets: violates NothingLeftBehind: ")
        .hasMessageContaining("Close does not allow it:")
        .hasMessageContaining("in Close: left = {}");
  }

  @Test
  void namesThePropertyThatFallsOnlyWhenThingsGoOn() {
    assertThat(failure(Fault.KEEPS_WHAT_IT_GAVE))
        .hasMessageStartingWith("Tickets: leads to a violation of GivenOnce: ")
        .hasMessageContaining("in Give: left' = left \\ {t}")
        .hasMessageContaining(String.format("%nthen%n  Give(t = "));
  }

  @Test
  void namesTheActionAndItsEffectWhereNoPropertyFalls() {
    assertThat(failure(Fault.NEVER_CLOSES))
        .hasMessageStartingWith("Tickets: the specification enables this action here")
        .hasMessageContaining("in Close: open' = FALSE")
        .hasMessageContaining("no property fell");
  }

  @Test
  void saysThatTheImplementationBroke() {
    assertThat(failure(Fault.BREAKS))
        .hasMessageStartingWith("Tickets: the implementation broke: ")
        .hasMessageContaining("out of paper")
        .hasRootCauseMessage("out of paper");
  }

  @Test
  void doesTheStepsOfAFailureAgain() {
    ConformanceFailure failure = failure(Fault.KEEPS_WHAT_IT_GAVE);
    ConformanceFailure again =
        catchThrowableOfType(
            ConformanceFailure.class,
            () -> Run.replay(offices(Fault.KEEPS_WHAT_IT_GAVE), ORACLE, failure.steps()));
    assertThat(again).hasMessage(failure.getMessage());
  }
}
