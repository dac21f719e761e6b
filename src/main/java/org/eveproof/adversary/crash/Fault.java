package org.eveproof.adversary.crash;

import java.util.Locale;

/** What happens to a site between its kill and the next thing that is asked of it. */
enum Fault {
  /** It is started again as it is. */
  NONE("Crash, Rejoin"),
  /** {@code ledger.db} has lost its end: it must be refused. */
  TRUNCATED("no step: refused, then Crash, Rejoin"),
  /** A bit of {@code ledger.db} is flipped: it must be refused, unless nothing is read of it. */
  BIT_FLIPPED("no step: refused, then Crash, Rejoin"),
  /** An entry of the journal is gone: it must be refused. */
  JOURNAL_CUT("no step: refused, then Crash, Rejoin"),
  /** An entry of the journal says something else: it must be refused. */
  JOURNAL_CHANGED("no step: refused, then Crash, Rejoin"),
  /** {@code ledger.guard} is gone: it must be refused. */
  GUARD_GONE("no step: refused, then Crash, Rejoin"),
  /** No file may grow: the site must stop with one line, and lose nothing. */
  DISK_FULL("Crash, Rejoin"),
  /** The clock is set back before the credential: the link goes on, a bootstrap is refused. */
  CLOCK_BACK("Crash, Rejoin"),
  /** A second process is started on the same ledger: it must be refused. */
  SECOND_PROCESS("no step: refused"),
  /** {@code ledger.db} alone is replaced by an earlier copy: its guard must find out. */
  OLD_LEDGER("Rollback, ReBootstrap"),
  /** The whole directory is replaced by an earlier copy: the other end must find out. */
  OLD_DIRECTORY("Restore, ReBootstrap");

  private final String steps;

  Fault(String steps) {
    this.steps = steps;
  }

  /** Returns which actions of {@code PskHandover.tla} the recovery from it consists of. */
  String steps() {
    return steps;
  }

  /** Returns how it is printed. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
