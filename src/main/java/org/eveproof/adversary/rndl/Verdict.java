package org.eveproof.adversary.rndl;

import java.util.Locale;

/** What becomes of a payload key, over all that Eve can do. */
public enum Verdict {
  /** She gets it in no way. */
  SAFE,
  /** She gets it in some way, and each is exposed by the comparison of fingerprints. */
  DETECTED,
  /** She gets it in some way, and no comparison exposes her. */
  BROKEN;

  /** Returns how it is written in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
