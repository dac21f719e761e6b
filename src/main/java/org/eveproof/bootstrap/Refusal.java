package org.eveproof.bootstrap;

import java.util.Locale;

/** Why something was refused. For the operator's log; a peer is told nothing. */
public enum Refusal {
  /** The bytes are no message. */
  MALFORMED,
  /** The message does not belong to this state of the run. */
  NOT_NOW,
  /** The message is for another device. */
  NOT_FOR_US,
  /** This end of the link does not call, or does not answer. */
  WRONG_ROLE,
  /** The peer that is authenticated is not the one that the link is with. */
  WRONG_PEER,
  /** No such credential is registered for that peer. */
  UNKNOWN_CREDENTIAL,
  /** The anchor's rule of trust does not cover the credential. */
  UNTRUSTED_CREDENTIAL,
  /** The credential was issued to somebody else. */
  WRONG_NAME,
  /** The credential was issued for something else. */
  WRONG_PURPOSE,
  /** The credential is not yet valid. */
  NOT_YET_VALID,
  /** The credential is no longer valid. */
  EXPIRED,
  /** The credential is revoked. */
  REVOKED,
  /** The credential served its one session. */
  SPENT,
  /** No method suits both ends. */
  NO_COMMON_METHOD,
  /** The peer's share of the key exchange is none. */
  WRONG_SHARE,
  /** The proof is not right for this run. */
  WRONG_PROOF;

  /** Returns the reason in words. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
