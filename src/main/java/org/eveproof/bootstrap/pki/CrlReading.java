package org.eveproof.bootstrap.pki;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.eveproof.authentication.BouncyCastle;
import org.jspecify.annotations.Nullable;

/**
 * Reads a complete CRL (RFC 5280, section 6.3), signed by the key that signed the certificate.
 * Delta, indirect and partial lists, and whatever else a critical extension says, are not used.
 */
record CrlReading(X509CRLHolder crl, AlgorithmPolicy algorithms, Instant now) {

  /** Returns what the list says about a certificate. */
  RevocationWord on(X509CertificateHolder certificate, X509CertificateHolder issuer) {
    if (!crl.getIssuer().equals(certificate.getIssuer())) {
      return new RevocationWord.Elsewhere();
    }
    String name = "the CRL of " + OneLine.of(crl.getIssuer());
    try {
      algorithms.require(name, crl.toASN1Structure().getSignatureAlgorithm(), issuer);
      Purpose.requireUsage(issuer, KeyUsage.cRLSign, "cRLSign");
      Optional<String> flaw = flaw(issuer);
      if (flaw.isPresent()) {
        return new RevocationWord.Unusable(name + " " + flaw.get());
      }
      @Nullable X509CRLEntryHolder entry = crl.getRevokedCertificate(certificate.getSerialNumber());
      return entry == null || isRemoved(entry)
          ? new RevocationWord.Good()
          : new RevocationWord.Revoked(name + " of " + crl.getThisUpdate().toInstant());
    } catch (CredentialRefused unfit) {
      return new RevocationWord.Unusable(unfit.text());
    } catch (CertException
        | OperatorCreationException
        | java.security.cert.CertificateException
        | RuntimeException malformed) {
      return new RevocationWord.Unusable(name + " cannot be read");
    }
  }

  private Optional<String> flaw(X509CertificateHolder issuer)
      throws CertException, OperatorCreationException, java.security.cert.CertificateException {
    if (!crl.isSignatureValid(
        new JcaContentVerifierProviderBuilder().setProvider(BouncyCastle.PROVIDER).build(issuer))) {
      return Optional.of("is not signed with the key of that authority");
    }
    if (!crl.getCriticalExtensionOIDs().isEmpty()
        || crl.getExtension(Extension.issuingDistributionPoint) != null
        || crl.getExtension(Extension.deltaCRLIndicator) != null
        || entriesHaveCriticalExtensions()) {
      return Optional.of("is partial, indirect, a delta, or has an unknown critical extension");
    }
    return Freshness.flaw(crl.getThisUpdate(), crl.getNextUpdate(), Optional.empty(), now);
  }

  private boolean entriesHaveCriticalExtensions() {
    Collection<?> entries = crl.getRevokedCertificates();
    return entries.stream()
        .anyMatch(entry -> !((X509CRLEntryHolder) entry).getCriticalExtensionOIDs().isEmpty());
  }

  /** Whether an entry takes a hold back (RFC 5280, section 6.3.3, step k). */
  private static boolean isRemoved(X509CRLEntryHolder entry) {
    Extension reason = entry.getExtension(Extension.reasonCode);
    return reason != null
        && CRLReason.getInstance(reason.getParsedValue()).getValue().intValueExact()
            == CRLReason.removeFromCRL;
  }
}
