package org.eveproof.bootstrap;

import java.time.Instant;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.protocol.Party;

/**
 * The rule by which a public key that a peer shows is trusted: certificate paths under configured
 * authorities, or the web of trust. It is asked once, when a run begins: what expires later does
 * not undo it.
 */
public interface CredentialJudge {

  /** What the rule says. */
  sealed interface Judgement {}

  /**
   * The key is the peer's.
   *
   * @param id of the credential, by which it can be revoked later
   * @param key to check the peer's proofs with
   * @param text one line for the operator: who vouches, until when
   */
  record Trusted(CredentialId id, VerifyingKey key, String text) implements Judgement {}

  /**
   * The credential proves nothing here.
   *
   * @param reason which check failed; never told to the peer
   * @param text one line for the operator: what, where, how to mend it
   */
  record Untrusted(Refusal reason, String text) implements Judgement {}

  /**
   * Judges what a peer shows.
   *
   * @param shown bytes that anybody may have made, at most {@link OwnCredential#MAX_BYTES}
   * @param peer whose key it is to be
   * @param role which end of the link the peer is: Alice calls, Bob answers
   * @param now the present time
   */
  Judgement judge(byte[] shown, DeviceName peer, Party role, Instant now);
}
