package org.eveproof.spec;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A property that a state or a step does not have.
 *
 * @param property its name in the configuration
 * @param position where it is defined
 * @param falseParts the parts of its formula that are false, or that cannot be evaluated: a formula
 *     without a value counts as violated
 */
public record Violation(String property, SourcePosition position, List<FalsePart> falseParts) {
  /** Copies the list. */
  public Violation {
    falseParts = List.copyOf(falseParts);
  }

  @Override
  public String toString() {
    return property
        + " ("
        + position
        + ") is violated"
        + falseParts.stream().map(part -> "\n  " + part).collect(Collectors.joining());
  }
}
