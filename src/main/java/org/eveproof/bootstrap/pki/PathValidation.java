package org.eveproof.bootstrap.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.bootstrap.Refusal;

/**
 * Whether a path holds as such (RFC 5280, section 6.1): validity, algorithms, and, by the library,
 * signatures, basic constraints, path length, key usage of authorities, name constraints, policies,
 * critical extensions.
 *
 * <p>The root is the last certificate of the path, under an anchor of its own name and key. So what
 * its certificate says (until when, how long a path, for which names) binds too, as section 6.2
 * allows.
 */
final class PathValidation {
  private PathValidation() {}

  /**
   * Requires that a path holds.
   *
   * @param path from the device's certificate to the root
   * @param now for which it is to hold
   */
  static void require(List<X509CertificateHolder> path, AlgorithmPolicy algorithms, Instant now)
      throws CredentialRefused {
    for (int i = path.size() - 1; i >= 0; i--) {
      requireValid(path.get(i), now);
      if (i + 1 < path.size()) {
        X509CertificateHolder certificate = path.get(i);
        algorithms.require(
            OneLine.subject(certificate), certificate.getSignatureAlgorithm(), path.get(i + 1));
      }
    }
    requireByLibrary(path, now);
  }

  private static void requireValid(X509CertificateHolder certificate, Instant now)
      throws CredentialRefused {
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    if (now.isBefore(from)) {
      throw new CredentialRefused(
          Refusal.NOT_YET_VALID,
          OneLine.subject(certificate) + " is not valid before " + from + "; check the clock");
    }
    // Both ends are included, in whole seconds (RFC 5280, section 4.1.2.5).
    if (!now.isBefore(to.plusSeconds(1))) {
      throw new CredentialRefused(
          Refusal.EXPIRED,
          OneLine.subject(certificate) + " expired at " + to + "; have it issued anew");
    }
  }

  /** Whether a certificate is valid now. */
  static boolean isValid(X509CertificateHolder certificate, Instant now) {
    try {
      requireValid(certificate, now);
      return true;
    } catch (CredentialRefused outside) {
      return false;
    }
  }

  private static void requireByLibrary(List<X509CertificateHolder> path, Instant now)
      throws CredentialRefused {
    JcaX509CertificateConverter converter =
        new JcaX509CertificateConverter().setProvider(BouncyCastle.PROVIDER);
    try {
      List<X509Certificate> certificates = new ArrayList<>();
      for (X509CertificateHolder certificate : path) {
        certificates.add(converter.getCertificate(certificate));
      }
      X509Certificate root = certificates.get(certificates.size() - 1);
      CertPath whole =
          CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
              .generateCertPath(certificates);
      PKIXParameters parameters =
          new PKIXParameters(
              Set.of(new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX", BouncyCastle.PROVIDER).validate(whole, parameters);
    } catch (CertPathValidatorException refused) {
      int at = Math.min(Math.max(refused.getIndex(), 0), path.size() - 1);
      throw new CredentialRefused(
          Refusal.UNTRUSTED_CREDENTIAL,
          "the path does not hold at "
              + OneLine.subject(path.get(at))
              + ": "
              + OneLine.of(String.valueOf(refused.getMessage())));
    } catch (GeneralSecurityException malformed) {
      throw new CredentialRefused(
          Refusal.MALFORMED, "the chain of " + OneLine.subject(path.get(0)) + " cannot be read");
    }
  }
}
