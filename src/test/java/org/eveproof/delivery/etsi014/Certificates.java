package org.eveproof.delivery.etsi014;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.SigningKey;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.pki.CertificateAuthority;
import org.eveproof.bootstrap.pki.RevocationReason;
import org.eveproof.bootstrap.pki.Validity;

/** An authority for tests, and what it issues. */
final class Certificates {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final CertificateAuthority root;

  Certificates() {
    root =
        CertificateAuthority.root(
            "tests",
            SigningKey.generate(SignatureScheme.ECDSA_P256, RANDOM),
            validity(Duration.ofDays(1)),
            RANDOM);
  }

  private static Validity validity(Duration life) {
    Instant now = Instant.now();
    return new Validity(now.minus(Duration.ofDays(2)), now.plus(life));
  }

  /** Returns an end with a certificate for a name, which trusts those of another authority. */
  MutualTls end(String name, Duration life, Certificates trusted, boolean tls12)
      throws GeneralSecurityException {
    return end(name, life, trusted, List.of(), tls12);
  }

  private MutualTls end(
      String name, Duration life, Certificates trusted, List<X509CRL> revoked, boolean tls12)
      throws GeneralSecurityException {
    SigningKey key = SigningKey.generate(SignatureScheme.ECDSA_P256, RANDOM);
    X509CertificateHolder certificate =
        root.device(new DeviceName(name), key.verifying(), validity(life), RANDOM);
    PrivateKey own =
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key.encode()));
    return MutualTls.of(
        List.of(convert(certificate)), own, List.of(trusted.certificate()), revoked, tls12);
  }

  /** Returns an end of these, in good order. */
  MutualTls end(String name) throws GeneralSecurityException {
    return end(name, Duration.ofHours(1), this, false);
  }

  /**
   * Returns an end in good order, to which this authority has said that it revoked a certificate.
   */
  MutualTls endThatKnowsRevoked(String name, X509Certificate revoked)
      throws GeneralSecurityException {
    CertificateAuthority.Revocation entry =
        new CertificateAuthority.Revocation(
            revoked.getSerialNumber(),
            Date.from(Instant.now().minus(Duration.ofHours(1))),
            RevocationReason.KEY_COMPROMISE);
    X509CRL list =
        new JcaX509CRLConverter()
            .getCRL(root.crl(List.of(entry), BigInteger.ONE, validity(Duration.ofHours(1))));
    return end(name, Duration.ofHours(1), this, List.of(list), false);
  }

  X509Certificate certificate() throws GeneralSecurityException {
    return convert(root.certificate());
  }

  private static X509Certificate convert(X509CertificateHolder holder)
      throws GeneralSecurityException {
    return new JcaX509CertificateConverter().getCertificate(holder);
  }
}
