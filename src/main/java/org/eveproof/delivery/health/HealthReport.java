package org.eveproof.delivery.health;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the gate found out about a block.
 *
 * @param findings one for each test, the same tests in the same order for every block
 * @param history what to remember from here on
 */
public record HealthReport(List<Finding> findings, HealthHistory history) {
  /** Copies the list. */
  public HealthReport {
    findings = List.copyOf(findings);
  }

  /** Returns whether the block may be delivered. */
  public HealthVerdict verdict() {
    String failed =
        findings.stream()
            .filter(finding -> !finding.holds())
            .map(Finding::text)
            .collect(Collectors.joining(" | "));
    return failed.isEmpty() ? new HealthVerdict.Healthy() : new HealthVerdict.Refused(failed);
  }
}
