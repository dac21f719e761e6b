package org.eveproof.bootstrap.openpgp;

import java.util.Locale;
import java.util.Optional;

/** How far the owner of a keyring trusts the owner of a key to certify others. */
public enum Ownertrust {
  /** Nothing is assigned. */
  UNKNOWN(0),
  /** The owner of the keyring cannot say. */
  UNDEFINED(2),
  /** Not at all. */
  NEVER(3),
  /** Somewhat: several such have to agree. */
  MARGINAL(4),
  /** As much as oneself. */
  FULL(5),
  /** It is one's own key. */
  ULTIMATE(6);

  private final int value;

  Ownertrust(int value) {
    this.value = value;
  }

  /** Returns the level with this number in GnuPG's export. */
  static Optional<Ownertrust> ofValue(int value) {
    for (Ownertrust level : values()) {
      if (level.value == value) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** Returns the level in words. */
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
