package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eveproof.bootstrap.pki.CertificateDraft.authority;
import static org.eveproof.bootstrap.pki.CertificateDraft.device;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.eveproof.bootstrap.CredentialJudge.Trusted;
import org.eveproof.bootstrap.CredentialJudge.Untrusted;
import org.eveproof.bootstrap.pki.CertificateDraft.Made;

/** Whatever bytes a peer shows, or a file holds, the judge answers, and never yes by accident. */
class CertificateAuthoritiesProperties {
  private static final Made ROOT = authority("root").bySelf();
  private static final Made MIDDLE = authority("middle").by(ROOT);
  private static final Made ALICE = device("alice").by(MIDDLE);
  private static final byte[] SHOWN = Judging.shown(ALICE, MIDDLE);
  private static final Judging JUDGING = Judging.of(ROOT);

  @Property(tries = 4000, seed = "31")
  void noChangedByteIsAccepted(@ForAll @IntRange(max = 4095) int at, @ForAll byte change) {
    byte[] changed = SHOWN.clone();
    changed[at % changed.length] ^= change;
    assertThat(JUDGING.judge(changed)).isInstanceOf(change == 0 ? Trusted.class : Untrusted.class);
  }

  @Property(tries = 1000, seed = "32")
  void noCutInsertedOrRepeatedBytesAreAccepted(
      @ForAll @IntRange(max = 4095) int from,
      @ForAll @IntRange(max = 4095) int to,
      @ForAll @Size(max = 8) byte[] inserted) {
    int start = from % SHOWN.length;
    int end = to % SHOWN.length;
    ByteBuffer changed =
        ByteBuffer.allocate(start + inserted.length + SHOWN.length - end)
            .put(SHOWN, 0, start)
            .put(inserted)
            .put(SHOWN, end, SHOWN.length - end);
    boolean same = Arrays.equals(changed.array(), SHOWN);
    assertThat(JUDGING.judge(changed.array())).isInstanceOf(same ? Trusted.class : Untrusted.class);
  }

  @Property(tries = 500, seed = "33")
  void noBytesAreAccepted(@ForAll @Size(max = 200) byte[] anything) {
    assertThat(JUDGING.judge(anything)).isInstanceOf(Untrusted.class);
    byte[] framed =
        ByteBuffer.allocate(4 + anything.length).putInt(anything.length).put(anything).array();
    assertThat(JUDGING.judge(framed)).isInstanceOf(Untrusted.class);
  }

  @Property(tries = 20, seed = "34")
  void nestingIsNoWayIn(@ForAll @IntRange(min = 1, max = 60_000) int depth) {
    byte[] nested = new byte[4 + 4 * depth];
    ByteBuffer buffer = ByteBuffer.wrap(nested).putInt(4 * depth);
    for (int left = depth - 1; left >= 0; left--) {
      buffer.put((byte) 0x30).put((byte) 0x82).putShort((short) Math.min(4 * left, 65535));
    }
    assertThat(JUDGING.judge(nested)).isInstanceOf(Untrusted.class);
    ByteBuffer indefinite = ByteBuffer.allocate(4 + 2 * depth).putInt(2 * depth);
    for (int i = 0; i < depth; i++) {
      indefinite.put((byte) 0x30).put((byte) 0x80);
    }
    assertThat(JUDGING.judge(indefinite.array())).isInstanceOf(Untrusted.class);
  }

  @Property(tries = 1000, seed = "35")
  void noChangedWordOnRevocationIsBelieved(
      @ForAll @IntRange(max = 4095) int at, @ForAll byte change) throws Exception {
    Made device = device("alice").by(ROOT);
    byte[] crl = new RevocationDraft(ROOT).crl().getEncoded();
    if (change != 0) {
      crl[at % crl.length] ^= change;
    }
    PkiFile file;
    try {
      file = PkiFile.parse(crl);
    } catch (PkiFileException refused) {
      return;
    }
    assertThat(
            JUDGING
                .revocation(new RevocationLists(file.crls(), file.responses()))
                .judge(Judging.shown(device)))
        .isInstanceOf(change == 0 ? Trusted.class : Untrusted.class);
  }

  @Property(tries = 1000, seed = "36")
  void noChangedResponseIsBelieved(@ForAll @IntRange(max = 4095) int at, @ForAll byte change) {
    Made device = device("alice").by(ROOT);
    BasicOCSPResp changed;
    try {
      byte[] response = new RevocationDraft(ROOT).ocsp(device, CertificateStatus.GOOD).getEncoded();
      response[at % response.length] ^= change;
      changed =
          new BasicOCSPResp(org.bouncycastle.asn1.ocsp.BasicOCSPResponse.getInstance(response));
    } catch (java.io.IOException | RuntimeException refused) {
      return;
    }
    assertThat(
            JUDGING
                .revocation(new RevocationLists(List.of(), List.of(changed)))
                .judge(Judging.shown(device)))
        .isInstanceOf(change == 0 ? Trusted.class : Untrusted.class);
  }

  @Property(tries = 1000, seed = "37")
  void filesAreReadOrRefused(@ForAll @Size(max = 300) byte[] content) {
    try {
      assertThat(PkiFile.parse(content).certificates()).isEmpty();
    } catch (PkiFileException refused) {
      assertThat(refused.getMessage()).doesNotContainPattern("\\R");
    }
  }
}
