package org.eveproof.bootstrap.pki;

import static org.eveproof.bootstrap.pki.CertificateDraft.NOW;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.bootstrap.pki.CertificateDraft.Made;

/** Word on revocation in the making, sound and fresh unless a test says otherwise. */
final class RevocationDraft {
  private final Made issuer;
  private final List<Extension> extensions = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private Made signer;
  private String algorithm;
  private Instant from = NOW.minus(Duration.ofHours(1));
  private Optional<Instant> to = Optional.of(NOW.plus(Duration.ofHours(1)));
  private Optional<X500Name> responder = Optional.empty();
  private boolean singleExtensions;

  private record Entry(X509CertificateHolder certificate, Optional<Extension> extension) {}

  RevocationDraft(Made issuer) {
    this.issuer = issuer;
    this.signer = issuer;
    this.algorithm = issuer.algorithm();
  }

  RevocationDraft revoking(Made certificate) {
    entries.add(new Entry(certificate.certificate(), Optional.empty()));
    return this;
  }

  RevocationDraft revoking(
      Made certificate, ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
    entries.add(
        new Entry(certificate.certificate(), Optional.of(extension(kind, critical, value))));
    return this;
  }

  RevocationDraft valid(Instant first, Optional<Instant> last) {
    from = first;
    to = last;
    return this;
  }

  RevocationDraft signedBy(Made other) {
    signer = other;
    algorithm = other.algorithm();
    return this;
  }

  RevocationDraft signedWith(String other) {
    algorithm = other;
    return this;
  }

  /** Names another responder than the one that signs. */
  RevocationDraft inTheNameOf(Made other) {
    responder = Optional.of(other.certificate().getSubject());
    return this;
  }

  RevocationDraft with(ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
    extensions.add(extension(kind, critical, value));
    return this;
  }

  /** Puts the extensions to the word on the certificate, not to the whole response. */
  RevocationDraft inSingle() {
    singleExtensions = true;
    return this;
  }

  X509CRLHolder crl() {
    try {
      X509v2CRLBuilder builder =
          new X509v2CRLBuilder(issuer.certificate().getSubject(), Date.from(from));
      to.ifPresent(last -> builder.setNextUpdate(Date.from(last)));
      for (Entry entry : entries) {
        Date at = Date.from(NOW.minus(Duration.ofDays(1)));
        if (entry.extension.isPresent()) {
          builder.addCRLEntry(
              entry.certificate.getSerialNumber(), at, new Extensions(entry.extension.get()));
        } else {
          builder.addCRLEntry(entry.certificate.getSerialNumber(), at, 0);
        }
      }
      for (Extension extension : extensions) {
        builder.addExtension(extension);
      }
      return builder.build(signer.signer(algorithm));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers for one certificate. */
  BasicOCSPResp ocsp(Made certificate, CertificateStatus status) {
    try {
      BasicOCSPRespBuilder builder =
          new BasicOCSPRespBuilder(new RespID(responder.orElse(signer.certificate().getSubject())));
      CertificateID id =
          new CertificateID(
              new JcaDigestCalculatorProviderBuilder()
                  .setProvider(BouncyCastle.PROVIDER)
                  .build()
                  .get(CertificateID.HASH_SHA1),
              issuer.certificate(),
              certificate.certificate().getSerialNumber());
      Extensions all =
          extensions.isEmpty() ? null : new Extensions(extensions.toArray(Extension[]::new));
      builder.addResponse(
          id,
          status,
          Date.from(from),
          to.map(Date::from).orElse(null),
          singleExtensions ? all : null);
      if (!singleExtensions && all != null) {
        builder.setResponseExtensions(all);
      }
      X509CertificateHolder[] chain =
          signer.equals(issuer)
              ? new X509CertificateHolder[0]
              : new X509CertificateHolder[] {signer.certificate()};
      return builder.build(signer.signer(algorithm), chain, Date.from(from));
    } catch (OCSPException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  private static Extension extension(
      ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
    try {
      return Extension.create(kind, critical, value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
