package org.eveproof.handover;

import java.util.Arrays;
import java.util.Optional;

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

  /** Returns the number that stands for the state in a ledger's image and in messages, 1 to 4. */
  public int code() {
    return code;
  }

  /** Returns the state with this number, if there is one. */
  public static Optional<BlockState> find(int code) {
    return Arrays.stream(values()).filter(state -> state.code == code).findFirst();
  }

  static BlockState ofCode(int code) {
    return find(code)
        .orElseThrow(
            () -> new IllegalArgumentException("no state of a block has the number " + code));
  }
}
