package org.eveproof.handover;

import org.eveproof.authentication.Suite;
import org.eveproof.protocol.SecretBits;

/**
 * What a round's key has to be to become the next block of a ledger that has a block in use.
 *
 * @param suite how messages are authenticated
 * @param image what the ledger knows
 */
record NextBlock(Suite suite, LedgerImage image) {

  /**
   * Whether the next block will keep the hash keys of the block in use. Those of the bootstrap are
   * never kept: they are only as good as the credential, which may leak one day.
   */
  private boolean recyclesHashKeys() {
    return suite == Suite.WEGMAN_CARTER_RECYCLED && image.current() >= 1;
  }

  int leastBytes(int keys) {
    return RoleSplit.leastBytes(keys) - (recyclesHashKeys() ? RoleSplit.HASH_KEYS_BYTES : 0);
  }

  KeyBlock of(SecretBits key, int keys) {
    return recyclesHashKeys()
        ? KeyBlock.recycling(image.keys(image.current()), key, keys)
        : KeyBlock.of(key, keys);
  }

  /** Returns a copy of a block, with the hash keys that it has to have. */
  KeyBlock copy(KeyBlock block) {
    KeyBlock copy = block.copy();
    if (recyclesHashKeys()) {
      copy.takeHashKeysOf(image.keys(image.current()));
    }
    return copy;
  }

  /** Returns the bits that a block brings. */
  long freshBits(KeyBlock block) {
    return block.bits() - (recyclesHashKeys() ? Byte.SIZE * RoleSplit.HASH_KEYS_BYTES : 0);
  }

  /** Whether a block pays for its refill. */
  boolean isLongEnough(KeyBlock block) {
    return block.keys() > Ledger.REFILL_COST;
  }

  /** Whether a block brings more than was consumed since the block in use came into use. */
  boolean isKeyGrowing(KeyBlock block) {
    return freshBits(block) > image.journal().balance(image.current()).consumed();
  }
}
