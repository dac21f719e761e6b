package org.eveproof.bootstrap;

import java.util.Optional;
import org.eveproof.bootstrap.exchange.ExchangeSecrets;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/** What one end proves itself with to one peer, and checks that peer's proofs with. */
public sealed interface PeerKey permits PresharedKey, SignatureKeys {
  /** Greatest length of a proof, in bytes: an SLH-DSA-256f signature has 49,856. */
  int MAX_PROOF_BYTES = 50_000;

  /** Returns what the peer's credential is called, in revocations. */
  CredentialId id();

  /**
   * Returns the proof of one message.
   *
   * @throws IllegalStateException if the key is destroyed
   */
  Bits prove(ProofKind kind, Transcript transcript);

  /** Whether this is the peer's proof of that message; the time taken does not tell where not. */
  boolean verifies(ProofKind kind, Transcript transcript, Bits proof);

  /**
   * Returns the secret that the first authentication keys are made from; both ends get the same one
   * if they see the same transcript.
   *
   * @param exchange what the key exchange gave, if there was one; stays the caller's
   * @throws IllegalStateException if a secret is destroyed
   */
  SecretBits seed(Transcript transcript, Optional<ExchangeSecrets> exchange);

  /** Destroys what is secret in it. */
  void destroy();
}
