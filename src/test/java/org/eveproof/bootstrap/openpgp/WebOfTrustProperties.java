package org.eveproof.bootstrap.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eveproof.bootstrap.openpgp.Ownertrust.FULL;
import static org.eveproof.bootstrap.openpgp.Ownertrust.UNKNOWN;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.eveproof.bootstrap.CredentialJudge.Judgement;
import org.eveproof.bootstrap.CredentialJudge.Trusted;
import org.eveproof.bootstrap.CredentialJudge.Untrusted;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.protocol.Party;

/** Whatever bytes a peer shows, or a file holds, there is an answer, and never yes by accident. */
class WebOfTrustProperties {
  private static final Web WEB =
      new Web()
          .key("i", FULL)
          .certify("i", "me")
          .key("bob", UNKNOWN)
          .certify("bob", "i")
          .key("eve", UNKNOWN);
  private static final byte[] GOOD = WEB.draft("bob").bytes();
  private static final byte[] STRANGER = WEB.draft("eve").bytes();

  private static Judgement judge(byte[] shown, String name) {
    try {
      return new WebOfTrust(WEB.keyringWithout("bob"), WEB.trusts(), TrustOptions.DEFAULT)
          .judge(shown, new DeviceName(name), Party.ALICE, KeyDraft.NOW);
    } catch (OpenPgpFileException e) {
      throw new AssertionError(e);
    }
  }

  /** A certificate may lose parts that are not signed and stay good; its key never changes. */
  private static void assertSameKeyOrRefused(byte[] changed) {
    Judgement judgement = judge(changed, "bob");
    if (judgement instanceof Trusted trusted) {
      Trusted original = (Trusted) judge(GOOD, "bob");
      assertThat(trusted.id()).isEqualTo(original.id());
      assertThat(trusted.key().encode()).isEqualTo(original.key().encode());
    } else {
      assertThat(((Untrusted) judgement).text()).doesNotContainPattern("\\R");
    }
  }

  @Property(tries = 1500, seed = "41")
  void noChangedByteMakesAnotherKeyTrusted(
      @ForAll @IntRange(max = 4095) int at, @ForAll byte change) {
    byte[] changed = GOOD.clone();
    changed[at % changed.length] ^= change;
    assertSameKeyOrRefused(changed);
  }

  @Property(tries = 1000, seed = "42")
  void noChangeMakesAStrangerTrusted(@ForAll @IntRange(max = 4095) int at, @ForAll byte change) {
    byte[] changed = STRANGER.clone();
    changed[at % changed.length] ^= change;
    assertThat(judge(changed, "eve")).isInstanceOf(Untrusted.class);
  }

  @Property(tries = 1000, seed = "43")
  void noSpliceMakesAnotherKeyTrusted(
      @ForAll @IntRange(max = 4095) int from,
      @ForAll @IntRange(max = 4095) int to,
      @ForAll @Size(max = 8) byte[] inserted) {
    int start = from % GOOD.length;
    int end = to % STRANGER.length;
    byte[] changed =
        ByteBuffer.allocate(start + inserted.length + STRANGER.length - end)
            .put(GOOD, 0, start)
            .put(inserted)
            .put(STRANGER, end, STRANGER.length - end)
            .array();
    assertSameKeyOrRefused(changed);
    assertThat(judge(changed, "eve")).isInstanceOf(Untrusted.class);
  }

  @Property(tries = 500, seed = "44")
  void noBytesAreTrusted(@ForAll @Size(max = 200) byte[] anything) {
    assertThat(judge(anything, "bob")).isInstanceOf(Untrusted.class);
  }

  @Property(tries = 1000, seed = "45")
  void keyringsAreReadOrRefused(
      @ForAll @IntRange(max = 4095) int at,
      @ForAll byte change,
      @ForAll @IntRange(max = 4095) int length) {
    byte[] changed = GOOD.clone();
    changed[at % changed.length] ^= change;
    readOrRefuse(Arrays.copyOf(changed, 1 + length % changed.length));
  }

  @Property(tries = 500, seed = "46")
  void filesAreReadOrRefused(@ForAll @Size(max = 300) byte[] content) {
    readOrRefuse(content);
    try {
      Ownertrusts.parse(content);
    } catch (OpenPgpFileException refused) {
      assertThat(refused.getMessage()).doesNotContainPattern("\\R");
    }
    String armored =
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n"
            + new String(content, StandardCharsets.ISO_8859_1)
            + "\n-----END PGP PUBLIC KEY BLOCK-----\n";
    readOrRefuse(armored.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void readOrRefuse(byte[] content) {
    try {
      Keyring keyring = Keyring.parse(content);
      assertThat(KeyValidity.of(keyring, WEB.trusts(), TrustOptions.DEFAULT, KeyDraft.NOW))
          .hasSameSizeAs(KeyringDescription.of(keyring, KeyDraft.NOW));
    } catch (OpenPgpFileException refused) {
      assertThat(refused.getMessage()).doesNotContainPattern("\\R");
    }
  }
}
