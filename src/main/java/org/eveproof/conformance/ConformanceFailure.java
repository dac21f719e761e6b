package org.eveproof.conformance;

import java.util.List;

/** The implementation and the specification disagree. The message says where, clause by clause. */
public final class ConformanceFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> steps;

  ConformanceFailure(String specification, String reason, List<String> steps) {
    super(
        specification
            + ": "
            + reason
            + System.lineSeparator()
            + "steps:"
            + System.lineSeparator()
            + "  "
            + String.join(System.lineSeparator() + "  ", steps));
    this.steps = List.copyOf(steps);
  }

  /** Returns the steps that led here, as {@link Run#replay} reads them; the last one failed. */
  public List<String> steps() {
    return steps;
  }
}
