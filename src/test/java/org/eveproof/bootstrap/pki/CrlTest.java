package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eveproof.bootstrap.Refusal.REVOKED;
import static org.eveproof.bootstrap.Refusal.UNTRUSTED_CREDENTIAL;
import static org.eveproof.bootstrap.pki.CertificateDraft.NOW;
import static org.eveproof.bootstrap.pki.CertificateDraft.authority;
import static org.eveproof.bootstrap.pki.CertificateDraft.device;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CRLHolder;
import org.eveproof.bootstrap.pki.CertificateDraft.Made;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revocation lists: what they say counts only if they are right, whole and of now. */
class CrlTest {
  private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.99.1");

  private final Made root = authority("root").bySelf();
  private final Made middle = authority("middle").by(root);
  private final Made alice = device("alice").by(middle);
  private final X509CRLHolder ofRoot = new RevocationDraft(root).crl();
  private final X509CRLHolder ofMiddle = new RevocationDraft(middle).crl();

  @Test
  void acceptsAPathWithAFreshListForEachCertificateBelowTheRoot() {
    with(ofRoot, ofMiddle).accepts(alice, middle);
    with(ofMiddle, ofRoot).accepts(alice, middle);
  }

  @Test
  void refusesAPathIfAnyListIsMissing() {
    assertThat(with(ofRoot).refuses(UNTRUSTED_CREDENTIAL, alice, middle))
        .contains("not known whether CN=alice is revoked");
    assertThat(with(ofMiddle).refuses(UNTRUSTED_CREDENTIAL, alice, middle))
        .contains("not known whether CN=middle is revoked");
    with().refuses(UNTRUSTED_CREDENTIAL, alice, middle);
  }

  @Test
  void refusesWhatIsRevoked() {
    X509CRLHolder list = new RevocationDraft(middle).revoking(alice).crl();
    assertThat(with(ofRoot, list).refuses(REVOKED, alice, middle)).contains("CN=alice is revoked");
    with(ofRoot, ofMiddle, list).refuses(REVOKED, alice, middle);
    with(ofRoot, list, ofMiddle).refuses(REVOKED, alice, middle);
    X509CRLHolder above = new RevocationDraft(root).revoking(middle).crl();
    assertThat(with(above, ofMiddle).refuses(REVOKED, alice, middle)).contains("CN=middle");
  }

  @Test
  void refusesWhatIsOnHold() {
    X509CRLHolder list =
        new RevocationDraft(middle)
            .revoking(
                alice, Extension.reasonCode, false, CRLReason.lookup(CRLReason.certificateHold))
            .crl();
    with(ofRoot, list).refuses(REVOKED, alice, middle);
  }

  @Test
  void acceptsWhatWasTakenOffTheList() {
    X509CRLHolder list =
        new RevocationDraft(middle)
            .revoking(alice, Extension.reasonCode, false, CRLReason.lookup(CRLReason.removeFromCRL))
            .crl();
    with(ofRoot, list).accepts(alice, middle);
  }

  @Test
  void doesNotConfuseEqualNumbersOfTwoAuthorities() {
    Made twin = device("other").serial(alice.certificate().getSerialNumber()).by(root);
    X509CRLHolder list = new RevocationDraft(root).revoking(twin).crl();
    with(list, ofMiddle).accepts(alice, middle);
  }

  @Test
  void refusesAListThatIsNotOfNow() {
    Duration hour = Duration.ofHours(1);
    assertThat(
            with(ofRoot, list(-2, Optional.of(Duration.ofHours(-1))))
                .refuses(UNTRUSTED_CREDENTIAL, alice, middle))
        .contains("is stale");
    assertThat(
            with(ofRoot, list(1, Optional.of(hour.plus(hour))))
                .refuses(UNTRUSTED_CREDENTIAL, alice, middle))
        .contains("of the future");
    assertThat(
            with(ofRoot, list(-1, Optional.empty())).refuses(UNTRUSTED_CREDENTIAL, alice, middle))
        .contains("until when");
  }

  @Test
  void acceptsAListUpToItsLastMoment() {
    with(ofRoot, list(0, Optional.of(Duration.ZERO))).accepts(alice, middle);
  }

  @Test
  void refusesAListThatAnotherKeySigned() {
    Made impostor = authority("middle").bySelf();
    assertThat(
            with(ofRoot, new RevocationDraft(middle).signedBy(impostor).crl())
                .refuses(UNTRUSTED_CREDENTIAL, alice, middle))
        .contains("not signed with the key");
  }

  @Test
  void refusesAListOfAnotherAuthority() {
    Made other = authority("other").by(root);
    with(ofRoot, new RevocationDraft(other).crl()).refuses(UNTRUSTED_CREDENTIAL, alice, middle);
    with(ofRoot, new RevocationDraft(other).signedBy(middle).crl())
        .refuses(UNTRUSTED_CREDENTIAL, alice, middle);
  }

  @Test
  void refusesAListOfAnAuthorityThatMayNotSignLists() {
    Made silent = authority("silent").usage(KeyUsage.keyCertSign).by(root);
    assertThat(
            with(ofRoot, new RevocationDraft(silent).crl())
                .refuses(UNTRUSTED_CREDENTIAL, device("alice").by(silent), silent))
        .contains("cRLSign");
    Made unsaid = authority("unsaid").without(Extension.keyUsage).by(root);
    with(ofRoot, new RevocationDraft(unsaid).crl()).accepts(device("alice").by(unsaid), unsaid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1withRSA", "MD5withRSA", "SHA224withRSA"})
  void refusesAListWithAWeakSignature(String algorithm) {
    Made rsa = authority("rsa").key("RSA-2048").bySelf();
    Judging judging =
        Judging.of(rsa)
            .revocation(
                new RevocationLists(
                    List.of(new RevocationDraft(rsa).signedWith(algorithm).crl()), List.of()));
    assertThat(judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(rsa)))
        .contains("does not count");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Ed25519", "P-256", "RSA-2048", "ML-DSA-65", "SLH-DSA", "MLDSA65-Ed25519-SHA512"})
  void readsListsOfEveryScheme(String algorithm) {
    Made own = authority("own").key(algorithm).bySelf();
    Made device = device("alice").by(own);
    RevocationDraft draft = new RevocationDraft(own);
    Judging.of(own)
        .revocation(new RevocationLists(List.of(draft.crl()), List.of()))
        .accepts(device);
    Judging.of(own)
        .revocation(new RevocationLists(List.of(draft.revoking(device).crl()), List.of()))
        .refuses(REVOKED, device);
  }

  @Test
  void refusesDeltaPartialIndirectAndUnknownLists() {
    CRLNumber number = new CRLNumber(BigInteger.ONE);
    DERUTF8String value = new DERUTF8String("?");
    refused(new RevocationDraft(middle).with(Extension.deltaCRLIndicator, true, number).crl());
    refused(new RevocationDraft(middle).with(Extension.deltaCRLIndicator, false, number).crl());
    IssuingDistributionPoint devicesOnly = new IssuingDistributionPoint(null, true, false);
    refused(
        new RevocationDraft(middle)
            .with(Extension.issuingDistributionPoint, true, devicesOnly)
            .crl());
    refused(
        new RevocationDraft(middle)
            .with(Extension.issuingDistributionPoint, false, devicesOnly)
            .crl());
    refused(new RevocationDraft(middle).with(UNKNOWN, true, value).crl());
    with(ofRoot, new RevocationDraft(middle).with(UNKNOWN, false, value).crl())
        .accepts(alice, middle);
    with(ofRoot, new RevocationDraft(middle).with(Extension.cRLNumber, false, number).crl())
        .accepts(alice, middle);
  }

  @Test
  void refusesAListWithAnEntryOfAnotherAuthority() {
    Made carol = device("carol").by(middle);
    refused(
        new RevocationDraft(middle)
            .revoking(
                carol,
                Extension.certificateIssuer,
                true,
                new GeneralNames(new GeneralName(root.certificate().getSubject())))
            .crl());
  }

  @Test
  void asksForNothingIfRevocationIsOff() {
    Judging.of(root).accepts(alice, middle);
  }

  private void refused(X509CRLHolder list) {
    assertThat(with(ofRoot, list).refuses(UNTRUSTED_CREDENTIAL, alice, middle))
        .contains("partial, indirect");
  }

  private X509CRLHolder list(int fromHours, Optional<Duration> to) {
    return new RevocationDraft(middle)
        .valid(NOW.plus(Duration.ofHours(fromHours)), to.map(NOW::plus))
        .crl();
  }

  private Judging with(X509CRLHolder... lists) {
    return Judging.of(root).revocation(new RevocationLists(List.of(lists), List.of()));
  }
}
