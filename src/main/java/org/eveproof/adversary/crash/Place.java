package org.eveproof.adversary.crash;

import java.util.Locale;

/** Where a site can be killed. */
enum Place {
  /** The ledger is open, and nothing has been said. */
  STARTED(false),
  /** A change of the ledger is about to be written. */
  LEDGER_BEFORE(false),
  /** Shortly after the ledger's write has begun: between its writes and fsyncs, or just after. */
  LEDGER_DURING(true),
  /** The ledger is written, its guard is not. */
  LEDGER_WRITTEN(false),
  /** Shortly after the guard's write has begun. */
  GUARD_DURING(true),
  /** The guard is written too, and nothing that rests on it has been done. */
  GUARD_WRITTEN(false),
  /** A block's application part is about to be handed over. */
  KEYS_BEFORE(false),
  /** Shortly after the write to the key pool has begun. */
  KEYS_DURING(true),
  /** The key pool has the part, and the ledger does not know. */
  KEYS_WRITTEN(false),
  /** A message is about to be sent. */
  SEND_BEFORE(false),
  /** A message has left. */
  SEND_AFTER(false),
  /** A message has arrived and was not looked at. */
  RECEIVED(false),
  /** Everything that a message leads to has been done. */
  HANDLED(false),
  /** Any moment. */
  ANY_TIME(true);

  private final boolean passing;

  Place(boolean passing) {
    this.passing = passing;
  }

  /** Returns whether the site goes on from there until it is killed a moment later. */
  boolean isPassing() {
    return passing;
  }

  /** Returns how it is printed. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
