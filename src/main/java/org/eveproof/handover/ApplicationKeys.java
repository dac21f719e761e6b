package org.eveproof.handover;

import org.eveproof.protocol.SecretBits;

/** Where the parts of the blocks go that are not for authentication. */
@FunctionalInterface
public interface ApplicationKeys {

  /**
   * Takes the application part of a block that has just been committed. After a crash the same part
   * may be given a second time, under the same numbers.
   *
   * @param epoch of the block
   * @param block number of the block within the epoch
   * @param key the receiver destroys it
   */
  void give(int epoch, int block, SecretBits key);
}
