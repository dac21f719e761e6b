package org.eveproof.bootstrap;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eveproof.bootstrap.CredentialJudge.Judgement;
import org.eveproof.bootstrap.CredentialJudge.Trusted;
import org.eveproof.bootstrap.CredentialJudge.Untrusted;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * The trust anchor of devices that sign: each shows its certificate, and a judge (certificate
 * authorities, a web of trust) decides whether the peer's is good.
 */
public final class CertifiedKeys implements TrustAnchor {
  private final OwnCredential own;
  private final CredentialJudge judge;
  private final Set<CredentialId> revoked = new HashSet<>();

  /**
   * Configures a device.
   *
   * @param own what it proves itself with; this anchor's from here on
   * @param judge of what its peers show
   */
  public CertifiedKeys(OwnCredential own, CredentialJudge judge) {
    this.own = own;
    this.judge = judge;
  }

  @Override
  public Set<KeyEstablishment> establishments() {
    return Set.of(KeyEstablishment.X25519, KeyEstablishment.ML_KEM_768, KeyEstablishment.HYBRID);
  }

  @Override
  public Optional<Bits> shownTo(DeviceName peer) {
    return own.key().isDestroyed() ? Optional.empty() : Optional.of(own.shown());
  }

  @Override
  public boolean holdsBefore() {
    return false;
  }

  @Override
  public Admission admit(Bits shown, DeviceName peer, Party role, Instant now) {
    Judgement judgement = judge.judge(shown.toBytes(), peer, role, now);
    if (judgement instanceof Untrusted no) {
      return new NotAdmitted(no.reason(), no.text());
    } else if (judgement instanceof Trusted yes) {
      return revoked.contains(yes.id())
          ? new NotAdmitted(Refusal.REVOKED, "the credential of " + peer + " was revoked")
          : new Admitted(new SignatureKeys(yes.id(), own.key(), yes.key()));
    }
    throw new AssertionError("a judgement is one or the other");
  }

  @Override
  public void revoke(CredentialId id) {
    revoked.add(id);
  }

  @Override
  public boolean isRevoked(CredentialId id) {
    return revoked.contains(id);
  }

  @Override
  public void close() {
    own.close();
  }
}
