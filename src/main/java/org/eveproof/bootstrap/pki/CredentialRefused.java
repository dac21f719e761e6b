package org.eveproof.bootstrap.pki;

import org.eveproof.bootstrap.Refusal;

/** A certificate path that does not hold. The message is one line for the operator. */
final class CredentialRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Refusal reason;

  CredentialRefused(Refusal reason, String text) {
    super(text);
    this.reason = reason;
  }

  Refusal reason() {
    return reason;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
