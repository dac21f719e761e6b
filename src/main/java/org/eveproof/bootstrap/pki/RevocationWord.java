package org.eveproof.bootstrap.pki;

/** What one CRL or OCSP response says about one certificate. */
sealed interface RevocationWord {

  /** Fresh and authentic: not revoked. */
  record Good() implements RevocationWord {}

  /** Fresh and authentic: revoked. */
  record Revoked(String text) implements RevocationWord {}

  /** It is about the certificate, but does not count. */
  record Unusable(String text) implements RevocationWord {}

  /** It is about something else. */
  record Elsewhere() implements RevocationWord {}
}
