package org.eveproof.session;

import java.util.Optional;

/** Why a session ended without a key. */
public enum AbortReason {
  /** The sample shows more errors than the parties tolerate. */
  TOO_NOISY(1, "noisy"),
  /** What is left after subtracting all that Eve may know is not one bit. */
  TOO_SHORT(2, "short"),
  /** The keys still differ after reconciliation, or reconciliation does not come to an end. */
  UNVERIFIED(3, "unverified"),
  /** The parties disagree on a public figure: how much was disclosed, or how long the key is. */
  DISAGREEMENT(4, "disagreement"),
  /** The operator, or a clock, gave up. */
  GIVEN_UP(5, "given up"),
  /** The round misses a limit that the fixed length of its key rests on. */
  OUTSIDE_LIMITS(6, "outside the limits of its length");

  private final int code;
  private final String label;

  AbortReason(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** Returns the reason in words, lower case. */
  public String label() {
    return label;
  }

  int code() {
    return code;
  }

  static Optional<AbortReason> ofCode(int code) {
    for (AbortReason reason : values()) {
      if (reason.code == code) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
