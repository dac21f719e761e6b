package org.eveproof.delivery.etsi014;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.eveproof.delivery.SaeId;

/**
 * Who calls: the SAE ID is the one common name in the subject of the client's certificate. A
 * certificate without one, or with several, is nobody's.
 */
record CallerIdentity(Optional<SaeId> sae, Instant notAfter) {
  private static final String KEY = CallerIdentity.class.getName();

  /**
   * Returns the SAE at the other end of a connection whose certificate TLS has verified.
   *
   * @throws ApiError if the certificate names none, or has expired since
   */
  static SaeId of(SSLSession session, Instant now) throws ApiError {
    CallerIdentity caller;
    if (session.getValue(KEY) instanceof CallerIdentity known) {
      caller = known;
    } else {
      caller = read(session);
      session.putValue(KEY, caller);
    }
    if (now.isAfter(caller.notAfter)) {
      throw new ApiError(ApiError.UNAUTHORIZED, "the client's certificate has expired");
    }
    return caller.sae.orElseThrow(
        () ->
            new ApiError(
                ApiError.UNAUTHORIZED,
                "the subject of the client's certificate has not exactly one common name that is"
                    + " an SAE ID"));
  }

  private static CallerIdentity read(SSLSession session) throws ApiError {
    try {
      Certificate[] chain = session.getPeerCertificates();
      X509Certificate own = (X509Certificate) chain[0];
      return new CallerIdentity(commonName(own), own.getNotAfter().toInstant());
    } catch (SSLPeerUnverifiedException none) {
      throw new ApiError(ApiError.UNAUTHORIZED, "the client has shown no certificate");
    }
  }

  /** Returns the SAE ID that is the one common name of a certificate's subject. */
  static Optional<SaeId> commonName(X509Certificate certificate) {
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    List<String> names =
        Arrays.stream(subject.getRDNs(BCStyle.CN))
            .map(RDN::getTypesAndValues)
            .flatMap(Arrays::stream)
            .filter(each -> each.getType().equals(BCStyle.CN))
            .map(each -> each.getValue() instanceof ASN1String text ? text.getString() : "")
            .toList();
    return names.size() == 1 ? SaeId.parse(names.get(0)) : Optional.empty();
  }
}
