package org.eveproof.delivery.health;

/** What the gate says of a block. */
public sealed interface HealthVerdict {

  /** The block may be delivered. */
  record Healthy() implements HealthVerdict {}

  /**
   * The block must not be delivered.
   *
   * @param reason one line for the operator: which tests failed, by how much; no bits of the block
   */
  record Refused(String reason) implements HealthVerdict {}
}
