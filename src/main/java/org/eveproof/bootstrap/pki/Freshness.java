package org.eveproof.bootstrap.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether word on revocation is of now. */
final class Freshness {
  private Freshness() {}

  /**
   * Returns what is wrong with the time of a CRL or an OCSP response.
   *
   * @param thisUpdate when it was known
   * @param nextUpdate when there is newer word, if that is said
   * @param withoutNext how old it may be where that is not said; empty if it must be said
   */
  static Optional<String> flaw(
      Date thisUpdate, @Nullable Date nextUpdate, Optional<Duration> withoutNext, Instant now) {
    if (now.isBefore(thisUpdate.toInstant())) {
      return Optional.of("is of the future, " + thisUpdate.toInstant());
    }
    Optional<Instant> end =
        nextUpdate == null
            ? withoutNext.map(thisUpdate.toInstant()::plus)
            : Optional.of(nextUpdate.toInstant());
    if (end.isEmpty()) {
      return Optional.of("does not say until when it holds");
    }
    return now.isAfter(end.get()) ? Optional.of("is stale since " + end.get()) : Optional.empty();
  }
}
