package org.eveproof.authentication;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A public key to check signatures of one scheme with.
 *
 * @param scheme what its signatures are
 * @param key the provider's own form of the key
 */
public record VerifyingKey(SignatureScheme scheme, PublicKey key) {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;
  private static final int P256_BITS = 256;

  /**
   * Reads a key from a SubjectPublicKeyInfo in DER (RFC 5280, section 4.1.2.7).
   *
   * @return empty if the bytes are no key, or one of no {@link SignatureScheme}
   */
  public static Optional<VerifyingKey> decode(byte[] subjectPublicKeyInfo) {
    try {
      SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo);
      String algorithm = info.getAlgorithm().getAlgorithm().getId();
      PublicKey key =
          KeyFactory.getInstance(algorithm, PROVIDER)
              .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
      return SignatureScheme.of(key)
          .filter(scheme -> isSound(key))
          .map(scheme -> new VerifyingKey(scheme, key));
    } catch (GeneralSecurityException | java.io.IOException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static boolean isSound(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
    }
    if (key instanceof ECPublicKey ec) {
      return ec.getParams().getCurve().getField().getFieldSize() == P256_BITS;
    }
    return true;
  }

  /** Returns the key as a SubjectPublicKeyInfo in DER. */
  public byte[] encode() {
    return key.getEncoded();
  }

  /** Whether this is a signature of the message under this key; false for whatever is malformed. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(scheme.jcaName(), PROVIDER);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException malformed) {
      return false;
    }
  }
}
