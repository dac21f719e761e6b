package org.eveproof.bootstrap.pki;

import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.bootstrap.Refusal;

/**
 * Reads an OCSP response (RFC 6960), signed by the authority itself or by one responder that it
 * certified for that, whose certificate is in the response.
 *
 * <p>A responder's own certificate must be valid now, and no given CRL may name it; fresh word on
 * it is not required (section 4.2.2.2.1 leaves that to local policy).
 */
record OcspReading(
    BasicOCSPResp response, List<X509CRLHolder> crls, AlgorithmPolicy algorithms, Instant now) {
  /** How long a response counts that names no next update, as {@code openssl ocsp} makes them. */
  private static final Duration WITHOUT_NEXT_UPDATE = Duration.ofDays(1);

  /** Returns what the response says about a certificate. */
  RevocationWord on(X509CertificateHolder certificate, X509CertificateHolder issuer) {
    String name = "the OCSP response of " + OneLine.subject(issuer);
    try {
      Optional<SingleResp> single = single(certificate, issuer);
      if (single.isEmpty()) {
        return new RevocationWord.Elsewhere();
      }
      requireSigned(name, issuer);
      Optional<String> flaw = flaw(single.get());
      if (flaw.isPresent()) {
        return new RevocationWord.Unusable(name + " " + flaw.get());
      }
      CertificateStatus status = single.get().getCertStatus();
      if (status == CertificateStatus.GOOD) {
        return new RevocationWord.Good();
      }
      return status instanceof RevokedStatus
          ? new RevocationWord.Revoked(name + " of " + single.get().getThisUpdate().toInstant())
          : new RevocationWord.Unusable(name + " says that the certificate is unknown");
    } catch (CredentialRefused unfit) {
      return new RevocationWord.Unusable(unfit.text());
    } catch (OCSPException
        | CertException
        | CertificateException
        | OperatorCreationException
        | RuntimeException malformed) {
      return new RevocationWord.Unusable(name + " cannot be read");
    }
  }

  private Optional<SingleResp> single(
      X509CertificateHolder certificate, X509CertificateHolder issuer)
      throws OCSPException, OperatorCreationException {
    DigestCalculatorProvider digests =
        new JcaDigestCalculatorProviderBuilder().setProvider(BouncyCastle.PROVIDER).build();
    for (SingleResp single : response.getResponses()) {
      if (single.getCertID().getSerialNumber().equals(certificate.getSerialNumber())
          && single.getCertID().matchesIssuer(issuer, digests)) {
        return Optional.of(single);
      }
    }
    return Optional.empty();
  }

  private Optional<String> flaw(SingleResp single) {
    if (!response.getCriticalExtensionOIDs().isEmpty()
        || !single.getCriticalExtensionOIDs().isEmpty()) {
      return Optional.of("has an unknown critical extension");
    }
    return Freshness.flaw(
        single.getThisUpdate(), single.getNextUpdate(), Optional.of(WITHOUT_NEXT_UPDATE), now);
  }

  private void requireSigned(String name, X509CertificateHolder issuer)
      throws CredentialRefused,
          OCSPException,
          CertException,
          CertificateException,
          OperatorCreationException {
    if (isNamed(issuer) && isSignedBy(name, issuer)) {
      return;
    }
    for (X509CertificateHolder responder : response.getCerts()) {
      if (isNamed(responder) && mayRespond(responder, issuer) && isSignedBy(name, responder)) {
        return;
      }
    }
    throw new CredentialRefused(
        Refusal.UNTRUSTED_CREDENTIAL,
        name + " is signed neither by that authority nor by a valid responder of it");
  }

  private boolean isNamed(X509CertificateHolder signer)
      throws OCSPException, OperatorCreationException {
    RespID id = response.getResponderId();
    return id.equals(new RespID(signer.getSubject()))
        || id.equals(
            new RespID(
                signer.getSubjectPublicKeyInfo(),
                new JcaDigestCalculatorProviderBuilder()
                    .setProvider(BouncyCastle.PROVIDER)
                    .build()
                    .get(RespID.HASH_SHA1)));
  }

  private boolean isSignedBy(String name, X509CertificateHolder signer)
      throws CredentialRefused, OCSPException, OperatorCreationException, CertificateException {
    algorithms.require(name, response.getSignatureAlgorithmID(), signer);
    return response.isSignatureValid(
        new JcaContentVerifierProviderBuilder().setProvider(BouncyCastle.PROVIDER).build(signer));
  }

  private boolean mayRespond(X509CertificateHolder responder, X509CertificateHolder issuer)
      throws CredentialRefused, CertException, CertificateException, OperatorCreationException {
    algorithms.require(OneLine.subject(responder), responder.getSignatureAlgorithm(), issuer);
    Purpose.requireUsage(responder, KeyUsage.digitalSignature, "digitalSignature");
    Extension usage = responder.getExtension(Extension.extendedKeyUsage);
    return responder.getIssuer().equals(issuer.getSubject())
        && responder.isSignatureValid(
            new JcaContentVerifierProviderBuilder()
                .setProvider(BouncyCastle.PROVIDER)
                .build(issuer))
        && usage != null
        && ExtendedKeyUsage.getInstance(usage.getParsedValue())
            .hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning)
        && PathValidation.isValid(responder, now)
        && crls.stream()
            .map(crl -> new CrlReading(crl, algorithms, now).on(responder, issuer))
            .noneMatch(RevocationWord.Revoked.class::isInstance);
  }
}
