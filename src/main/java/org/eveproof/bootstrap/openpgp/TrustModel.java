package org.eveproof.bootstrap.openpgp;

/** Which certifications make introducers, as GnuPG's option of that name. */
public enum TrustModel {
  /** Ownertrust, and trust signatures (RFC 4880, section 5.2.3.13). */
  PGP,
  /** Ownertrust alone. */
  CLASSIC
}
