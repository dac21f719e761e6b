package org.eveproof.spec;

import java.util.Optional;
import java.util.Set;

/**
 * What the model checker found.
 *
 * @param verdict the outcome
 * @param exitCode of the process; -1 if it was killed
 * @param generated number of states generated, 0 if unknown
 * @param distinct number of distinct states, 0 if unknown
 * @param queued number of states that were not explored
 * @param depth of the complete state graph, in states on the longest shortest path; 0 if unknown
 * @param seconds wall time of the run
 * @param violated name of the violated property, where TLC gives it: not for temporal properties;
 *     if the property is a conjunction or a refinement, TLC gives the place of the violated part
 * @param violations names of the violated properties, as {@code violated}, each once; more than one
 *     only if the run was {@link CheckRequest#pastViolations()}
 * @param trace the counterexample as TLC prints it, one state after the other; may be empty
 * @param message the first error TLC reported, on one line; empty if all is well
 */
public record CheckResult(
    Verdict verdict,
    int exitCode,
    long generated,
    long distinct,
    long queued,
    int depth,
    double seconds,
    Optional<String> violated,
    Set<String> violations,
    String trace,
    String message) {

  /** Copies the set. */
  public CheckResult {
    violations = Set.copyOf(violations);
  }

  /** The outcome of a run. */
  public enum Verdict {
    /** The whole state space was explored and everything holds. */
    HOLDS,
    /** The whole state space was explored, and properties of states or steps are violated. */
    EXPLORED_WITH_VIOLATIONS,
    /** A state is reachable that violates an invariant. */
    INVARIANT_VIOLATED,
    /** A step, or an initial state, violates a property. */
    STEP_VIOLATED,
    /** A behaviour violates a temporal property. */
    LIVENESS_VIOLATED,
    /** A reachable state has no successor. */
    DEADLOCK,
    /** An ASSUME is false. */
    ASSUMPTION_FAILED,
    /** The module or the configuration is wrong, or something cannot be evaluated. */
    SPEC_ERROR,
    /** The time was up. */
    TIMEOUT,
    /**
     * None of the above for certain: TLC failed, or its exit code and its messages do not agree.
     */
    CRASHED
  }
}
