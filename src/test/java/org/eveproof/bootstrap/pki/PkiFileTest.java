package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eveproof.bootstrap.pki.CertificateDraft.authority;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.eveproof.bootstrap.pki.CertificateDraft.Made;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file may hold, and what it may not. */
class PkiFileTest {
  private final Made root = authority("root").bySelf();
  private final String pem =
      new String(PemText.certificates(List.of(root.certificate())), StandardCharsets.US_ASCII);

  @TempDir private Path directory;

  @Test
  void readsCertificatesWithTextAround() throws Exception {
    PkiFile file = parse("subject=CN=root\n" + pem + "\nissuer=...\n\n" + pem + "the end\n");
    assertThat(file.certificates()).containsExactly(root.certificate(), root.certificate());
    assertThat(parse(pem.replace("\n", "\r\n")).certificates()).hasSize(1);
  }

  @Test
  void readsDer() throws Exception {
    assertThat(PkiFile.parse(root.certificate().getEncoded()).certificates()).hasSize(1);
    assertThat(PkiFile.parse(new RevocationDraft(root).crl().getEncoded()).crls()).hasSize(1);
    assertThat(PkiFile.parse(response(OCSPResp.SUCCESSFUL)).responses()).hasSize(1);
    refuses("responder failed", response(OCSPResp.TRY_LATER));
  }

  @Test
  void refusesDerWithSomethingBehind() throws Exception {
    for (byte[] der :
        List.of(
            root.certificate().getEncoded(),
            new RevocationDraft(root).crl().getEncoded(),
            response(OCSPResp.SUCCESSFUL))) {
      refuses("begins like DER", Arrays.copyOf(der, der.length + 1));
      refuses("begins like DER", Arrays.copyOf(der, der.length - 1));
    }
  }

  @Test
  void refusesPemThatIsCutOffAnywhere() {
    for (int length = 0; length < pem.stripTrailing().length(); length++) {
      byte[] cut = pem.substring(0, length).getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(() -> PkiFile.parse(cut)).isInstanceOf(PkiFileException.class);
    }
  }

  @Test
  void refusesASecondBlockThatIsCutOffWithinItsFirstLine() {
    refuses("cut off", (pem + "-----BEG").getBytes(StandardCharsets.US_ASCII));
    refuses("cut off", (pem + "-----BEGIN CERT").getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void refusesGarbageInAndForPem() {
    refuses("no PEM block", "hello".getBytes(StandardCharsets.US_ASCII));
    refuses("no PEM block", new byte[0]);
    refuses("damaged", pem.replaceFirst("MI", "!!").getBytes(StandardCharsets.US_ASCII));
    refuses(
        "damaged",
        "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n"
            .getBytes(StandardCharsets.US_ASCII));
    refuses(
        "none of",
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void refusesWhatIsTooLongBeforeItReadsIt() throws IOException {
    Path big = directory.resolve("big.pem");
    Files.writeString(big, pem.repeat(10 * PkiFile.MAX_BYTES / pem.length()));
    assertThat(Files.size(big)).isGreaterThan(9L * PkiFile.MAX_BYTES);
    assertThatThrownBy(() -> PkiFile.read(big))
        .isInstanceOf(PkiFileException.class)
        .hasMessageContaining("longer than 1048576 bytes");
    assertThatThrownBy(() -> PkiFile.read(directory))
        .isInstanceOf(PkiFileException.class)
        .hasMessageContaining("no file");
  }

  private byte[] response(int status) throws IOException, OCSPException {
    return new OCSPRespBuilder()
        .build(
            status,
            status == OCSPResp.SUCCESSFUL
                ? new RevocationDraft(root).ocsp(root, CertificateStatus.GOOD)
                : null)
        .getEncoded();
  }

  private static PkiFile parse(String text) throws PkiFileException {
    return PkiFile.parse(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void refuses(String part, byte[] content) {
    assertThatThrownBy(() -> PkiFile.parse(content))
        .isInstanceOf(PkiFileException.class)
        .hasMessageContaining(part)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\R"));
  }
}
