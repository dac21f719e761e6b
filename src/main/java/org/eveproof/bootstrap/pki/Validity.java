package org.eveproof.bootstrap.pki;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/**
 * From when to when something counts, both included, in whole seconds.
 *
 * @param from the first second
 * @param to the last one
 */
public record Validity(Instant from, Instant to) {

  /** Drops fractions of seconds, which certificates cannot say. */
  public Validity {
    from = from.truncatedTo(ChronoUnit.SECONDS);
    to = to.truncatedTo(ChronoUnit.SECONDS);
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("a validity that ends before it begins");
    }
  }

  /** Returns the first second as certificates have it. */
  public Date notBefore() {
    return Date.from(from);
  }

  /** Returns the last second as certificates have it. */
  public Date notAfter() {
    return Date.from(to);
  }
}
