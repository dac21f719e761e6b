package org.eveproof.bootstrap.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eveproof.bootstrap.openpgp.Ownertrust.FULL;
import static org.eveproof.bootstrap.openpgp.Ownertrust.MARGINAL;
import static org.eveproof.bootstrap.openpgp.Ownertrust.ULTIMATE;
import static org.eveproof.bootstrap.openpgp.Ownertrust.UNKNOWN;

import java.util.Map;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPSignature;
import org.eveproof.bootstrap.CredentialJudge.Judgement;
import org.eveproof.bootstrap.CredentialJudge.Trusted;
import org.eveproof.bootstrap.CredentialJudge.Untrusted;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.Refusal;
import org.eveproof.bootstrap.openpgp.KeyDraft.Making;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device says to the certificate that a peer shows. */
class WebOfTrustTest {
  private static final DeviceName BOB = new DeviceName("bob");

  private static void refused(Refusal reason, Judgement judgement) {
    assertThat(judgement).isInstanceOf(Untrusted.class);
    Untrusted no = (Untrusted) judgement;
    assertThat(no.reason()).as(no.text()).isEqualTo(reason);
    assertThat(no.text()).isNotBlank().doesNotContainPattern("\\R");
  }

  private static void trusted(Judgement judgement) {
    assertThat(judgement).as(judgement.toString()).isInstanceOf(Trusted.class);
  }

  private static Web introduced() {
    return new Web().key("i", FULL).certify("i", "me").key("bob", UNKNOWN).certify("bob", "i");
  }

  @Test
  void trustsWhomAnIntroducerVouchesFor() throws Exception {
    trusted(introduced().judgeShown("bob"));
  }

  @Test
  void refusesAStranger() throws Exception {
    refused(Refusal.UNTRUSTED_CREDENTIAL, introduced().key("carol", UNKNOWN).judgeShown("carol"));
  }

  @Test
  void refusesWhomTooFewVouchFor() throws Exception {
    Web web = new Web().key("bob", UNKNOWN);
    for (String name : new String[] {"i", "j"}) {
      web.key(name, MARGINAL).certify(name, "me").certify("bob", name);
    }
    refused(Refusal.UNTRUSTED_CREDENTIAL, web.judgeShown("bob"));
    trusted(web.key("k", MARGINAL).certify("k", "me").certify("bob", "k").judgeShown("bob"));
  }

  @Test
  void whatAPeerShowsAddsNoOwnertrust() throws Exception {
    Web eve = new Web().key("i", FULL).key("bob", UNKNOWN).certify("bob", "i");
    // Two certificates, one of an introducer of the peer's own making.
    byte[] introducer = eve.draft("i").bytes();
    byte[] bob = eve.draft("bob").bytes();
    byte[] both = new byte[introducer.length + bob.length];
    System.arraycopy(bob, 0, both, 0, bob.length);
    System.arraycopy(introducer, 0, both, bob.length, introducer.length);
    WebOfTrust here = new WebOfTrust(eve.keyringWithout("bob"), eve.trusts(), TrustOptions.DEFAULT);
    refused(Refusal.MALFORMED, here.judge(both, BOB, Party.ALICE, KeyDraft.NOW));
    refused(Refusal.UNTRUSTED_CREDENTIAL, here.judge(bob, BOB, Party.ALICE, KeyDraft.NOW));
  }

  @Test
  void onlyACertifiedUserIdNamesTheDevice() throws Exception {
    Web web = introduced().key("eve", UNKNOWN).certify("eve", "i");
    web.draft("eve").id(Web.id("carol"), 100);
    trusted(web.judgeShown("eve"));
    WebOfTrust here = new WebOfTrust(web.keyringWithout("eve"), web.trusts(), TrustOptions.DEFAULT);
    refused(
        Refusal.UNTRUSTED_CREDENTIAL,
        here.judge(web.draft("eve").bytes(), new DeviceName("carol"), Party.ALICE, KeyDraft.NOW));
    refused(
        Refusal.WRONG_NAME,
        here.judge(web.draft("eve").bytes(), new DeviceName("dave"), Party.ALICE, KeyDraft.NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob", "bob <x@y>", "bob (router) <x@y>", "<bob>", "Robert <bob>"})
  void theseUserIdsNameBob(String userId) {
    assertThat(WebOfTrust.names(userId, BOB)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bob",
        "bob ",
        " bob",
        "bob<x@y>",
        "bobby <x@y>",
        "x <x@bob>",
        "x (bob)",
        "x <bob> y",
        "b\u043eb <x@y>"
      })
  void theseDoNot(String userId) {
    assertThat(WebOfTrust.names(userId, BOB)).isFalse();
  }

  @Test
  void refusesWhatWasRevoked() throws Exception {
    Web web = new Web().bare("bob", UNKNOWN);
    web.draft("bob").sign(web.draft("bob"), Making.of(PGPSignature.KEY_REVOCATION, 100));
    refused(Refusal.REVOKED, web.named("bob").certify("bob", "me").judgeShown("bob"));
    Web other = introduced();
    other.draft("bob").sign(other.draft("bob"), Web.id("bob"), Making.revocation(10));
    refused(Refusal.REVOKED, other.judgeShown("bob"));
  }

  @Test
  void aRevocationInTheLocalKeyringCounts() throws Exception {
    Web web = introduced();
    byte[] before = web.draft("bob").bytes();
    web.draft("bob").sign(web.draft("bob"), Web.id("bob"), Making.revocation(10));
    WebOfTrust here = new WebOfTrust(web.keyring(), web.trusts(), TrustOptions.DEFAULT);
    refused(Refusal.REVOKED, here.judge(before, BOB, Party.ALICE, KeyDraft.NOW));
  }

  @Test
  void refusesWhatHasExpired() throws Exception {
    Web web = new Web().bare("bob", UNKNOWN);
    web.draft("bob")
        .id(Web.id("bob"), 2000, parts -> parts.setKeyExpirationTime(2999L * KeyDraft.DAY));
    refused(Refusal.EXPIRED, web.certify("bob", "me").judgeShown("bob"));
  }

  @Test
  void refusesWhatIsNotYetValid() throws Exception {
    Web web = introduced();
    WebOfTrust here = new WebOfTrust(web.keyringWithout("bob"), web.trusts(), TrustOptions.DEFAULT);
    refused(
        Refusal.NOT_YET_VALID,
        here.judge(
            web.draft("bob").bytes(),
            BOB,
            Party.ALICE,
            KeyDraft.NOW.minusSeconds(3001L * KeyDraft.DAY)));
  }

  private static Web withFlags(int flags) {
    Web web = new Web().bare("bob", UNKNOWN);
    web.draft("bob")
        .sign(
            web.draft("bob"),
            Web.id("bob"),
            Making.of(PGPSignature.POSITIVE_CERTIFICATION, 2000)
                .with(parts -> parts.setKeyFlags(true, flags)));
    return web.certify("bob", "me");
  }

  @Test
  void refusesAKeyThatMayNotSign() throws Exception {
    trusted(withFlags(KeyFlags.SIGN_DATA).judgeShown("bob"));
    trusted(withFlags(KeyFlags.AUTHENTICATION).judgeShown("bob"));
    refused(Refusal.WRONG_PURPOSE, withFlags(KeyFlags.CERTIFY_OTHER).judgeShown("bob"));
    refused(
        Refusal.WRONG_PURPOSE,
        withFlags(KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE).judgeShown("bob"));
  }

  @Test
  void aCertificationThatItsMakerKeepsForHimselfIsNotTakenFromAPeer() throws Exception {
    Web web = new Web().key("bob", UNKNOWN);
    web.certify(
        "bob", "me", Making.certification(1000).with(parts -> parts.setExportable(true, false)));
    refused(Refusal.UNTRUSTED_CREDENTIAL, web.judgeShown("bob"));
    assertThat(web.validity("bob")).isEqualTo(Validity.FULL);
  }

  @Test
  void ownertrustOfTheShownKeyMustBeLocal() throws Exception {
    Web web = new Web().key("bob", ULTIMATE);
    trusted(web.judgeShown("bob"));
    refused(
        Refusal.UNTRUSTED_CREDENTIAL,
        new WebOfTrust(web.keyringWithout("bob"), Ownertrusts.of(Map.of()), TrustOptions.DEFAULT)
            .judge(web.draft("bob").bytes(), BOB, Party.ALICE, KeyDraft.NOW));
  }

  @Test
  void refusesWhatIsTooLong() throws Exception {
    refused(
        Refusal.MALFORMED,
        new WebOfTrust(introduced().keyring(), Ownertrusts.of(Map.of()), TrustOptions.DEFAULT)
            .judge(new byte[OwnCredential.MAX_BYTES + 1], BOB, Party.ALICE, KeyDraft.NOW));
  }
}
