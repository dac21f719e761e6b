package org.eveproof.bootstrap;

import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/** What one end proves itself with to one peer, and checks that peer's proofs with. */
public sealed interface PeerKey permits PresharedKey {

  /** Returns what is registered about it. */
  Credential credential();

  /**
   * Returns the proof of one message.
   *
   * @throws IllegalStateException if the key is destroyed
   */
  Bits prove(ProofKind kind, Transcript transcript);

  /** Whether this is the proof of that message; the time taken does not tell where not. */
  boolean verifies(ProofKind kind, Transcript transcript, Bits proof);

  /**
   * Returns the seed of the first authentication keys: the same at both ends exactly when they
   * share this key and see the same transcript. The caller destroys it.
   *
   * @throws IllegalStateException if the key is destroyed
   */
  SecretBits seed(Transcript transcript);

  /** Destroys the secret: the first session is over and nothing may rest on it again. */
  void destroy();
}
