package org.eveproof.bootstrap.pki;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.eveproof.bootstrap.Refusal;

/**
 * What authorities say about revocation, as an operator fetched it. None of it is believed before
 * its signature is checked.
 *
 * @param crls complete lists
 * @param responses of OCSP responders
 */
public record RevocationLists(List<X509CRLHolder> crls, List<BasicOCSPResp> responses) {

  /** Copies the lists. */
  public RevocationLists {
    crls = List.copyOf(crls);
    responses = List.copyOf(responses);
  }

  /**
   * Requires fresh word that nothing on a path is revoked, but for the root, whose trust is the
   * operator's. One fresh word that it is revoked outweighs all others.
   *
   * @param path from the device's certificate to the root; it holds otherwise
   */
  void require(List<X509CertificateHolder> path, AlgorithmPolicy algorithms, Instant now)
      throws CredentialRefused {
    for (int i = path.size() - 2; i >= 0; i--) {
      require(path.get(i), path.get(i + 1), algorithms, now);
    }
  }

  private void require(
      X509CertificateHolder certificate,
      X509CertificateHolder issuer,
      AlgorithmPolicy algorithms,
      Instant now)
      throws CredentialRefused {
    List<RevocationWord> words = new ArrayList<>();
    for (X509CRLHolder crl : crls) {
      words.add(new CrlReading(crl, algorithms, now).on(certificate, issuer));
    }
    for (BasicOCSPResp response : responses) {
      words.add(new OcspReading(response, crls, algorithms, now).on(certificate, issuer));
    }
    String subject = OneLine.subject(certificate);
    for (RevocationWord word : words) {
      if (word instanceof RevocationWord.Revoked revoked) {
        throw new CredentialRefused(
            Refusal.REVOKED, subject + " is revoked, says " + revoked.text());
      }
    }
    if (words.stream().noneMatch(RevocationWord.Good.class::isInstance)) {
      String why =
          words.stream()
              .filter(RevocationWord.Unusable.class::isInstance)
              .map(word -> ((RevocationWord.Unusable) word).text())
              .findFirst()
              .orElse("no CRL and no OCSP response of " + OneLine.subject(issuer) + " covers it");
      throw new CredentialRefused(
          Refusal.UNTRUSTED_CREDENTIAL,
          "it is not known whether "
              + subject
              + " is revoked: "
              + why
              + "; fetch a fresh one from the authority");
    }
  }
}
