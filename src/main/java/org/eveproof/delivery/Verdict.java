package org.eveproof.delivery;

import java.util.Optional;

/** What the holder says to one entry of an announcement. */
public enum Verdict {
  /** The keys wait for their slaves. */
  ACCEPTED(0),
  /** Too many keys wait for a slave already, or in all. */
  BACKLOG_FULL(1),
  /** The holder's site does not let this master share keys with one of these slaves. */
  NOT_ENTITLED(2),
  /** The holder knows one of these key identifiers already. */
  REPEATED_ID(3),
  /** The holder does not hold the stream where these keys lie. */
  BLOCK_MISSING(4);

  private final int code;

  Verdict(int code) {
    this.code = code;
  }

  /** Returns the byte that stands for this in an answer. */
  int code() {
    return code;
  }

  static Optional<Verdict> ofCode(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
