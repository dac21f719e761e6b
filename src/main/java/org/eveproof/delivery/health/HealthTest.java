package org.eveproof.delivery.health;

/** One statistical test of one block. */
@FunctionalInterface
interface HealthTest {
  /**
   * Tests a block.
   *
   * @param block at least one byte
   * @param alpha greatest probability that a block of uniform bits fails
   */
  Finding of(Block block, double alpha);
}
