package org.eveproof.bootstrap.pki;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Refusal;
import org.eveproof.protocol.Party;

/**
 * The rule of trust of a public key infrastructure: a key is a device's if a certificate path from
 * a configured root says so (RFC 5280, section 6), nothing on it is revoked, and the certificate is
 * for that device in that role. What is to be judged is a {@link CertificateChain}.
 *
 * @param roots self-signed certificates that the operator trusts; their own validity, path length
 *     and name constraints bind too
 * @param revocation whether word on revocation is required, and where it is
 * @param algorithms what keys count
 */
public record CertificateAuthorities(
    List<X509CertificateHolder> roots, RevocationPolicy revocation, AlgorithmPolicy algorithms)
    implements CredentialJudge {

  /** Copies the list. */
  public CertificateAuthorities {
    roots = List.copyOf(roots);
  }

  @Override
  public Judgement judge(byte[] shown, DeviceName peer, Party role, Instant now) {
    Optional<CertificateChain> chain = CertificateChain.decode(shown);
    if (chain.isEmpty()) {
      return new Untrusted(
          Refusal.MALFORMED,
          "what "
              + peer
              + " shows is no chain of 1 to "
              + CertificateChain.MAX_CERTIFICATES
              + " certificates");
    }
    try {
      return judge(chain.get(), peer, role, now);
    } catch (CredentialRefused refused) {
      return new Untrusted(refused.reason(), refused.text());
    } catch (RuntimeException malformed) {
      // The library reads extensions when they are asked for, and throws what comes to hand.
      return new Untrusted(
          Refusal.MALFORMED, "what " + peer + " shows has a certificate that cannot be read");
    }
  }

  private Trusted judge(CertificateChain chain, DeviceName peer, Party role, Instant now)
      throws CredentialRefused {
    // First of all: a monstrous key must not reach the search, which checks signatures.
    for (X509CertificateHolder certificate : chain.certificates()) {
      algorithms.key(certificate);
    }
    X509CertificateHolder endEntity = chain.endEntity();
    Optional<CredentialRefused> first = Optional.empty();
    for (List<X509CertificateHolder> path :
        new PathSearch(endEntity, chain.certificates(), roots).paths()) {
      try {
        PathValidation.require(path, algorithms, now);
        Purpose.require(path, peer, role);
        if (revocation instanceof RevocationPolicy.Required required) {
          required.lists().require(path, algorithms, now);
        }
        return trusted(path);
      } catch (CredentialRefused refused) {
        first = first.or(() -> Optional.of(refused));
      }
    }
    throw first.orElseThrow();
  }

  private Trusted trusted(List<X509CertificateHolder> path) throws CredentialRefused {
    X509CertificateHolder endEntity = path.get(0);
    VerifyingKey key = algorithms.key(endEntity);
    return new Trusted(
        id(endEntity),
        key,
        OneLine.subject(endEntity)
            + ", "
            + key.scheme().label()
            + ", until "
            + endEntity.getNotAfter().toInstant()
            + ", vouched for by "
            + OneLine.subject(path.get(path.size() - 1)));
  }

  /** Returns what a certificate is called here: the first half of the SHA-256 of its DER. */
  public static CredentialId id(X509CertificateHolder certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(CertificateChain.der(certificate));
      return CredentialId.of(Arrays.copyOf(hash, CredentialId.BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
