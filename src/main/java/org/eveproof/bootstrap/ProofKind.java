package org.eveproof.bootstrap;

/**
 * The messages that carry a proof. The kind is part of what is proved, so none passes for another.
 */
public enum ProofKind {
  /** The callee's first answer. */
  CHALLENGE(2),
  /** The caller's answer to it. */
  PROOF(3),
  /** The callee's word that it has accepted the caller. */
  ACCEPT(4);

  private final int code;

  ProofKind(int code) {
    this.code = code;
  }

  /** Returns the type byte of the message. */
  int code() {
    return code;
  }
}
