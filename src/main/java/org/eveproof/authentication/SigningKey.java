package org.eveproof.authentication;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Optional;
import javax.security.auth.Destroyable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A private key to sign with, and the public key that belongs to it.
 *
 * <p>{@link #destroy} drops the only reference that this project holds. What Java cannot promise:
 * the provider's key types have no way to overwrite their numbers.
 */
public final class SigningKey implements AutoCloseable, Destroyable {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final VerifyingKey verifying;
  private Optional<PrivateKey> key;

  /**
   * Joins the two halves of a key pair.
   *
   * @param key whose public half is {@code verifying}
   * @throws IllegalArgumentException if a signature of the one does not hold under the other
   */
  public SigningKey(PrivateKey key, VerifyingKey verifying) {
    this.verifying = verifying;
    this.key = Optional.of(key);
    byte[] probe = {1};
    if (!verifying.verifies(probe, sign(probe))) {
      throw new IllegalArgumentException("the private key does not belong to the public key");
    }
  }

  /** Returns the key that checks what this one signs. */
  public VerifyingKey verifying() {
    return verifying;
  }

  /**
   * Signs a message.
   *
   * @throws IllegalStateException if the key is destroyed
   * @throws IllegalArgumentException if the private key is not of the scheme
   */
  public byte[] sign(byte[] message) {
    PrivateKey secret =
        key.orElseThrow(() -> new IllegalStateException("the signing key is destroyed"));
    try {
      Signature signer = Signature.getInstance(verifying.scheme().jcaName(), PROVIDER);
      signer.initSign(secret);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException unfit) {
      throw new IllegalArgumentException("the private key cannot sign: " + unfit.getMessage());
    }
  }

  @Override
  public void destroy() {
    key = Optional.empty();
  }

  @Override
  public boolean isDestroyed() {
    return key.isEmpty();
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public String toString() {
    return "SigningKey[" + verifying.scheme() + (isDestroyed() ? ", destroyed]" : "]");
  }
}
