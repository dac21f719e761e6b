package org.eveproof.adversary.rndl;

import java.util.Arrays;
import java.util.Optional;

/** When a leak becomes Eve's, in order. */
public enum Moment {
  /** Before the first bootstrap. */
  BEFORE("before"),
  /** When its first messages are on the way. */
  DURING("during"),
  /** When it is over, before the first session. */
  AFTER("after"),
  /** After the handover to MAC keys that the first session made, before the second. */
  HANDOVER("handover"),
  /** When all sessions are over. */
  LATER("later");

  private final String specName;

  Moment(String specName) {
    this.specName = specName;
  }

  /** Returns its name in the specification. */
  public String specName() {
    return specName;
  }

  /** Returns the moment with that name in the specification; {@code never} is none. */
  public static Optional<Moment> ofSpecName(String name) {
    return Arrays.stream(values()).filter(moment -> moment.specName.equals(name)).findFirst();
  }

  /** Whether what leaks at this moment can be used at the other. */
  boolean isInTimeFor(Moment other) {
    return compareTo(other) <= 0;
  }
}
