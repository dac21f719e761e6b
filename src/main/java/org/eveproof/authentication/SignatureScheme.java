package org.eveproof.authentication;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The signature schemes that a device may prove itself with, and that certificates may carry.
 *
 * <p>A composite signature holds only if its classical and its post-quantum part both do, and its
 * parts are no signatures on their own.
 */
public enum SignatureScheme {
  /** EdDSA over edwards25519 (RFC 8032). */
  ED25519(1, "ed25519", "Ed25519"),
  /** ECDSA over P-256 with SHA-256 (FIPS 186-5), signature in DER. */
  ECDSA_P256(2, "ecdsa-p256", "SHA256withECDSA"),
  /** RSASSA-PSS with SHA-256, MGF1 with SHA-256, salt of 32 bytes (RFC 8017), 2048 bits or more. */
  RSA_PSS(3, "rsa-pss", "SHA256withRSAandMGF1"),
  /** ML-DSA-65 (FIPS 204), pure, empty context. */
  ML_DSA_65(4, "ml-dsa-65", "ML-DSA-65"),
  /** SLH-DSA (FIPS 205), pure, empty context, any parameter set. */
  SLH_DSA(5, "slh-dsa", "SLH-DSA"),
  /** ML-DSA-65 and Ed25519 together (draft-ietf-lamps-pq-composite-sigs). */
  COMPOSITE(6, "ml-dsa-65+ed25519", "MLDSA65-Ed25519-SHA512");

  private final int code;
  private final String label;
  private final String jcaName;

  SignatureScheme(int code, String label, String jcaName) {
    this.code = code;
    this.label = label;
    this.jcaName = jcaName;
  }

  /** Returns the number that stands for this scheme, 1 to 255. */
  public int code() {
    return code;
  }

  /** Returns the name of this scheme on the command line. */
  public String label() {
    return label;
  }

  /** Returns what the provider calls the signature algorithm. */
  String jcaName() {
    return jcaName;
  }

  /** Returns the scheme of a name on the command line. */
  public static Optional<SignatureScheme> ofLabel(String label) {
    return Arrays.stream(values()).filter(scheme -> scheme.label.equals(label)).findFirst();
  }

  /** Returns the scheme that a public key belongs to; empty if it is none of these. */
  static Optional<SignatureScheme> of(PublicKey key) {
    String algorithm = key.getAlgorithm().toUpperCase(Locale.ROOT);
    if (algorithm.equals("ED25519")) {
      return Optional.of(ED25519);
    } else if (algorithm.equals("EC") || algorithm.equals("ECDSA")) {
      return Optional.of(ECDSA_P256);
    } else if (algorithm.startsWith("RSA")) {
      return Optional.of(RSA_PSS);
    } else if (algorithm.equals("ML-DSA-65")) {
      return Optional.of(ML_DSA_65);
    } else if (algorithm.startsWith("SLH-DSA")) {
      return Optional.of(SLH_DSA);
    } else if (algorithm.equals("MLDSA65-ED25519-SHA512")) {
      return Optional.of(COMPOSITE);
    }
    return Optional.empty();
  }
}
