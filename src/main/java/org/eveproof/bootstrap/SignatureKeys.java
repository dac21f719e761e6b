package org.eveproof.bootstrap;

import java.util.Optional;
import org.eveproof.authentication.SigningKey;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.exchange.ExchangeSecrets;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * This device's signing key, and the public key of a peer that an anchor vouches for. The first
 * authentication keys come from the key exchange alone: the signing key does nothing but sign.
 *
 * @param id of the peer's credential
 * @param own this device's signing key
 * @param peer the peer's public key
 */
public record SignatureKeys(CredentialId id, SigningKey own, VerifyingKey peer) implements PeerKey {

  @Override
  public Bits prove(ProofKind kind, Transcript transcript) {
    byte[] signature = own.sign(transcript.covered(kind));
    return Bits.fromBytes(signature, Byte.SIZE * signature.length);
  }

  @Override
  public boolean verifies(ProofKind kind, Transcript transcript, Bits proof) {
    return peer.verifies(transcript.covered(kind), proof.toBytes());
  }

  @Override
  public SecretBits seed(Transcript transcript, Optional<ExchangeSecrets> exchange) {
    return exchange
        .orElseThrow(() -> new IllegalStateException("certificates need a key exchange"))
        .combine(transcript.covered(ProofKind.ACCEPT));
  }

  @Override
  public void destroy() {
    own.destroy();
  }
}
