package org.eveproof.handover;

import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.Suite;

/**
 * What both parties agree on beforehand.
 *
 * @param authenticator how messages are authenticated
 * @param spare number of keys at the end of each direction of each block that only a resync may
 *     use, at least 1
 * @param maxAttempts failed verifications after which a key is burnt, at least 1
 * @param lowWater with fewer ordinary keys than this the reserve is low, at least 0; an alarm, the
 *     ends need not agree
 */
public record LedgerRules(
    MessageAuthenticator authenticator, int spare, int maxAttempts, int lowWater) {
  /** Checks the ranges. */
  public LedgerRules {
    if (spare < 1 || maxAttempts < 1 || lowWater < 0) {
      throw new IllegalArgumentException(
          "spare=" + spare + ", maxAttempts=" + maxAttempts + ", lowWater=" + lowWater);
    }
  }

  /** Rules without an alarm. */
  public LedgerRules(MessageAuthenticator authenticator, int spare, int maxAttempts) {
    this(authenticator, spare, maxAttempts, 0);
  }

  /** Rules for a suite that needs no keys but the one-time keys. */
  public LedgerRules(Suite suite, int spare, int maxAttempts) {
    this(suite.authenticator(), spare, maxAttempts);
  }

  Suite suite() {
    return authenticator.suite();
  }
}
