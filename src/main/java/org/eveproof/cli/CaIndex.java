package org.eveproof.cli;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.bootstrap.pki.CertificateAuthority.Revocation;
import org.eveproof.bootstrap.pki.OneLine;
import org.eveproof.bootstrap.pki.RevocationReason;

/**
 * What an authority issued and revoked, as {@code index.json} holds it.
 *
 * @param crlNumber of the newest revocation list, 0 before the first
 * @param issued in the order of issue
 */
record CaIndex(long crlNumber, List<Issued> issued) {

  /**
   * One certificate.
   *
   * @param serial hexadecimal digits
   * @param subject for people
   * @param until the end of its validity
   * @param revokedAt empty if it is not revoked
   * @param reason empty if it is not revoked
   */
  record Issued(String serial, String subject, String until, String revokedAt, String reason) {
    boolean isRevoked() {
      return !revokedAt.isEmpty();
    }
  }

  /** Copies the list. */
  CaIndex {
    issued = List.copyOf(issued);
  }

  /** Returns the certificate of this number. */
  Optional<Issued> find(BigInteger serial) {
    return issued.stream().filter(each -> each.serial().equals(serial.toString(16))).findFirst();
  }

  /** Returns the index with one more certificate. */
  CaIndex with(X509CertificateHolder certificate) {
    List<Issued> longer = new ArrayList<>(issued);
    longer.add(
        new Issued(
            certificate.getSerialNumber().toString(16),
            OneLine.subject(certificate),
            certificate.getNotAfter().toInstant().toString(),
            "",
            ""));
    return new CaIndex(crlNumber, longer);
  }

  /** Returns the index with a certificate revoked. */
  CaIndex withRevoked(Issued certificate, Instant at, RevocationReason reason) {
    Issued revoked =
        new Issued(
            certificate.serial(),
            certificate.subject(),
            certificate.until(),
            at.toString(),
            reason.label());
    return new CaIndex(
        crlNumber, issued.stream().map(each -> each.equals(certificate) ? revoked : each).toList());
  }

  /** Returns the index with the next number for a revocation list. */
  CaIndex withNextCrl() {
    return new CaIndex(crlNumber + 1, issued);
  }

  /** Returns what a revocation list has to say. */
  List<Revocation> revoked() {
    return issued.stream()
        .filter(Issued::isRevoked)
        .map(
            each ->
                new Revocation(
                    new BigInteger(each.serial(), 16),
                    Date.from(Instant.parse(each.revokedAt())),
                    RevocationReason.ofLabel(each.reason()).orElseThrow()))
        .toList();
  }
}
