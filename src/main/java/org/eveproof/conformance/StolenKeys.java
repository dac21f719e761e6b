package org.eveproof.conformance;

import java.util.Optional;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.OneTimeKeys;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Party;

/** One-time keys as Eve has them: a block that she got hold of, used in the place of a party. */
final class StolenKeys implements OneTimeKeys {
  private final Party inPlaceOf;
  private final int epoch;
  private final int number;
  private final KeyBlock block;
  private int next;

  /**
   * Prepares them.
   *
   * @param inPlaceOf whose direction Eve sends in
   * @param first the first key of that direction that is still accepted, with its block and epoch
   * @param block copied
   */
  StolenKeys(Party inPlaceOf, KeyIndex first, KeyBlock block) {
    this.inPlaceOf = inPlaceOf;
    this.epoch = first.epoch();
    this.number = first.block();
    this.next = first.index();
    this.block = block.copy();
  }

  @Override
  public Optional<OneTimeKey> take() {
    while (next < block.keys() && !block.holds(inPlaceOf, next)) {
      next++;
    }
    return next == block.keys()
        ? Optional.empty()
        : Optional.of(block.key(inPlaceOf, new KeyIndex(epoch, number, next++)));
  }

  @Override
  public Optional<OneTimeKey> lookup(KeyIndex index) {
    boolean there =
        index.epoch() == epoch
            && index.block() == number
            && block.holds(inPlaceOf.peer(), index.index());
    return there ? Optional.of(block.key(inPlaceOf.peer(), index)) : Optional.empty();
  }

  @Override
  public void accepted(KeyIndex index) {
    // Eve needs no protection against replay.
  }

  @Override
  public void refused(KeyIndex index) {
    // Nor against forgery.
  }
}
