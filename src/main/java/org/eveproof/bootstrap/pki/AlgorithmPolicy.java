package org.eveproof.bootstrap.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.Refusal;

/**
 * Which algorithms certificates, CRLs and OCSP responses may use.
 *
 * <p>Keys: those that {@link VerifyingKey#decode} takes. Signatures: the one of the key; with RSA
 * and ECDSA any SHA-2 of 256 bits or more. RSA signatures may be PSS or PKCS #1 v1.5 (RFC 4055):
 * only the second is what plain OpenSSL makes, and it is unbroken with these hashes. That holds for
 * certificates; what a device itself signs is always PSS.
 */
public enum AlgorithmPolicy {
  /** Any of these will do. */
  ANY,
  /** Every key on the way is a composite: who breaks one of its two parts gains nothing. */
  COMPOSITE_ONLY;

  private static final Set<ASN1ObjectIdentifier> HASHES =
      Set.of(
          NISTObjectIdentifiers.id_sha256,
          NISTObjectIdentifiers.id_sha384,
          NISTObjectIdentifiers.id_sha512);
  private static final Set<ASN1ObjectIdentifier> ECDSA =
      Set.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256,
          X9ObjectIdentifiers.ecdsa_with_SHA384,
          X9ObjectIdentifiers.ecdsa_with_SHA512);
  private static final Set<ASN1ObjectIdentifier> RSA_PKCS1 =
      Set.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption,
          PKCSObjectIdentifiers.sha384WithRSAEncryption,
          PKCSObjectIdentifiers.sha512WithRSAEncryption);

  /**
   * Returns the key of a certificate.
   *
   * @throws CredentialRefused if it is of no scheme that is used here, or too weak
   */
  VerifyingKey key(X509CertificateHolder certificate) throws CredentialRefused {
    SubjectPublicKeyInfo info = certificate.getSubjectPublicKeyInfo();
    AlgorithmIdentifier algorithm = info.getAlgorithm();
    Optional<VerifyingKey> key = VerifyingKey.decode(encoded(info));
    String what = "the key of " + OneLine.subject(certificate) + " (" + name(algorithm) + ")";
    if (key.isEmpty()) {
      throw new CredentialRefused(
          Refusal.UNTRUSTED_CREDENTIAL,
          what
              + " is weak or of no known kind; use Ed25519, ECDSA on P-256, RSA of 2048 to 8192"
              + " bits, ML-DSA-65, SLH-DSA or their composite");
    }
    if (this == COMPOSITE_ONLY && key.get().scheme() != SignatureScheme.COMPOSITE) {
      throw new CredentialRefused(
          Refusal.UNTRUSTED_CREDENTIAL,
          what + " is no composite, and composites alone are accepted here");
    }
    return key.get();
  }

  /**
   * Requires that a signature is of a kind that counts.
   *
   * @param what was signed, for the message
   * @param signature its algorithm
   * @param signer whose key checks it
   */
  void require(String what, AlgorithmIdentifier signature, X509CertificateHolder signer)
      throws CredentialRefused {
    ASN1ObjectIdentifier keyKind = signer.getSubjectPublicKeyInfo().getAlgorithm().getAlgorithm();
    ASN1ObjectIdentifier kind = signature.getAlgorithm();
    SignatureScheme scheme = key(signer).scheme();
    boolean sound =
        switch (scheme) {
          case ECDSA_P256 -> ECDSA.contains(kind);
          case RSA_PSS ->
              isSoundPss(signature)
                  || (RSA_PKCS1.contains(kind)
                      && keyKind.equals(PKCSObjectIdentifiers.rsaEncryption));
          case ED25519, ML_DSA_65, SLH_DSA, COMPOSITE -> kind.equals(keyKind);
        };
    if (!sound) {
      throw new CredentialRefused(
          Refusal.UNTRUSTED_CREDENTIAL,
          what
              + " is signed with "
              + name(signature)
              + ", which does not count; sign it again with SHA-256 or better");
    }
  }

  /** Returns what an algorithm is called. */
  static String name(AlgorithmIdentifier algorithm) {
    return OneLine.of(new DefaultAlgorithmNameFinder().getAlgorithmName(algorithm));
  }

  private static boolean isSoundPss(AlgorithmIdentifier signature) {
    ASN1Encodable parameters = signature.getParameters();
    if (!signature.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
        || parameters == null) {
      return false;
    }
    // The library verifies no signature whose mask is made with another hash, or not by MGF1.
    return HASHES.contains(
        RSASSAPSSparams.getInstance(parameters).getHashAlgorithm().getAlgorithm());
  }

  private static byte[] encoded(SubjectPublicKeyInfo info) {
    try {
      return info.getEncoded();
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
  }
}
