package org.eveproof.adversary.crash;

import java.util.Locale;

/** What a link makes of a kill or a fault. */
public enum Answer {
  /** It goes on. */
  WENT_ON,
  /** The site refuses to start, with one line. */
  REFUSED,
  /** Nothing that counts was damaged: the state reads as before. */
  HARMLESS,
  /** The site stops with one line, and goes on when that is mended. */
  STOPPED,
  /** An old copy is found out, no key of it is used, and a new bootstrap mends it. */
  FOUND_OUT;

  /** Returns how it is printed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
