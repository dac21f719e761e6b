package org.eveproof.bootstrap.pki;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.eveproof.authentication.SigningKey;

/** Lends a signing key to the library's builders. */
public final class IssuerSigner implements ContentSigner {
  private final SigningKey key;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  /** Signs with a key, which stays the caller's. */
  public IssuerSigner(SigningKey key) {
    this.key = key;
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    DefaultSignatureAlgorithmIdentifierFinder names =
        new DefaultSignatureAlgorithmIdentifierFinder();
    return switch (key.verifying().scheme()) {
      case ECDSA_P256 -> names.find("SHA256withECDSA");
      case RSA_PSS -> names.find("SHA256withRSAandMGF1");
      // The others call the key and its signature by one name.
      case ED25519, ML_DSA_65, SLH_DSA, COMPOSITE ->
          SubjectPublicKeyInfo.getInstance(key.verifying().encode()).getAlgorithm();
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    return key.sign(content.toByteArray());
  }
}
