package org.eveproof.bootstrap.openpgp;

import java.util.Locale;

/** Whether a key belongs to whom its user id names, as GnuPG puts it. */
public enum Validity {
  /** Nobody of whom anything is known vouches. */
  UNKNOWN('-'),
  /** Valid keys vouch, but none of them is an introducer. */
  UNDEFINED('q'),
  /** Some introducers vouch, too few. */
  MARGINAL('m'),
  /** Enough introducers vouch. */
  FULL('f'),
  /** It is one's own key. */
  ULTIMATE('u'),
  /** The owner of the key has made no certification of it that counts. */
  INVALID('i'),
  /** The key, or the user id, has expired. */
  EXPIRED('e'),
  /** The key, or the user id, was revoked. */
  REVOKED('r');

  private final char letter;

  Validity(char letter) {
    this.letter = letter;
  }

  /** Returns the letter in the second column of {@code gpg --with-colons}. */
  public char letter() {
    return letter;
  }

  /** Whether it is enough to rely on. */
  public boolean isValid() {
    return this == FULL || this == ULTIMATE;
  }

  /** Returns the value in words. */
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
