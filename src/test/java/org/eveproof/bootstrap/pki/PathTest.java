package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eveproof.bootstrap.Refusal.EXPIRED;
import static org.eveproof.bootstrap.Refusal.MALFORMED;
import static org.eveproof.bootstrap.Refusal.NOT_YET_VALID;
import static org.eveproof.bootstrap.Refusal.UNTRUSTED_CREDENTIAL;
import static org.eveproof.bootstrap.Refusal.WRONG_PURPOSE;
import static org.eveproof.bootstrap.pki.CertificateDraft.FROM;
import static org.eveproof.bootstrap.pki.CertificateDraft.NOW;
import static org.eveproof.bootstrap.pki.CertificateDraft.TO;
import static org.eveproof.bootstrap.pki.CertificateDraft.authority;
import static org.eveproof.bootstrap.pki.CertificateDraft.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.pki.CertificateDraft.Made;
import org.junit.jupiter.api.Test;

/** Every way in which a path can be wrong, one at a time (RFC 5280, section 6). */
class PathTest {
  private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.99.1");

  private final Made root = authority("root").bySelf();
  private final Made middle = authority("middle").by(root);
  private final Made alice = device("alice").by(middle);
  private final Judging judging = Judging.of(root);

  @Test
  void acceptsASoundPath() {
    assertThat(judging.accepts(alice, middle).text())
        .isEqualTo("CN=alice, ed25519, until " + TO + ", vouched for by CN=root");
  }

  @Test
  void acceptsTheRootAmongWhatIsShown() {
    judging.accepts(alice, middle, root);
    judging.accepts(alice, root, middle);
  }

  @Test
  void acceptsAuthoritiesInAnyOrderAndOthersBeside() {
    Made lower = authority("lower").by(middle);
    Made other = authority("other").bySelf();
    Made bottom = device("alice").by(lower);
    judging.accepts(bottom, lower, middle);
    judging.accepts(bottom, other, middle, lower);
  }

  @Test
  void acceptsADeviceRightBelowTheRootAndOneOfTwoRoots() {
    Made other = authority("other").bySelf();
    Judging.of(other, root).accepts(device("alice").by(root));
  }

  @Test
  void acceptsASelfSignedCertificateThatIsItselfARoot() {
    Made own = device("alice").bySelf();
    Judging.of(own).accepts(own);
    judging.refuses(UNTRUSTED_CREDENTIAL, own);
  }

  @Test
  void takesTheFirstCertificateForTheDevice() {
    judging.refuses(WRONG_PURPOSE, middle, alice);
  }

  @Test
  void refusesASelfSignedStranger() {
    assertThat(judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").bySelf()))
        .contains("signed by itself");
    Made stranger = authority("stranger").bySelf();
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(stranger), stranger);
  }

  @Test
  void refusesAnotherKeyUnderTheNameOfTheRoot() {
    Made impostor = authority("root").bySelf();
    assertThat(judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(impostor), impostor))
        .contains("is not signed by");
    assertThat(judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(impostor)))
        .contains("is not signed by");
  }

  @Test
  void refusesTheKeyOfTheRootUnderAnotherName() {
    KeyPair key = CertificateDraft.keys("Ed25519");
    Made trusted = authority("root").key(key).bySelf();
    Made renamed = authority("other").key(key).bySelf();
    assertThat(Judging.of(trusted).refuses(UNTRUSTED_CREDENTIAL, device("alice").by(renamed)))
        .contains("leads to no configured root");
  }

  @Test
  void refusesAGapInTheChain() {
    assertThat(judging.refuses(UNTRUSTED_CREDENTIAL, alice)).contains("CN=middle");
  }

  @Test
  void acceptsBothEndsOfTheValidityAndNothingBeyond() {
    judging.at(FROM).accepts(alice, middle);
    judging.at(TO).accepts(alice, middle);
    judging.at(FROM.minusMillis(1)).refuses(NOT_YET_VALID, alice, middle);
    judging.at(TO.plusSeconds(1)).refuses(EXPIRED, alice, middle);
  }

  @Test
  void refusesWhatIsExpiredOrNotYetValidAnywhereOnThePath() {
    Made old = device("alice").valid(FROM, NOW.minusSeconds(1)).by(middle);
    assertThat(judging.refuses(EXPIRED, old, middle)).contains("CN=alice expired");
    judging.refuses(
        NOT_YET_VALID, device("alice").valid(NOW.plusSeconds(1), TO).by(middle), middle);

    Made oldMiddle = authority("middle").valid(FROM, NOW.minusSeconds(1)).by(root);
    assertThat(judging.refuses(EXPIRED, device("alice").by(oldMiddle), oldMiddle))
        .contains("CN=middle");
    Made newMiddle = authority("middle").valid(NOW.plusSeconds(1), TO).by(root);
    judging.refuses(NOT_YET_VALID, device("alice").by(newMiddle), newMiddle);

    Made oldRoot = authority("old").valid(FROM, NOW.minusSeconds(1)).bySelf();
    assertThat(Judging.of(oldRoot).refuses(EXPIRED, device("alice").by(oldRoot)))
        .contains("CN=old");
  }

  @Test
  void refusesAnIssuerThatIsNoAuthority() {
    Made device = device("middle").usage(KeyUsage.keyCertSign).by(root);
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(device), device);
    Made silent = authority("middle").without(Extension.basicConstraints).by(root);
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(silent), silent);
    Made noRoot =
        authority("root")
            .with(Extension.basicConstraints, true, new BasicConstraints(false))
            .bySelf();
    Judging.of(noRoot).refuses(UNTRUSTED_CREDENTIAL, device("alice").by(noRoot));
  }

  @Test
  void refusesAVersion1CertificateAsAuthority() {
    Made old = authority("middle").version1By(root);
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(old), old);
  }

  @Test
  void refusesAnAuthorityWhoseKeyMayNotSignCertificates() {
    Made crlsOnly = authority("middle").usage(KeyUsage.cRLSign).by(root);
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(crlsOnly), crlsOnly);
    Made uncritical =
        authority("middle")
            .with(Extension.keyUsage, false, new KeyUsage(KeyUsage.cRLSign))
            .by(root);
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(uncritical), uncritical);
    Made unsaid = authority("middle").without(Extension.keyUsage).by(root);
    judging.accepts(device("alice").by(unsaid), unsaid);
  }

  @Test
  void refusesMoreAuthoritiesThanThePathLengthAllows() {
    Made none = authority("none").pathLength(0).by(root);
    judging.accepts(device("alice").by(none), none);
    Made below = authority("below").by(none);
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(below), below, none);
    Made one = authority("one").pathLength(1).by(root);
    Made belowOne = authority("below").by(one);
    judging.accepts(device("alice").by(belowOne), belowOne, one);
  }

  @Test
  void obeysThePathLengthOfTheRootItself() {
    Made strict = authority("strict").pathLength(0).bySelf();
    Made below = authority("below").by(strict);
    Judging.of(strict).accepts(device("alice").by(strict));
    Judging.of(strict).refuses(UNTRUSTED_CREDENTIAL, device("alice").by(below), below);
  }

  @Test
  void doesNotCountACertificateOfTheAuthorityForItsOwnNextKey() {
    Made strict = authority("strict").pathLength(0).bySelf();
    Made rolled = authority("strict").pathLength(0).by(strict);
    Judging.of(strict).accepts(device("alice").by(rolled), rolled);
  }

  @Test
  void obeysNameConstraints() {
    Made permitted = constrained(new NameConstraints(dns("site.example"), null));
    judging.expecting("a.site.example").accepts(device("a.site.example").by(permitted), permitted);
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(permitted), permitted);
    judging
        .expecting("a.site.example")
        .refuses(
            UNTRUSTED_CREDENTIAL,
            device("a.site.example").names("a.site.example", "alice").by(permitted),
            permitted);

    Made excluded = constrained(new NameConstraints(null, dns("alice")));
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(excluded), excluded);
    judging.expecting("carol").accepts(device("carol").by(excluded), excluded);
  }

  @Test
  void obeysNameConstraintsOfTheRootItself() {
    Made strict =
        authority("strict")
            .with(Extension.nameConstraints, true, new NameConstraints(dns("site"), null))
            .bySelf();
    Judging.of(strict).refuses(UNTRUSTED_CREDENTIAL, device("alice").by(strict));
    Judging.of(strict).expecting("a.site").accepts(device("a.site").by(strict));
  }

  @Test
  void refusesAnUnknownCriticalExtensionAnywhere() {
    DERUTF8String value = new DERUTF8String("?");
    judging.accepts(device("alice").with(UNKNOWN, false, value).by(middle), middle);
    judging.refuses(
        UNTRUSTED_CREDENTIAL, device("alice").with(UNKNOWN, true, value).by(middle), middle);
    Made strange = authority("middle").with(UNKNOWN, true, value).by(root);
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(strange), strange);
    Made strangeRoot = authority("root").with(UNKNOWN, true, value).bySelf();
    Judging.of(strangeRoot).refuses(UNTRUSTED_CREDENTIAL, device("alice").by(strangeRoot));
  }

  @Test
  void refusesAPathWithoutThePolicyThatAnAuthorityRequires() {
    Made strict =
        authority("middle")
            .with(Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null))
            .by(root);
    judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(strict), strict);
  }

  @Test
  void leavesLoopsAndStillFindsTheWayOut() {
    KeyPair a = CertificateDraft.keys("Ed25519");
    KeyPair b = CertificateDraft.keys("Ed25519");
    Made aSelf = authority("a").key(a).bySelf();
    Made bByA = authority("b").key(b).by(aSelf);
    Made aByB = authority("a").key(a).by(bByA);
    Made device = device("alice").by(aByB);
    judging.refuses(UNTRUSTED_CREDENTIAL, device, aByB, bByA);
    judging.refuses(UNTRUSTED_CREDENTIAL, device, aByB, bByA, aSelf);
    Made out = authority("b").key(b).by(root);
    judging.accepts(device, aByB, bByA, out);
    judging.accepts(device, bByA, out, aByB, aSelf);
  }

  @Test
  void looksForASoundPathAmongUnsoundOnes() {
    KeyPair key = CertificateDraft.keys("Ed25519");
    Made expired = authority("middle").key(key).valid(FROM, NOW.minusSeconds(1)).by(root);
    Made renewed = authority("middle").key(key).by(root);
    judging.accepts(device("alice").by(renewed), expired, renewed);
    judging.refuses(EXPIRED, device("alice").by(renewed), expired);
  }

  @Test
  void endsQuicklyOnAuthoritiesThatAllCertifyEachOther() {
    KeyPair key = CertificateDraft.keys("Ed25519");
    Made self = authority("hydra").key(key).bySelf();
    Made[] chain = new Made[8];
    chain[0] = device("alice").by(self);
    for (int i = 1; i < chain.length; i++) {
      chain[i] = authority("hydra").key(key).by(self);
    }
    judging.refuses(UNTRUSTED_CREDENTIAL, chain);
  }

  @Test
  void acceptsEightCertificatesAndNotNine() {
    Made[] chain = new Made[9];
    Made above = root;
    for (int i = 8; i > 0; i--) {
      above = authority("authority-" + i).by(above);
      chain[i] = above;
    }
    chain[0] = device("alice").by(above);
    judging.refuses(MALFORMED, chain);
    Made[] shorter = Arrays.copyOfRange(chain, 1, 9);
    shorter[0] = device("alice").by(chain[2]);
    judging.accepts(shorter);
  }

  @Test
  void refusesAChainThatIsLongerThanACredentialMayBe() {
    judging.accepts(padded(OwnCredential.MAX_BYTES - 1000), middle);
    judging.refuses(MALFORMED, padded(OwnCredential.MAX_BYTES), middle);
  }

  private Made padded(int bytes) {
    return device("alice").with(UNKNOWN, false, new DERUTF8String("x".repeat(bytes))).by(middle);
  }

  @Test
  void refusesBytesThatAreNoChain() throws IOException {
    byte[] sound = Judging.shown(alice, middle);
    judging.refuses(MALFORMED, new byte[0]);
    judging.refuses(MALFORMED, Arrays.copyOf(sound, sound.length + 1));
    judging.refuses(MALFORMED, Arrays.copyOf(sound, sound.length - 1));
    judging.refuses(MALFORMED, new byte[] {0, 0, 0, 0});
    judging.refuses(MALFORMED, new byte[] {-1, -1, -1, -1, 0x30});
    byte[] trailing = Arrays.copyOf(der(alice), der(alice).length + 1);
    judging.refuses(MALFORMED, framed(trailing));
  }

  @Test
  void refusesACertificateThatIsNotDer() throws IOException {
    Certificate sound = device("alice").by(root).certificate().toASN1Structure();
    byte[] ber =
        new BERSequence(
                new org.bouncycastle.asn1.ASN1Encodable[] {
                  sound.getTBSCertificate(), sound.getSignatureAlgorithm(), sound.getSignature()
                })
            .getEncoded(ASN1Encoding.BER);
    judging.refuses(MALFORMED, framed(ber));
  }

  @Test
  void refusesAnOuterAlgorithmThatIsNotTheSignedOne() throws IOException {
    Made direct = device("alice").by(root);
    judging.accepts(direct);
    Certificate sound = direct.certificate().toASN1Structure();
    AlgorithmIdentifier other =
        new AlgorithmIdentifier(sound.getSignatureAlgorithm().getAlgorithm(), DERNull.INSTANCE);
    byte[] altered =
        new DERSequence(
                new org.bouncycastle.asn1.ASN1Encodable[] {
                  sound.getTBSCertificate(), other, sound.getSignature()
                })
            .getEncoded();
    judging.refuses(UNTRUSTED_CREDENTIAL, framed(altered));
  }

  @Test
  void refusesExtensionsThatCannotBeRead() {
    for (ASN1ObjectIdentifier kind :
        new ASN1ObjectIdentifier[] {
          Extension.subjectAlternativeName,
          Extension.keyUsage,
          Extension.extendedKeyUsage,
          Extension.basicConstraints
        }) {
      for (byte[] value : new byte[][] {{}, {5, 0}, {0x30, 5}}) {
        Made garbled = device("alice").withRaw(kind, false, value).by(middle);
        assertThat(judging.judge(Judging.shown(garbled, middle)))
            .as(kind + " " + Arrays.toString(value))
            .isInstanceOf(org.eveproof.bootstrap.CredentialJudge.Untrusted.class);
      }
    }
  }

  @Test
  void keepsNamesOnOneLine() {
    Made evil = device("evil\\0A\\1B[31m\\E2\\80\\AE").by(authority("x").bySelf());
    assertThat(judging.refuses(UNTRUSTED_CREDENTIAL, evil))
        .doesNotContain("\u001B")
        .doesNotContain("\u202E");
  }

  private Made constrained(NameConstraints constraints) {
    return authority("middle").with(Extension.nameConstraints, true, constraints).by(root);
  }

  private static GeneralSubtree[] dns(String name) {
    return new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, name))};
  }

  private static byte[] der(Made made) throws IOException {
    X509CertificateHolder certificate = made.certificate();
    return certificate.getEncoded();
  }

  private static byte[] framed(byte[] der) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(der.length).array());
    bytes.writeBytes(der);
    return bytes.toByteArray();
  }
}
