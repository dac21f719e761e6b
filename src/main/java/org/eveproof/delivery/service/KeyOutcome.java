package org.eveproof.delivery.service;

import java.util.List;
import org.eveproof.delivery.DeliveredKey;
import org.eveproof.delivery.Verdict;

/** How a master's request for keys ends. */
public sealed interface KeyOutcome {

  /** With keys; the receiver closes them. */
  record Given(List<DeliveredKey> keys) implements KeyOutcome {
    /** Copies the list. */
    public Given {
      keys = List.copyOf(keys);
    }
  }

  /** The other site refuses. */
  record Refused(Verdict verdict) implements KeyOutcome {}

  /** There are too few keys; nothing was taken. */
  record TooFew() implements KeyOutcome {}

  /** The other site does not answer in time; nobody gets what was taken. */
  record NoAnswer() implements KeyOutcome {}

  /** Too many requests wait, the store failed, or the site is shutting down. */
  record Unavailable() implements KeyOutcome {}
}
