package org.eveproof.spec;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a pair of states is not a step.
 *
 * @param changed the variables in which the two states differ
 * @param candidates the action that was tried, if one was named, then the nearest, nearest first:
 *     those with the fewest false parts; among them those with the fewest wrong effects (a guard
 *     alone that is false says that the action was done when it must not be); then those with the
 *     most variables as in the second state
 */
public record Explanation(List<String> changed, List<Candidate> candidates) {
  /**
   * An action that the step nearly was.
   *
   * @param action the action
   * @param falseParts what of it is false for the two states; empty if the pair is its step
   * @param differing the variables in which the second state differs from the nearest successor by
   *     this action; all variables if the action is disabled in the first state
   */
  public record Candidate(
      ActionInstance action, List<FalsePart> falseParts, List<String> differing) {
    /** Copies the lists. */
    public Candidate {
      falseParts = List.copyOf(falseParts);
      differing = List.copyOf(differing);
    }

    @Override
    public String toString() {
      return action
          + (falseParts.isEmpty() ? " allows it" : " does not allow it:")
          + falseParts.stream().map(part -> "\n    " + part).collect(Collectors.joining());
    }
  }

  /** Copies the lists. */
  public Explanation {
    changed = List.copyOf(changed);
    candidates = List.copyOf(candidates);
  }

  @Override
  public String toString() {
    return "changed: "
        + (changed.isEmpty() ? "nothing" : String.join(", ", changed))
        + candidates.stream().map(candidate -> "\n  " + candidate).collect(Collectors.joining());
  }
}
