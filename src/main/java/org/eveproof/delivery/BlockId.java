package org.eveproof.delivery;

/**
 * Names a block of the link. The order is the order in which both sites take blocks in.
 *
 * @param epoch number of the trust epoch, from 0
 * @param block number of the block within the epoch, from 0
 */
public record BlockId(int epoch, int block) implements Comparable<BlockId> {

  /** Checks the ranges. */
  public BlockId {
    if (epoch < 0 || block < 0) {
      throw new IllegalArgumentException("epoch=" + epoch + ", block=" + block);
    }
  }

  @Override
  public int compareTo(BlockId other) {
    return epoch != other.epoch
        ? Integer.compare(epoch, other.epoch)
        : Integer.compare(block, other.block);
  }
}
