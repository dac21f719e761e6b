package org.eveproof.handover;

/** How far a ledger's own one-time keys reach. */
public enum ReserveLevel {
  /** Ordinary keys enough. */
  PLENTY,
  /** Fewer ordinary keys than the rules' low-water mark: time for an alarm. */
  LOW,
  /** Ordinary messages wait: only a refill may go on. */
  RESERVE_ONLY,
  /** Nothing can be said any more; an operator has to bring a new credential. */
  EXHAUSTED;

  /** Returns the level of a ledger that no process has a key in hand of. */
  static ReserveLevel of(LedgerImage image) {
    int block = image.current();
    int ordinary = block < 0 ? 0 : image.keys(block).keys() - image.spare() - image.mark().index();
    return of(image, Math.max(0, ordinary));
  }

  /**
   * Returns the level of a ledger.
   *
   * @param ordinaryKeys keys that are left for ordinary messages
   */
  static ReserveLevel of(LedgerImage image, int ordinaryKeys) {
    int block = image.current();
    if (ordinaryKeys > 0) {
      return ordinaryKeys < image.lowWater() ? LOW : PLENTY;
    }
    boolean any = block >= 0 && image.keys(block).holdsAny(image.owner());
    return any ? RESERVE_ONLY : EXHAUSTED;
  }
}
