package org.eveproof.interleaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Method;
import java.util.List;
import java.util.regex.Pattern;
import kotlin.jvm.functions.Function1;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Two threads that do one thing each to the same object, with nothing before or after, under the
 * interleavings that Lincheck's model checking tries: what they see must be what they could see one
 * after the other. The memory is taken for sequentially consistent, and interleavings are tried up
 * to a bound, not all there are.
 */
public final class TwoThreads {
  /** How many interleavings of two threads are tried. */
  private static final int INTERLEAVINGS = Integer.getInteger("eveproof.interleavings", 10);

  /** No loop here is that long; without a bound a long one passes for a thread that waits. */
  private static final int LOOPS = 5_000;

  private final Pattern shared;

  /**
   * Names what threads share.
   *
   * @param shared pattern of the names of Eveproof's classes whose steps are interleaved; whatever
   *     the others do (parsing, hashing, immutable values) is one step
   */
  public TwoThreads(String shared) {
    this.shared = Pattern.compile(shared);
  }

  private boolean isOneStep(String name) {
    return name.startsWith("java.util.regex.")
        || name.startsWith("java.util.stream.")
        || name.startsWith("java.nio.")
        || name.startsWith("java.security.")
        || name.startsWith("java.util.HexFormat")
        || (name.startsWith("org.eveproof.") && !shared.matcher(name).matches());
  }

  /**
   * Fails if two threads see what they could not see one after the other.
   *
   * @param state made anew for each interleaving
   * @param one method of it that one thread calls
   * @param other method of it that the other calls
   */
  public void check(Class<?> state, String one, String other) {
    Function1<String, Boolean> oneStep = this::isOneStep;
    new ModelCheckingOptions()
        .iterations(0)
        .addCustomScenario(
            new ExecutionScenario(
                List.of(),
                List.of(List.of(actor(state, one)), List.of(actor(state, other))),
                List.of(),
                null))
        .invocationsPerIteration(INTERLEAVINGS)
        .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(oneStep).allMethods().ignore())
        .loopIterationsBeforeThreadSwitch(LOOPS)
        .loopBound(LOOPS)
        .minimizeFailedScenario(false)
        .check(state);
  }

  /** Fails unless two threads that do the same are seen to get in each other's way. */
  public void assertIsFoundOut(Class<?> planted, String operation) {
    assertThat(catchThrowable(() -> check(planted, operation, operation)))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }

  private static Actor actor(Class<?> state, String operation) {
    try {
      Method method = state.getMethod(operation);
      return new Actor(method, List.of(), false, false, false, false, false);
    } catch (NoSuchMethodException misspelt) {
      throw new AssertionError(misspelt);
    }
  }
}
