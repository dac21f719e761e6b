package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eveproof.bootstrap.Refusal.REVOKED;
import static org.eveproof.bootstrap.Refusal.UNTRUSTED_CREDENTIAL;
import static org.eveproof.bootstrap.pki.CertificateDraft.FROM;
import static org.eveproof.bootstrap.pki.CertificateDraft.NOW;
import static org.eveproof.bootstrap.pki.CertificateDraft.authority;
import static org.eveproof.bootstrap.pki.CertificateDraft.device;

import java.security.KeyPair;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.eveproof.bootstrap.pki.CertificateDraft.Made;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OCSP responses: who may give them, and until when they count. */
class OcspTest {
  private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.99.1");
  private static final CertificateStatus GOOD = CertificateStatus.GOOD;
  private static final CertificateStatus GONE =
      new RevokedStatus(Date.from(NOW.minusSeconds(60)), CRLReason.keyCompromise);

  private final Made root = authority("root").bySelf();
  private final Made alice = device("alice").by(root);
  private final Made responder = responder().by(root);

  @Test
  void acceptsTheWordOfTheAuthorityAndOfItsResponder() {
    accepts(new RevocationDraft(root).ocsp(alice, GOOD));
    accepts(new RevocationDraft(root).signedBy(responder).ocsp(alice, GOOD));
  }

  @Test
  void refusesWhatIsRevoked() {
    BasicOCSPResp gone = new RevocationDraft(root).ocsp(alice, GONE);
    assertThat(with(gone).refuses(REVOKED, alice)).contains("OCSP");
    BasicOCSPResp good = new RevocationDraft(root).ocsp(alice, GOOD);
    with(good, gone).refuses(REVOKED, alice);
    with(gone, good).refuses(REVOKED, alice);
    with(new RevocationDraft(root).signedBy(responder).ocsp(alice, GONE)).refuses(REVOKED, alice);
  }

  @Test
  void letsOneRevocationOutweighAFreshListThatDoesNotKnowOfIt() {
    BasicOCSPResp gone = new RevocationDraft(root).ocsp(alice, GONE);
    Judging.of(root)
        .revocation(new RevocationLists(List.of(new RevocationDraft(root).crl()), List.of(gone)))
        .refuses(REVOKED, alice);
  }

  @Test
  void refusesAnAuthorityThatDoesNotKnow() {
    assertThat(refuses(new RevocationDraft(root).ocsp(alice, new UnknownStatus())))
        .contains("unknown");
  }

  @Test
  void refusesWordOnAnotherCertificate() {
    refuses(new RevocationDraft(root).ocsp(device("carol").by(root), GOOD));
    Made other = authority("other").bySelf();
    refuses(new RevocationDraft(other).ocsp(alice, GOOD));
    refuses(new RevocationDraft(other).signedBy(root).ocsp(alice, GOOD));
    Made sameName = authority("root").bySelf();
    refuses(new RevocationDraft(sameName).signedBy(root).ocsp(alice, GOOD));
  }

  @Test
  void refusesWordThatIsNotOfNow() {
    Duration hour = Duration.ofHours(1);
    assertThat(refuses(word(Duration.ofHours(-2), Optional.of(hour.negated())))).contains("stale");
    assertThat(refuses(word(hour, Optional.of(hour.plus(hour))))).contains("future");
    accepts(word(Duration.ZERO, Optional.of(Duration.ZERO)));
  }

  @Test
  void countsADayOnWordThatDoesNotSayUntilWhen() {
    accepts(word(Duration.ofDays(-1), Optional.empty()));
    assertThat(refuses(word(Duration.ofDays(-1).minusSeconds(1), Optional.empty())))
        .contains("stale");
  }

  @Test
  void refusesAStrangerAsResponder() {
    Made stranger = responder().bySelf();
    refuses(new RevocationDraft(root).signedBy(stranger).ocsp(alice, GOOD));
    Made other = authority("other").bySelf();
    refuses(new RevocationDraft(root).signedBy(responder().by(other)).ocsp(alice, GOOD));
    Made sameName = authority("root").bySelf();
    refuses(new RevocationDraft(root).signedBy(responder().by(sameName)).ocsp(alice, GOOD));
  }

  @Test
  void refusesADeviceOfTheAuthorityAsResponder() {
    refuses(new RevocationDraft(root).signedBy(device("carol").by(root)).ocsp(alice, GOOD));
    refuses(
        new RevocationDraft(root)
            .signedBy(responder().without(Extension.extendedKeyUsage).by(root))
            .ocsp(alice, GOOD));
    refuses(
        new RevocationDraft(root)
            .signedBy(responder().purposes(KeyPurposeId.anyExtendedKeyUsage).by(root))
            .ocsp(alice, GOOD));
  }

  @Test
  void refusesAResponderBelowAnotherAuthorityOfThePath() {
    Made middle = authority("middle").by(root);
    Made below = responder().by(middle);
    refuses(new RevocationDraft(root).signedBy(below).ocsp(alice, GOOD));
  }

  @Test
  void refusesAResponderOfAnAuthorityWithTheSameKeyAndAnotherName() {
    KeyPair key = CertificateDraft.keys("Ed25519");
    Made own = authority("own").key(key).bySelf();
    Made renamed = authority("renamed").key(key).bySelf();
    Made device = device("alice").by(own);
    judging(own, new RevocationDraft(own).signedBy(responder().by(own)).ocsp(device, GOOD))
        .accepts(device);
    judging(own, new RevocationDraft(own).signedBy(responder().by(renamed)).ocsp(device, GOOD))
        .refuses(UNTRUSTED_CREDENTIAL, device);
  }

  @Test
  void refusesAResponderThatIsExpiredOrMayNotSign() {
    refuses(
        new RevocationDraft(root)
            .signedBy(responder().valid(FROM, NOW.minusSeconds(1)).by(root))
            .ocsp(alice, GOOD));
    refuses(
        new RevocationDraft(root)
            .signedBy(responder().usage(KeyUsage.keyAgreement).by(root))
            .ocsp(alice, GOOD));
  }

  @Test
  void doesNotBelieveAResponderThatAListRevokes() {
    BasicOCSPResp gone = new RevocationDraft(root).signedBy(responder).ocsp(alice, GONE);
    with(gone).refuses(REVOKED, alice);
    // The list itself finds nothing wrong with alice; the revoked responder's word is not heard.
    Judging.of(root)
        .revocation(
            new RevocationLists(
                List.of(new RevocationDraft(root).revoking(responder).crl()), List.of(gone)))
        .accepts(alice);
  }

  @Test
  void refusesAnotherSignerThanTheOneNamed() {
    refuses(
        new RevocationDraft(root)
            .signedBy(responder)
            .inTheNameOf(authority("else").bySelf())
            .ocsp(alice, GOOD));
  }

  @Test
  void refusesUnknownCriticalExtensions() {
    DERUTF8String value = new DERUTF8String("?");
    refuses(new RevocationDraft(root).with(UNKNOWN, true, value).ocsp(alice, GOOD));
    refuses(new RevocationDraft(root).with(UNKNOWN, true, value).inSingle().ocsp(alice, GOOD));
    accepts(new RevocationDraft(root).with(UNKNOWN, false, value).ocsp(alice, GOOD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1withRSA", "MD5withRSA"})
  void refusesAWeakSignature(String algorithm) {
    Made rsa = authority("rsa").key("RSA-2048").bySelf();
    Made device = device("alice").by(rsa);
    BasicOCSPResp word = new RevocationDraft(rsa).signedWith(algorithm).ocsp(device, GOOD);
    assertThat(judging(rsa, word).refuses(UNTRUSTED_CREDENTIAL, device)).contains("does not count");
  }

  @Test
  void refusesAWeakKeyAndAWeakCertificateOfTheResponder() {
    Made weak = responder().key("RSA-1024").by(root);
    refuses(new RevocationDraft(root).signedBy(weak).ocsp(alice, GOOD));
    Made rsa = authority("rsa").key("RSA-2048").bySelf();
    Made device = device("alice").by(rsa);
    Made sha1 = responder().signedWith("SHA1withRSA").by(rsa);
    judging(rsa, new RevocationDraft(rsa).signedBy(sha1).ocsp(device, GOOD))
        .refuses(UNTRUSTED_CREDENTIAL, device);
  }

  @Test
  void refusesAClassicalResponderWhereCompositesAreRequired() {
    String composite = "MLDSA65-Ed25519-SHA512";
    Made strong = authority("strong").key(composite).bySelf();
    Made device = device("alice").key(composite).by(strong);
    BasicOCSPResp stripped =
        new RevocationDraft(strong).signedBy(responder().by(strong)).ocsp(device, GOOD);
    judging(strong, stripped).accepts(device);
    judging(strong, stripped).compositeOnly().refuses(UNTRUSTED_CREDENTIAL, device);
    BasicOCSPResp whole =
        new RevocationDraft(strong)
            .signedBy(responder().key(composite).by(strong))
            .ocsp(device, GOOD);
    judging(strong, whole).compositeOnly().accepts(device);
  }

  private static CertificateDraft responder() {
    return device("responder")
        .purposes(KeyPurposeId.id_kp_OCSPSigning)
        .with(
            OCSPObjectIdentifiers.id_pkix_ocsp_nocheck,
            false,
            org.bouncycastle.asn1.DERNull.INSTANCE);
  }

  private BasicOCSPResp word(Duration from, Optional<Duration> to) {
    return new RevocationDraft(root).valid(NOW.plus(from), to.map(NOW::plus)).ocsp(alice, GOOD);
  }

  private void accepts(BasicOCSPResp response) {
    with(response).accepts(alice);
  }

  private String refuses(BasicOCSPResp response) {
    return with(response).refuses(UNTRUSTED_CREDENTIAL, alice);
  }

  private Judging with(BasicOCSPResp... responses) {
    return judging(root, responses);
  }

  private static Judging judging(Made anchor, BasicOCSPResp... responses) {
    return Judging.of(anchor).revocation(new RevocationLists(List.of(), List.of(responses)));
  }
}
