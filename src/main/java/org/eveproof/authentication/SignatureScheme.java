package org.eveproof.authentication;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.iana.IANAObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The signature schemes that a device may prove itself with, and that certificates may carry.
 *
 * <p>A composite signature holds only if its classical and its post-quantum part both do, and its
 * parts are no signatures on their own.
 */
public enum SignatureScheme {
  /** EdDSA over edwards25519 (RFC 8032). */
  ED25519(1, "ed25519", "Ed25519", 64),
  /** ECDSA over P-256 with SHA-256 (FIPS 186-5), signature in DER. */
  ECDSA_P256(2, "ecdsa-p256", "SHA256withECDSA", 72),
  /**
   * RSASSA-PSS with SHA-256, MGF1 with SHA-256, salt of 32 bytes (RFC 8017), 2048 to 8192 bits. The
   * key may be one for RSA in general, or for RSASSA-PSS with parameters that allow these (RFC
   * 4055).
   */
  RSA_PSS(3, "rsa-pss", "SHA256withRSAandMGF1", 1024),
  /** ML-DSA-65 (FIPS 204), pure, empty context. */
  ML_DSA_65(4, "ml-dsa-65", "ML-DSA-65", 3309),
  /** SLH-DSA (FIPS 205), pure, empty context, any parameter set. */
  SLH_DSA(5, "slh-dsa", "SLH-DSA", 49856),
  /** ML-DSA-65 and Ed25519 together (draft-ietf-lamps-pq-composite-sigs). */
  COMPOSITE(6, "ml-dsa-65+ed25519", "MLDSA65-Ed25519-SHA512", 3373);

  private static final Map<ASN1ObjectIdentifier, SignatureScheme> KEY_TYPES =
      Map.ofEntries(
          entry(EdECObjectIdentifiers.id_Ed25519, ED25519),
          entry(X9ObjectIdentifiers.id_ecPublicKey, ECDSA_P256),
          entry(PKCSObjectIdentifiers.rsaEncryption, RSA_PSS),
          entry(PKCSObjectIdentifiers.id_RSASSA_PSS, RSA_PSS),
          entry(NISTObjectIdentifiers.id_ml_dsa_65, ML_DSA_65),
          entry(NISTObjectIdentifiers.id_slh_dsa_sha2_128s, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_sha2_128f, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_sha2_192s, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_sha2_192f, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_sha2_256s, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_sha2_256f, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_shake_128s, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_shake_128f, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_shake_192s, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_shake_192f, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_shake_256s, SLH_DSA),
          entry(NISTObjectIdentifiers.id_slh_dsa_shake_256f, SLH_DSA),
          entry(IANAObjectIdentifiers.id_MLDSA65_Ed25519_SHA512, COMPOSITE));

  private final int code;
  private final String label;
  private final String jcaName;
  private final int maxSignatureBytes;

  SignatureScheme(int code, String label, String jcaName, int maxSignatureBytes) {
    this.code = code;
    this.label = label;
    this.jcaName = jcaName;
    this.maxSignatureBytes = maxSignatureBytes;
  }

  /** Returns the number that stands for this scheme, 1 to 255. */
  public int code() {
    return code;
  }

  /** Returns the name of this scheme on the command line. */
  public String label() {
    return label;
  }

  /** Returns the greatest length of a signature, in bytes. */
  public int maxSignatureBytes() {
    return maxSignatureBytes;
  }

  /** Returns what the provider calls the signature algorithm. */
  String jcaName() {
    return jcaName;
  }

  /** Returns the scheme of a name on the command line. */
  public static Optional<SignatureScheme> ofLabel(String label) {
    return Arrays.stream(values()).filter(scheme -> scheme.label.equals(label)).findFirst();
  }

  /** Returns the scheme that a type of public key belongs to; empty if it is none of these. */
  static Optional<SignatureScheme> ofKeyType(ASN1ObjectIdentifier type) {
    return Optional.ofNullable(KEY_TYPES.get(type));
  }
}
