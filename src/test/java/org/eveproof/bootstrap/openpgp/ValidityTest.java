package org.eveproof.bootstrap.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eveproof.bootstrap.openpgp.Ownertrust.FULL;
import static org.eveproof.bootstrap.openpgp.Ownertrust.MARGINAL;
import static org.eveproof.bootstrap.openpgp.Ownertrust.NEVER;
import static org.eveproof.bootstrap.openpgp.Ownertrust.ULTIMATE;
import static org.eveproof.bootstrap.openpgp.Ownertrust.UNKNOWN;

import java.util.HexFormat;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPSignature;
import org.eveproof.bootstrap.openpgp.KeyDraft.Making;
import org.junit.jupiter.api.Test;

/** The rule of validity, one case for each thing that can make it fail. */
class ValidityTest {
  private static final int DAY = KeyDraft.DAY;

  private static Web introducedBy(Ownertrust level, int count) {
    Web web = new Web().key("bob", UNKNOWN);
    for (int i = 0; i < count; i++) {
      web.key("i" + i, level).certify("i" + i, "me").certify("bob", "i" + i);
    }
    return web;
  }

  @Test
  void oneFullyTrustedIntroducerSuffices() throws Exception {
    assertThat(introducedBy(FULL, 1).validity("bob")).isEqualTo(Validity.FULL);
  }

  @Test
  void threeMarginalOnesSufficeAndTwoDoNot() throws Exception {
    assertThat(introducedBy(MARGINAL, 3).validity("bob")).isEqualTo(Validity.FULL);
    assertThat(introducedBy(MARGINAL, 2).validity("bob")).isEqualTo(Validity.MARGINAL);
  }

  @Test
  void theNumbersAreOptions() throws Exception {
    TrustOptions strict = new TrustOptions(2, 4, 5, TrustModel.PGP);
    assertThat(introducedBy(FULL, 1).with(strict).validity("bob")).isEqualTo(Validity.MARGINAL);
    assertThat(introducedBy(FULL, 2).with(strict).validity("bob")).isEqualTo(Validity.FULL);
    assertThat(introducedBy(MARGINAL, 3).with(strict).validity("bob")).isEqualTo(Validity.MARGINAL);
    assertThat(introducedBy(MARGINAL, 4).with(strict).validity("bob")).isEqualTo(Validity.FULL);
  }

  @Test
  void nobodyIsAnIntroducerWithoutOwnertrust() throws Exception {
    assertThat(introducedBy(UNKNOWN, 5).validity("bob")).isEqualTo(Validity.UNDEFINED);
    assertThat(introducedBy(NEVER, 5).validity("bob")).isEqualTo(Validity.UNDEFINED);
  }

  @Test
  void ownertrustOfAKeyThatIsNotValidDoesNotCount() throws Exception {
    Web web = new Web().key("stranger", FULL).key("bob", UNKNOWN).certify("bob", "stranger");
    assertThat(web.validity("bob")).isEqualTo(Validity.UNKNOWN);
    assertThat(web.certify("stranger", "me").validity("bob")).isEqualTo(Validity.FULL);
  }

  @Test
  void aChainOfMarginalIntroducersLeadsNowhere() throws Exception {
    Web web =
        new Web()
            .key("one", MARGINAL)
            .key("two", MARGINAL)
            .key("bob", UNKNOWN)
            .certify("one", "me")
            .certify("two", "one")
            .certify("bob", "two");
    assertThat(web.validity("two")).isEqualTo(Validity.MARGINAL);
    assertThat(web.validity("bob")).isEqualTo(Validity.UNKNOWN);
  }

  private static Web chain(int length) {
    Web web = new Web();
    String before = "me";
    for (int i = 1; i <= length; i++) {
      web.key("k" + i, FULL).certify("k" + i, before);
      before = "k" + i;
    }
    return web;
  }

  @Test
  void theFifthOfAChainIsValidAndTheSixthIsNot() throws Exception {
    assertThat(chain(6).validity("k5")).isEqualTo(Validity.FULL);
    assertThat(chain(6).validity("k6")).isEqualTo(Validity.UNKNOWN);
    assertThat(chain(6).with(new TrustOptions(1, 3, 6, TrustModel.PGP)).validity("k6"))
        .isEqualTo(Validity.FULL);
  }

  @Test
  void aLoopVouchesForNobody() throws Exception {
    Web web =
        new Web()
            .key("one", FULL)
            .key("two", FULL)
            .certify("one", "two")
            .certify("two", "one")
            .certify("two", "two");
    assertThat(web.validity("one")).isEqualTo(Validity.UNKNOWN);
    assertThat(web.validity("two")).isEqualTo(Validity.UNKNOWN);
    assertThat(web.certify("one", "me").validity("two")).isEqualTo(Validity.FULL);
  }

  @Test
  void aRevokedIntroducerDoesNotCount() throws Exception {
    Web web = new Web().bare("i", FULL).key("bob", UNKNOWN);
    web.draft("i").sign(web.draft("i"), Making.of(PGPSignature.KEY_REVOCATION, 100));
    web.named("i").certify("i", "me").certify("bob", "i");
    assertThat(web.validity("i")).isEqualTo(Validity.REVOKED);
    assertThat(web.validity("bob")).isEqualTo(Validity.UNKNOWN);
  }

  @Test
  void aRevocationByAStrangerIsNone() throws Exception {
    Web web = new Web().bare("i", FULL).key("bob", UNKNOWN);
    web.draft("i").sign(web.draft("bob"), Making.of(PGPSignature.KEY_REVOCATION, 100));
    web.named("i").certify("i", "me").certify("bob", "i");
    assertThat(web.validity("bob")).isEqualTo(Validity.FULL);
  }

  // Newer standards advise against designated revokers; GnuPG 2.2 heeds them.
  @SuppressWarnings("deprecation")
  @Test
  void aDesignatedRevokerRevokes() throws Exception {
    Web web = new Web().bare("i", FULL).key("revoker", UNKNOWN);
    byte[] revoker = HexFormat.of().parseHex(web.draft("revoker").fingerprint());
    web.draft("i")
        .sign(
            web.draft("i"),
            Making.of(PGPSignature.DIRECT_KEY, 2000)
                .with(parts -> parts.addRevocationKey(false, 22, revoker)))
        .sign(web.draft("revoker"), Making.of(PGPSignature.KEY_REVOCATION, 100));
    assertThat(web.named("i").certify("i", "me").validity("i")).isEqualTo(Validity.REVOKED);
  }

  private static Web expiring(long days) {
    Web web = new Web().bare("i", FULL).key("bob", UNKNOWN);
    web.draft("i").id(Web.id("i"), 2000, parts -> parts.setKeyExpirationTime(days * DAY));
    return web.certify("i", "me").certify("bob", "i");
  }

  @Test
  void anExpiredIntroducerDoesNotCount() throws Exception {
    assertThat(expiring(2999).validity("i")).isEqualTo(Validity.EXPIRED);
    assertThat(expiring(2999).validity("bob")).isEqualTo(Validity.UNKNOWN);
    assertThat(expiring(3000).validity("bob")).isEqualTo(Validity.FULL);
  }

  @Test
  void onesOwnKeyCountsNoMoreWhenItHasExpired() throws Exception {
    Web web = new Web().bare("old", ULTIMATE).key("bob", UNKNOWN);
    web.draft("old").id(Web.id("old"), 2000, parts -> parts.setKeyExpirationTime(2999L * DAY));
    assertThat(web.certify("bob", "old").validity("bob")).isEqualTo(Validity.UNKNOWN);
  }

  private static Web certified(Making... makings) {
    Web web = new Web().key("bob", UNKNOWN);
    for (Making making : makings) {
      web.certify("bob", "me", making);
    }
    return web;
  }

  @Test
  void aRevokedCertificationDoesNotCount() throws Exception {
    Making sound = Making.certification(1000);
    assertThat(certified(sound).validity("bob")).isEqualTo(Validity.FULL);
    assertThat(certified(sound, Making.revocation(999)).validity("bob"))
        .isEqualTo(Validity.UNKNOWN);
    assertThat(certified(Making.revocation(1001), sound).validity("bob")).isEqualTo(Validity.FULL);
    assertThat(
            certified(sound.with(parts -> parts.setRevocable(true, false)), Making.revocation(999))
                .validity("bob"))
        .isEqualTo(Validity.FULL);
  }

  @Test
  void everyLocalCertificationCounts() throws Exception {
    Web web = new Web().key("bob", UNKNOWN);
    Making local = Making.certification(1000).with(parts -> parts.setExportable(true, false));
    for (int i = 0; i < 3; i++) {
      web.key("local" + i, MARGINAL).certify("local" + i, "me").certify("bob", "local" + i, local);
    }
    assertThat(web.validity("bob")).isEqualTo(Validity.FULL);
  }

  @Test
  void anExpiredCertificationDoesNotCount() throws Exception {
    Making ending = Making.certification(1000).with(p -> p.setSignatureExpirationTime(1000L * DAY));
    Making going =
        Making.certification(1000).with(p -> p.setSignatureExpirationTime(1000L * DAY + 1));
    assertThat(certified(ending).validity("bob")).isEqualTo(Validity.UNKNOWN);
    assertThat(certified(going).validity("bob")).isEqualTo(Validity.FULL);
  }

  /** What the key "me", made so many days ago, certified of a key that was made 3000 days ago. */
  private static Web certifiedBetween(long birthOfSigner, long days) {
    Web web = new Web().bare("i", ULTIMATE, birthOfSigner).key("bob", UNKNOWN);
    return web.named("i", 100).certify("bob", "i", Making.certification(days));
  }

  @Test
  void aCertificationOlderThanTheKeyThatItIsAboutDoesNotCount() throws Exception {
    assertThat(certifiedBetween(3100, 3000).validity("bob")).isEqualTo(Validity.FULL);
    assertThat(certifiedBetween(3100, 3001).validity("bob")).isEqualTo(Validity.UNKNOWN);
  }

  @Test
  void aCertificationOlderThanItsMakersKeyCounts() throws Exception {
    assertThat(certifiedBetween(500, 1000).validity("bob")).isEqualTo(Validity.FULL);
  }

  @Test
  void weakHashesDoNotCount() throws Exception {
    // 2019-01-19 is 2690 days before the time of judgement.
    Making late = Making.certification(2689).hashedWith(HashAlgorithmTags.SHA1);
    Making early = Making.certification(2691).hashedWith(HashAlgorithmTags.SHA1);
    Making md5 = Making.certification(2691).hashedWith(HashAlgorithmTags.MD5);
    assertThat(certified(late).validity("bob")).isEqualTo(Validity.UNKNOWN);
    assertThat(certified(early).validity("bob")).isEqualTo(Validity.FULL);
    assertThat(certified(md5).validity("bob")).isEqualTo(Validity.UNKNOWN);
  }

  @Test
  void aPersonaCertificationDoesNotCount() throws Exception {
    assertThat(certified(Making.of(PGPSignature.NO_CERTIFICATION, 1000)).validity("bob"))
        .isEqualTo(Validity.UNKNOWN);
    assertThat(certified(Making.of(PGPSignature.CASUAL_CERTIFICATION, 1000)).validity("bob"))
        .isEqualTo(Validity.FULL);
  }

  @Test
  void whatIsCriticalMustBeUnderstood() throws Exception {
    Making making = Making.certification(1000);
    assertThat(
            certified(making.with(parts -> parts.addNotationData(true, true, "a@b", "c")))
                .validity("bob"))
        .isEqualTo(Validity.UNKNOWN);
    assertThat(
            certified(making.with(parts -> parts.addNotationData(false, true, "a@b", "c")))
                .validity("bob"))
        .isEqualTo(Validity.FULL);
  }

  @Test
  void aCertificationOfAnotherUserIdDoesNotCount() throws Exception {
    Web web = new Web().key("bob", UNKNOWN);
    web.draft("bob").id("other", 2000).sign(web.draft("me"), "other", Making.certification(1000));
    assertThat(web.validity("bob")).isEqualTo(Validity.UNKNOWN);
  }

  @Test
  void aUserIdThatItsOwnerRevokedIsNotValid() throws Exception {
    Web web = certified(Making.certification(1000));
    web.draft("bob").sign(web.draft("bob"), Web.id("bob"), Making.revocation(900));
    assertThat(web.validity("bob")).isEqualTo(Validity.REVOKED);
  }

  @Test
  void aUserIdThatItsOwnerLetExpireIsNotValid() throws Exception {
    Web web = new Web().bare("bob", UNKNOWN);
    web.draft("bob").id(Web.id("bob"), 2000, p -> p.setSignatureExpirationTime(1999L * DAY));
    assertThat(web.certify("bob", "me").validity("bob")).isEqualTo(Validity.EXPIRED);
  }

  @Test
  void aUserIdThatOnlyOthersCertifyIsNotValid() throws Exception {
    assertThat(new Web().bare("bob", UNKNOWN).certify("bob", "me").validity("bob"))
        .isEqualTo(Validity.INVALID);
  }

  private static Web delegated(int depth, int amount, String expression) {
    Making making =
        Making.certification(1000)
            .with(
                parts -> {
                  parts.setTrust(true, depth, amount);
                  if (!expression.isEmpty()) {
                    parts.addRegularExpression(false, expression);
                  }
                });
    return new Web()
        .key("ca", UNKNOWN)
        .key("sub", UNKNOWN)
        .key("bob", UNKNOWN)
        .certify("ca", "me", making)
        .certify("sub", "ca", making)
        .certify("bob", "sub");
  }

  @Test
  void aTrustSignatureMakesAnIntroducerAsDeepAsItSays() throws Exception {
    assertThat(delegated(0, 120, "").validity("sub")).isEqualTo(Validity.UNDEFINED);
    assertThat(delegated(1, 120, "").validity("sub")).isEqualTo(Validity.FULL);
    assertThat(delegated(1, 120, "").validity("bob")).isEqualTo(Validity.UNDEFINED);
    assertThat(delegated(2, 120, "").validity("bob")).isEqualTo(Validity.FULL);
  }

  @Test
  void aTrustSignatureCountsByItsAmount() throws Exception {
    assertThat(delegated(1, 119, "").validity("sub")).isEqualTo(Validity.MARGINAL);
    assertThat(delegated(1, 60, "").validity("sub")).isEqualTo(Validity.MARGINAL);
    assertThat(delegated(1, 59, "").validity("sub")).isEqualTo(Validity.UNDEFINED);
  }

  @Test
  void aTrustSignatureReachesOnlyItsDomain() throws Exception {
    assertThat(delegated(1, 120, "<[^>]+[@.]example\\.com>$").validity("sub"))
        .isEqualTo(Validity.FULL);
    assertThat(delegated(1, 120, "<[^>]+[@.]example\\.org>$").validity("sub"))
        .isEqualTo(Validity.UNKNOWN);
  }

  @Test
  void theClassicModelKnowsNoTrustSignatures() throws Exception {
    assertThat(
            delegated(2, 120, "")
                .with(new TrustOptions(1, 3, 5, TrustModel.CLASSIC))
                .validity("sub"))
        .isEqualTo(Validity.UNDEFINED);
  }
}
