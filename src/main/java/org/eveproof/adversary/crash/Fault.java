package org.eveproof.adversary.crash;

import java.util.List;
import java.util.Locale;

/**
 * What happens to a site between its kill and the next thing that is asked of it. What is done to a
 * state that must then be refused is undone again, so that nothing of it is left for the
 * specification to know: there it is a crash, and no more.
 */
enum Fault {
  /** It is started again as it is. */
  NONE("Crash, Rejoin"),
  /** {@code ledger.db} has lost its end: it must be refused. */
  TRUNCATED("Crash, Rejoin"),
  /** A bit of {@code ledger.db} is flipped: it must be refused, unless nothing is read of it. */
  BIT_FLIPPED("Crash, Rejoin"),
  /** An entry of the journal is gone: it must be refused. */
  JOURNAL_CUT("Crash, Rejoin"),
  /** An entry of the journal says something else: it must be refused. */
  JOURNAL_CHANGED("Crash, Rejoin"),
  /** SQLite's rollback journal, if the kill left one, has lost its end: no key may come back. */
  UNDO_TRUNCATED("Crash, Rejoin"),
  /** A bit of SQLite's rollback journal, if the kill left one, is flipped: likewise. */
  UNDO_FLIPPED("Crash, Rejoin"),
  /** {@code ledger.guard} is gone: it must be refused. */
  GUARD_GONE("Crash, Rejoin"),
  /** No file may grow: the site must stop with one line, and lose nothing. */
  DISK_FULL("Crash, Crash, Rejoin"),
  /** From some moment on no file may grow, so that the ledger's write fails: likewise. */
  DISK_FILLS("Crash, Crash, Rejoin"),
  /** The clock is set back before the credential: the link goes on. */
  CLOCK_BACK("Crash, Rejoin"),
  /** The clock is set back before a new credential: Alice must refuse it, until it is put right. */
  CLOCK_BACK_BOOTSTRAP("Crash, Crash, ReBootstrap"),
  /** A second process is started on the same ledger: it must be refused. */
  SECOND_PROCESS("Crash, Rejoin"),
  /** {@code ledger.db} alone is replaced by an earlier copy: its guard must find out. */
  OLD_LEDGER("Crash, Rollback, ReBootstrap"),
  /** The whole directory is replaced by an earlier copy: the other end must find out. */
  OLD_DIRECTORY("Backup, Crash, Restore, ReBootstrap");

  private final String actions;

  Fault(String actions) {
    this.actions = actions;
  }

  /** Returns the actions of {@code PskHandover.tla} that kill, fault and recovery are, in order. */
  List<String> actions() {
    return List.of(actions.split(", ", -1));
  }

  /** Returns how it is printed. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
