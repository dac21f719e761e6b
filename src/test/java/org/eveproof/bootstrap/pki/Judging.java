package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.bootstrap.CredentialJudge.Judgement;
import org.eveproof.bootstrap.CredentialJudge.Trusted;
import org.eveproof.bootstrap.CredentialJudge.Untrusted;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Refusal;
import org.eveproof.bootstrap.pki.CertificateDraft.Made;
import org.eveproof.protocol.Party;

/** Puts a chain before the judge, and says what it should find. */
record Judging(CertificateAuthorities judge, Party role, String name, Instant now) {

  /** Trusts these roots, asks for no revocation, expects alice who calls. */
  static Judging of(Made... roots) {
    return new Judging(
        new CertificateAuthorities(
            certificates(roots), new RevocationPolicy.Off(), AlgorithmPolicy.ANY),
        Party.ALICE,
        "alice",
        CertificateDraft.NOW);
  }

  Judging revocation(RevocationLists lists) {
    return new Judging(
        new CertificateAuthorities(
            judge.roots(), new RevocationPolicy.Required(lists), judge.algorithms()),
        role,
        name,
        now);
  }

  Judging compositeOnly() {
    return new Judging(
        new CertificateAuthorities(
            judge.roots(), judge.revocation(), AlgorithmPolicy.COMPOSITE_ONLY),
        role,
        name,
        now);
  }

  Judging as(Party other) {
    return new Judging(judge, other, name, now);
  }

  Judging expecting(String other) {
    return new Judging(judge, role, other, now);
  }

  Judging at(Instant other) {
    return new Judging(judge, role, name, other);
  }

  Judgement judge(byte[] shown) {
    return judge.judge(shown, new DeviceName(name), role, now);
  }

  Trusted accepts(Made... chain) {
    Judgement judgement = judge(shown(chain));
    assertThat(judgement).isInstanceOf(Trusted.class);
    Trusted trusted = (Trusted) judgement;
    assertThat(trusted.text()).doesNotContainPattern("\\R");
    assertThat(trusted.key().encode()).isEqualTo(encoded(chain[0].certificate()));
    return trusted;
  }

  String refuses(Refusal reason, Made... chain) {
    return refuses(reason, shown(chain));
  }

  String refuses(Refusal reason, byte[] shown) {
    Judgement judgement = judge(shown);
    assertThat(judgement).isInstanceOf(Untrusted.class);
    Untrusted untrusted = (Untrusted) judgement;
    assertThat(untrusted.text()).doesNotContainPattern("\\R").hasSizeGreaterThan(10);
    assertThat(untrusted.reason()).as(untrusted.text()).isEqualTo(reason);
    return untrusted.text();
  }

  static byte[] shown(Made... chain) {
    return new CertificateChain(certificates(chain)).encode();
  }

  private static List<X509CertificateHolder> certificates(Made... made) {
    return Arrays.stream(made).map(Made::certificate).toList();
  }

  private static byte[] encoded(X509CertificateHolder certificate) {
    try {
      return certificate.getSubjectPublicKeyInfo().getEncoded();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
