package org.eveproof.authentication;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A public key to check signatures of one scheme with.
 *
 * @param scheme what its signatures are
 * @param key the provider's own form of the key
 */
public record VerifyingKey(SignatureScheme scheme, PublicKey key) {
  /** Greatest length of an encoded key, in bytes: far above the longest, RSA with 8192 bits. */
  private static final int MAX_BYTES = 1 << 13;

  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;
  private static final int PSS_SALT_BYTES = 32;

  /**
   * Reads a key from a SubjectPublicKeyInfo in DER (RFC 5280, section 4.1.2.7). A key has one
   * encoding: whatever else means the same (BER, a compressed point, trailing bytes) is refused.
   *
   * @return empty if the bytes are no key, or one of no {@link SignatureScheme}
   */
  public static Optional<VerifyingKey> decode(byte[] subjectPublicKeyInfo) {
    if (subjectPublicKeyInfo.length > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo);
      if (!MessageDigest.isEqual(info.getEncoded(ASN1Encoding.DER), subjectPublicKeyInfo)) {
        return Optional.empty();
      }
      Optional<SignatureScheme> scheme = ofAlgorithm(info.getAlgorithm());
      if (scheme.isEmpty()) {
        return Optional.empty();
      }
      PublicKey key =
          KeyFactory.getInstance(info.getAlgorithm().getAlgorithm().getId(), BouncyCastle.PROVIDER)
              .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
      return isSound(key) && MessageDigest.isEqual(key.getEncoded(), subjectPublicKeyInfo)
          ? Optional.of(new VerifyingKey(scheme.get(), key))
          : Optional.empty();
    } catch (GeneralSecurityException | IOException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  /** Returns the scheme whose keys are of this algorithm with these parameters. */
  private static Optional<SignatureScheme> ofAlgorithm(AlgorithmIdentifier algorithm) {
    ASN1ObjectIdentifier type = algorithm.getAlgorithm();
    ASN1Encodable parameters = algorithm.getParameters();
    return SignatureScheme.ofKeyType(type)
        .filter(
            scheme ->
                switch (scheme) {
                  case ECDSA_P256 -> X9ObjectIdentifiers.prime256v1.equals(parameters);
                  case RSA_PSS ->
                      type.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
                          ? parameters == null || allowsOurPss(parameters)
                          : DERNull.INSTANCE.equals(parameters);
                  case ED25519, ML_DSA_65, SLH_DSA, COMPOSITE -> parameters == null;
                });
  }

  /** Whether a key may make our kind of signature: its salt length is a minimum (RFC 4055, 3.3). */
  private static boolean allowsOurPss(ASN1Encodable parameters) {
    RSASSAPSSparams pss = RSASSAPSSparams.getInstance(parameters);
    AlgorithmIdentifier mask = pss.getMaskGenAlgorithm();
    return isSha256(pss.getHashAlgorithm())
        && mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
        && isSha256(AlgorithmIdentifier.getInstance(mask.getParameters()))
        && pss.getSaltLength().intValueExact() >= 0
        && pss.getSaltLength().intValueExact() <= PSS_SALT_BYTES
        && pss.getTrailerField().intValueExact() == 1;
  }

  private static boolean isSha256(AlgorithmIdentifier hash) {
    ASN1Encodable parameters = hash.getParameters();
    return hash.getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)
        && (parameters == null || DERNull.INSTANCE.equals(parameters));
  }

  private static boolean isSound(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      return bits >= LEAST_RSA_BITS
          && bits <= MOST_RSA_BITS
          && rsa.getPublicExponent().testBit(0)
          && rsa.getPublicExponent().bitLength() >= 2;
    }
    return true;
  }

  /** Returns the key as a SubjectPublicKeyInfo in DER: the bytes that {@link #decode} was given. */
  public byte[] encode() {
    return key.getEncoded();
  }

  /** Whether this is a signature of the message under this key; false for whatever is malformed. */
  public boolean verifies(byte[] message, byte[] signature) {
    if (signature.length > scheme.maxSignatureBytes()
        || (key instanceof RSAPublicKey rsa
            && signature.length != (rsa.getModulus().bitLength() + 7) / 8)) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(scheme.jcaName(), BouncyCastle.PROVIDER);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException malformed) {
      return false;
    }
  }
}
