package org.eveproof.handover;

/** What one party knows of one key block. */
public enum BlockState {
  /**
   * It came out of an exchange and is in the store; the peer was not asked yet, or not answered.
   */
  STAGED(1, "staged"),
  /** Both parties are known to hold the same block. */
  PREPARED(2, "prepared"),
  /** It authenticates messages. */
  COMMITTED(3, "committed"),
  /** It is wiped: it differed from the peer's, or a later block took its place. */
  DEAD(4, "dead");

  private final int code;
  private final String specName;

  BlockState(int code, String specName) {
    this.code = code;
    this.specName = specName;
  }

  /** Returns the state as the specification spells it. */
  public String specName() {
    return specName;
  }

  /** Returns the number that stands for the state in a ledger's image. */
  int code() {
    return code;
  }

  static BlockState ofCode(int code) {
    for (BlockState state : values()) {
      if (state.code == code) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state of a block has the number " + code);
  }
}
