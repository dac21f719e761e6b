package org.eveproof.authentication;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import javax.security.auth.Destroyable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jcajce.spec.MLDSAParameterSpec;
import org.bouncycastle.jcajce.spec.SLHDSAParameterSpec;

/**
 * A private key to sign with, and the public key that belongs to it.
 *
 * <p>{@link #destroy} drops the only reference that this project holds. What Java cannot promise:
 * the provider's key types have no way to overwrite their numbers.
 */
public final class SigningKey implements AutoCloseable, Destroyable {
  private static final int NEW_RSA_BITS = 3072;

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

  /**
   * Makes a new key pair: RSA with 3072 bits, SLH-DSA-SHA2-128f.
   *
   * @param random where the secret comes from
   */
  public static SigningKey generate(SignatureScheme scheme, SecureRandom random) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              switch (scheme) {
                case ECDSA_P256 -> "EC";
                case RSA_PSS -> "RSA";
                case ED25519, ML_DSA_65, SLH_DSA, COMPOSITE -> scheme.jcaName();
              },
              BouncyCastle.PROVIDER);
      switch (scheme) {
        case ED25519 -> generator.initialize(NamedParameterSpec.ED25519, random);
        case ECDSA_P256 -> generator.initialize(new ECGenParameterSpec("P-256"), random);
        case RSA_PSS -> generator.initialize(NEW_RSA_BITS, random);
        case ML_DSA_65 -> generator.initialize(MLDSAParameterSpec.ml_dsa_65, random);
        case SLH_DSA -> generator.initialize(SLHDSAParameterSpec.slh_dsa_sha2_128f, random);
        case COMPOSITE -> generator.initialize((AlgorithmParameterSpec) null, random);
      }
      KeyPair pair = generator.generateKeyPair();
      VerifyingKey verifying =
          VerifyingKey.decode(pair.getPublic().getEncoded())
              .filter(key -> key.scheme() == scheme)
              .orElseThrow(() -> new AssertionError("the provider makes sound keys"));
      return new SigningKey(pair.getPrivate(), verifying);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the provider has " + scheme, e);
    }
  }

  /**
   * Reads a private key that is not encrypted (PKCS #8, RFC 5958).
   *
   * @param pkcs8 in DER; the caller wipes it
   * @param verifying the public half
   * @return empty if the bytes are no private key, or not the one that belongs to the public half
   */
  public static Optional<SigningKey> decode(byte[] pkcs8, VerifyingKey verifying) {
    try {
      String algorithm =
          PrivateKeyInfo.getInstance(pkcs8).getPrivateKeyAlgorithm().getAlgorithm().getId();
      PrivateKey key =
          KeyFactory.getInstance(algorithm, BouncyCastle.PROVIDER)
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return Optional.of(new SigningKey(key, verifying));
    } catch (GeneralSecurityException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  /**
   * Returns the private key in PKCS #8, not encrypted, for the caller to wipe.
   *
   * @throws IllegalStateException if the key is destroyed
   */
  public byte[] encode() {
    return secret().getEncoded();
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
    PrivateKey secret = secret();
    try {
      Signature signer = Signature.getInstance(verifying.scheme().jcaName(), BouncyCastle.PROVIDER);
      signer.initSign(secret);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException unfit) {
      throw new IllegalArgumentException("the private key cannot sign: " + unfit.getMessage());
    }
  }

  private PrivateKey secret() {
    return key.orElseThrow(() -> new IllegalStateException("the signing key is destroyed"));
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
