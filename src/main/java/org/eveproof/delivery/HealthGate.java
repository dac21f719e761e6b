package org.eveproof.delivery;

import java.util.Optional;

/**
 * Looks at a block before any of it can be delivered. Both sites must come to the same finding from
 * the same bytes.
 */
@FunctionalInterface
public interface HealthGate {

  /** Lets everything pass. */
  HealthGate OPEN = block -> Optional.empty();

  /**
   * Judges a block.
   *
   * @param block its application part; the caller wipes it
   * @return why it must not be delivered, in one line without a bit of it; empty if it may
   */
  Optional<String> objection(byte[] block);
}
