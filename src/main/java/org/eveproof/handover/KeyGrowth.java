package org.eveproof.handover;

/**
 * Whether the link makes more secret bits than it takes: bits that a round's block brought, minus
 * the bits that were consumed while the block before it was in use.
 *
 * @param round of the last block that came into use
 * @param total of all rounds since the enrolment, less what the block in use has paid so far
 */
public record KeyGrowth(long round, long total) {
  /** No round yet. */
  static final KeyGrowth NONE = new KeyGrowth(0, 0);

  KeyGrowth after(long made, long consumed) {
    return new KeyGrowth(made - consumed, total + made - consumed);
  }

  /** Returns this with what the block in use has paid so far. */
  KeyGrowth less(long consumed) {
    return new KeyGrowth(round, total - consumed);
  }
}
