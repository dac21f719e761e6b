package org.eveproof.adversary.crash;

import java.util.Locale;

/** What must hold after every kill and every fault. */
public enum Property {
  /** No one-time key authenticates two different messages. */
  NO_KEY_USED_TWICE,
  /** A key is gone from the store before a message under it leaves. */
  GONE_BEFORE_USED,
  /** A ledger can be read after any kill, and its journal gives its balance. */
  JOURNAL_ADDS_UP,
  /** A committed block's keys reach the pools of both ends, the same at both. */
  NO_COMMITTED_KEY_LOST,
  /** The ends agree, or say exactly what is out of step and how to mend it. */
  ENDS_AGREE,
  /** Damaged, old or foreign state is refused with one line. */
  BAD_STATE_REFUSED,
  /** The link goes on. */
  GOES_ON;

  /** Returns how it is printed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
