package org.eveproof.handover;

import org.eveproof.protocol.Party;

/**
 * What the positions of two ledgers say when the parties meet again after either of them was
 * stopped, has crashed, or was restored from a copy.
 *
 * <p>Positions are not authentic. A lie keeps the parties apart or lets them try in vain; nothing
 * durable is changed by any result. What tells an old copy apart from the store itself is the
 * {@link RollbackGuard}; this is the second line, for a copy that was restored with its guard. It
 * sees what the peer has heard: keys that were used for messages that never arrived are not seen.
 */
public enum Rejoining {
  /** The ledgers fit together; the link goes on. */
  IN_STEP,
  /** The peer has heard what this ledger does not know to have said: this store is an old copy. */
  THIS_IS_OLD,
  /** The peer does not know what it has said: its store is an old copy. */
  PEER_IS_OLD,
  /** The peer lives on another credential. */
  OTHER_EPOCH,
  /** The peer has no keys. */
  PEER_HAS_NO_KEYS,
  /** This ledger has no keys. */
  NO_KEYS,
  /** No history of honest parties gives these positions. */
  OUT_OF_STEP;

  /** Compares the position of a party's ledger with what the peer's claims to be. */
  static Rejoining of(Party self, LedgerPosition ours, LedgerPosition theirs) {
    if (ours.current() < 0) {
      return NO_KEYS;
    }
    if (theirs.current() < 0) {
      return PEER_HAS_NO_KEYS;
    }
    if (theirs.epoch() != ours.epoch()) {
      return OTHER_EPOCH;
    }
    if (theirs.heard().compareTo(ours.next()) > 0) {
      return THIS_IS_OLD;
    }
    if (theirs.next().compareTo(ours.heard()) < 0) {
      return PEER_IS_OLD;
    }
    boolean fit =
        isConsistent(theirs)
            && (self == Party.ALICE ? blocksFit(ours, theirs) : blocksFit(theirs, ours));
    return fit ? IN_STEP : OUT_OF_STEP;
  }

  private static boolean isConsistent(LedgerPosition position) {
    return position.newestState().isPresent()
        && position.newest() >= position.current()
        && (position.newest() == position.current()) == is(position, BlockState.COMMITTED)
        && position.next().epoch() == position.epoch()
        && position.next().block() == position.current()
        && position.heard().epoch() == position.epoch();
  }

  /** Whether two-phase commit, with Alice as coordinator, can have led to these blocks. */
  private static boolean blocksFit(LedgerPosition alice, LedgerPosition bob) {
    boolean bobIsPrepared = is(bob, BlockState.PREPARED);
    if (alice.current() > bob.current()) {
      // The blocks in between, if any, are dead.
      return bobIsPrepared && bob.newest() == alice.current();
    }
    boolean aliceWaits = is(alice, BlockState.STAGED) || is(alice, BlockState.PREPARED);
    return alice.current() == bob.current()
        && (!bobIsPrepared || (aliceWaits && alice.newest() == bob.newest()))
        && (!is(alice, BlockState.PREPARED) || bobIsPrepared);
  }

  private static boolean is(LedgerPosition position, BlockState state) {
    return position.newestState().filter(known -> known == state).isPresent();
  }
}
