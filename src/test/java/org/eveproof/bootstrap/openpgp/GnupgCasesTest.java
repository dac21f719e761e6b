package org.eveproof.bootstrap.openpgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.eveproof.bootstrap.openpgp.KeyDraft.Making;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of kinds that are rare in random webs: gpg itself says what each is worth. */
class GnupgCasesTest {
  private static final String BOB = "bob <bob@example.com>";

  @TempDir private Path directory;

  /** Requires the validity of bob's user id, of gpg and of ours. */
  private void assertBob(char expected, String trust, KeyDraft... keys) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (KeyDraft key : keys) {
      all.writeBytes(key.bytes());
    }
    Gpg gpg = Gpg.in(directory, KeyDraft.NOW);
    Files.write(gpg.home().resolve("keys"), all.toByteArray());
    gpg.run("--import", gpg.home().resolve("keys").toString());
    gpg.run(List.of("--import-ownertrust"), trust);
    Map<String, Character> theirs = gpg.letters(GnupgValidityTest.flags(TrustOptions.DEFAULT));
    Map<String, Character> ours =
        GnupgValidityTest.letters(
            Keyring.parse(all.toByteArray()),
            Ownertrusts.parse(trust.getBytes(StandardCharsets.US_ASCII)),
            TrustOptions.DEFAULT);
    ours.keySet().retainAll(theirs.keySet());
    assertThat(ours).isEqualTo(theirs);
    assertThat(theirs.entrySet())
        .filteredOn(entry -> entry.getKey().endsWith(" " + BOB))
        .extracting(Map.Entry::getValue)
        .containsExactly(expected);
  }

  private static KeyDraft me() {
    return new KeyDraft(3000).id("me", 2000);
  }

  private static KeyDraft bob() {
    return new KeyDraft(2500).id(BOB, 2000);
  }

  private static String own(KeyDraft key) {
    return key.fingerprint() + ":6:\n";
  }

  /** Bob's key, certified by one's own in some way. */
  private void assertCertified(char expected, Making making) throws Exception {
    KeyDraft me = me();
    assertBob(expected, own(me), me, bob().sign(me, BOB, making));
  }

  private static Consumer<PGPSignatureSubpacketGenerator> critical(int type, byte... data) {
    return parts -> parts.addCustomSubpacket(new SignatureSubpacket(type, true, false, data) {});
  }

  /** Numbers of RFC 9580, section 5.2.3.7: 23 key server preferences, 24 key server, 26 policy. */
  @ParameterizedTest
  @CsvSource({"23,-", "24,f", "26,f", "28,-", "29,f", "31,-", "34,-", "35,-", "37,-", "99,-"})
  void aCriticalPartMustBeUnderstood(int type, char expected) throws Exception {
    assertCertified(
        expected,
        Making.certification(1000).with(critical(type, (byte) 0, (byte) 'x', (byte) 'y')));
  }

  @ParameterizedTest
  @CsvSource({"2500,f", "2501,-"})
  void aCertificationIsNotOlderThanTheKeyThatItIsAbout(long days, char expected) throws Exception {
    assertCertified(expected, Making.certification(days));
  }

  @ParameterizedTest
  @ValueSource(longs = {800, 1000})
  void aCertificationMayBeOlderThanItsMakersKey(long days) throws Exception {
    KeyDraft me = me();
    KeyDraft late = new KeyDraft(900).id("late", 850);
    late.sign(me, "late", Making.certification(700));
    KeyDraft bob = bob().sign(late, BOB, Making.certification(days));
    assertBob('f', own(me) + late.fingerprint() + ":5:\n", me, late, bob);
  }

  @ParameterizedTest
  @CsvSource({"0,-", "86400,-", "100000000,f"})
  void aCertificationLastsAsLongAsItSays(long seconds, char expected) throws Exception {
    assertCertified(
        expected,
        Making.certification(1000).with(p -> p.setSignatureExpirationTime(false, seconds)));
  }

  @ParameterizedTest
  @CsvSource({HashAlgorithmTags.RIPEMD160 + ",f", HashAlgorithmTags.MD5 + ",-"})
  void theHashMustCount(int hash, char expected) throws Exception {
    assertCertified(expected, Making.certification(1000).hashedWith(hash));
  }

  @ParameterizedTest
  @CsvSource({HashAlgorithmTags.SHA1 + ",f", HashAlgorithmTags.SHA256 + ",f"})
  void aKeyMayCertifyItsOwnNameWithSha1(int hash, char expected) throws Exception {
    KeyDraft me = me();
    KeyDraft bob = new KeyDraft(2500);
    bob.sign(bob, BOB, Making.of(PGPSignature.POSITIVE_CERTIFICATION, 1000).hashedWith(hash));
    assertBob(expected, own(me), me, bob.sign(me, BOB, Making.certification(900)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRevocationOfAKeyMayGiveACriticalReason(boolean critical) throws Exception {
    KeyDraft me = me();
    KeyDraft bob = new KeyDraft(2500);
    bob.sign(
        bob,
        Making.of(PGPSignature.KEY_REVOCATION, 100)
            .with(parts -> parts.setRevocationReason(critical, (byte) 1, "replaced")));
    assertBob('r', own(me), me, bob.id(BOB, 2000).sign(me, BOB, Making.certification(1000)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRevocationOfACertificationMayGiveACriticalReason(boolean critical) throws Exception {
    KeyDraft me = me();
    KeyDraft bob = bob().sign(me, BOB, Making.certification(1000));
    bob.sign(
        me,
        BOB,
        Making.revocation(900)
            .with(parts -> parts.setRevocationReason(critical, (byte) 0, "a mistake")));
    assertBob('-', own(me), me, bob);
  }

  // Newer standards advise against designated revokers; GnuPG 2.2 heeds them.
  @SuppressWarnings("deprecation")
  @ParameterizedTest
  @CsvSource({
    "2500," + HashAlgorithmTags.SHA256 + ",r",
    "2500," + HashAlgorithmTags.SHA1 + ",r",
    "50," + HashAlgorithmTags.SHA256 + ",f"
  })
  void aNamedRevokerRevokes(long birth, int hash, char expected) throws Exception {
    KeyDraft me = me();
    KeyDraft revoker = new KeyDraft(birth).id("revoker", birth - 10);
    byte[] named = HexFormat.of().parseHex(revoker.fingerprint());
    KeyDraft bob = new KeyDraft(2500);
    bob.sign(
        bob,
        Making.of(PGPSignature.DIRECT_KEY, 1000)
            .with(parts -> parts.setRevocationKey(true, 22, named)));
    bob.sign(revoker, Making.of(PGPSignature.KEY_REVOCATION, 100).hashedWith(hash));
    bob.id(BOB, 2000).sign(me, BOB, Making.certification(1000));
    assertBob(expected, own(me), me, bob, revoker);
  }

  @ParameterizedTest
  @CsvSource({
    "example.com,f",
    "EXAMPLE,f",
    "example.org,-",
    "exa\\mple.com,-",
    "exa\\.ple,-",
    "<[^>]+[@.]example\\.com>$,f",
    "<[^>]+[@.]xample\\.com>$,-",
    "example.com\\,-",
    "'',f"
  })
  void aTrustSignatureReachesAsFarAsItsExpression(String expression, char expected)
      throws Exception {
    KeyDraft me = me();
    KeyDraft introducer = new KeyDraft(2500).id("i", 2000);
    introducer.sign(
        me,
        "i",
        Making.certification(1000)
            .with(parts -> parts.setTrust(true, 1, 120))
            .with(parts -> parts.addRegularExpression(false, expression)));
    KeyDraft bob = bob().sign(introducer, BOB, Making.certification(900));
    assertBob(expected, own(me), me, introducer, bob);
  }
}
