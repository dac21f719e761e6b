package org.eveproof.bootstrap.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.bootstrap.CredentialJudge.Judgement;
import org.eveproof.bootstrap.CredentialJudge.Trusted;
import org.eveproof.bootstrap.CredentialJudge.Untrusted;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.Refusal;
import org.eveproof.bootstrap.pki.Passphrase;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that gpg itself makes, certifies and exports. */
class GnupgFilesTest {
  private static final Instant NOW = KeyDraft.NOW;
  private static final Passphrase NONE = () -> new char[0];

  @TempDir private Path directory;
  private Gpg gpg = new Gpg(Path.of(""), NOW);

  @BeforeEach
  void makeHome() throws IOException {
    gpg = Gpg.in(directory, NOW.minusSeconds(86_400));
  }

  @AfterEach
  void stopAgent() throws Exception {
    new ProcessBuilder("gpgconf", "--homedir", directory.toString(), "--kill", "gpg-agent")
        .start()
        .waitFor();
  }

  private void generate(String userId, String algorithm, String usage, String expires)
      throws IOException {
    gpg.run("--passphrase", "", "--quick-gen-key", userId, algorithm, usage, expires);
  }

  private String fingerprint(String userId) throws IOException {
    String listed =
        new String(gpg.run("--with-colons", "--list-keys", userId), StandardCharsets.UTF_8);
    return listed
        .lines()
        .filter(line -> line.startsWith("fpr:"))
        .findFirst()
        .orElseThrow()
        .split(":", -1)[9];
  }

  private Path secret(String userId, String... options) throws IOException {
    Path file = directory.resolve("secret");
    List<String> call = new java.util.ArrayList<>(Arrays.asList(options));
    call.addAll(List.of("--export-secret-keys", userId));
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, gpg.run(call));
    return file;
  }

  /** What a device says to a shown key that its own key has certified. */
  private Judgement judge(byte[] shown) throws Exception {
    return new WebOfTrust(
            Keyring.parse(gpg.run("--export", "me")),
            Ownertrusts.parse((fingerprint("me") + ":6:\n").getBytes(StandardCharsets.US_ASCII)),
            TrustOptions.DEFAULT)
        .judge(shown, new DeviceName("bob"), Party.BOB, NOW);
  }

  private void certify(String userId) throws IOException {
    gpg.run("--default-key", "me", "--quick-sign-key", fingerprint(userId));
  }

  @ParameterizedTest
  @CsvSource({"ed25519,ED25519", "nistp256,ECDSA_P256", "rsa2048,RSA_PSS"})
  void keysOfTheseKindsProve(String algorithm, SignatureScheme scheme) throws Exception {
    generate("me", "ed25519", "cert", "never");
    generate("bob <bob@example.com>", algorithm, "cert,sign", "never");
    certify("bob");
    try (OwnCredential own = SecretKeyFile.read(secret("bob"), NONE, NOW)) {
      Judgement judgement = judge(own.shown().toBytes());
      assertThat(judgement).isInstanceOf(Trusted.class);
      Trusted trusted = (Trusted) judgement;
      assertThat(trusted.key().scheme()).isEqualTo(scheme);
      byte[] message = {1, 2, 3};
      assertThat(trusted.key().verifies(message, own.key().sign(message))).isTrue();
    }
  }

  @Test
  void aBoundSubkeyProves() throws Exception {
    generate("me", "ed25519", "cert", "never");
    generate("bob", "ed25519", "cert", "never");
    certify("bob");
    refused(Refusal.WRONG_PURPOSE, judge(gpg.run("--export", "bob")));
    String bob = fingerprint("bob");
    gpg.run("--passphrase", "", "--quick-add-key", bob, "cv25519", "encr", "never");
    refused(Refusal.WRONG_PURPOSE, judge(gpg.run("--export", "bob")));
    gpg.run("--passphrase", "", "--quick-add-key", bob, "ed25519", "sign", "never");
    assertThat(judge(gpg.run("--export", "bob"))).isInstanceOf(Trusted.class);
    try (OwnCredential own = SecretKeyFile.read(secret("bob"), NONE, NOW)) {
      assertThat(((Trusted) judge(own.shown().toBytes())).key().encode())
          .isEqualTo(own.key().verifying().encode());
    }
  }

  @Test
  void aSubkeyForAuthenticationAloneProves() throws Exception {
    generate("me", "ed25519", "cert", "never");
    generate("bob", "ed25519", "cert", "never");
    certify("bob");
    gpg.run("--passphrase", "", "--quick-add-key", fingerprint("bob"), "ed25519", "auth", "never");
    assertThat(judge(gpg.run("--export", "bob"))).isInstanceOf(Trusted.class);
    ownKeyIsTheOneThatIsTrusted(secret("bob"));
  }

  @Test
  void theSubkeyWhoseSecretHalfIsThereProves() throws Exception {
    generate("me", "ed25519", "cert", "never");
    generate("bob", "ed25519", "cert", "never");
    certify("bob");
    String bob = fingerprint("bob");
    gpg.run("--passphrase", "", "--quick-add-key", bob, "ed25519", "sign", "never");
    String older = lastFingerprint("bob");
    gpg = gpg.at(gpg.now().plusSeconds(10));
    gpg.run("--passphrase", "", "--quick-add-key", bob, "ed25519", "sign", "never");
    Path file = secret("bob");
    Files.write(file, gpg.run("--export-secret-subkeys", older + "!"));
    ownKeyIsTheOneThatIsTrusted(file);
  }

  private void ownKeyIsTheOneThatIsTrusted(Path file) throws Exception {
    try (OwnCredential own = SecretKeyFile.read(file, NONE, NOW)) {
      assertThat(((Trusted) judge(own.shown().toBytes())).key().encode())
          .isEqualTo(own.key().verifying().encode());
    }
  }

  private String lastFingerprint(String userId) throws IOException {
    String listed =
        new String(gpg.run("--with-colons", "--list-keys", userId), StandardCharsets.UTF_8);
    return listed
        .lines()
        .filter(line -> line.startsWith("fpr:"))
        .reduce("", (one, next) -> next)
        .split(":", -1)[9];
  }

  @Test
  void anExpiredSubkeyDoesNot() throws Exception {
    generate("me", "ed25519", "cert", "never");
    generate("bob", "ed25519", "cert", "never");
    certify("bob");
    gpg.run(
        "--passphrase", "", "--quick-add-key", fingerprint("bob"), "ed25519", "sign", "seconds=60");
    refused(Refusal.WRONG_PURPOSE, judge(gpg.run("--export", "bob")));
  }

  @Test
  void aSmallRsaKeyDoesNot() throws Exception {
    generate("me", "ed25519", "cert", "never");
    generate("bob", "rsa1024", "cert,sign", "never");
    certify("bob");
    refused(Refusal.WRONG_PURPOSE, judge(gpg.run("--export", "bob")));
  }

  private static void refused(Refusal reason, Judgement judgement) {
    assertThat(judgement).isInstanceOf(Untrusted.class);
    assertThat(((Untrusted) judgement).reason()).isEqualTo(reason);
  }

  @Test
  void readsSecretKeysWithAPassphrase() throws Exception {
    gpg.run("--passphrase", "open sesame", "--quick-gen-key", "bob", "ed25519", "sign", "never");
    for (String form : new String[] {"--armor", "--no-armor"}) {
      Path file = secret("bob", "--passphrase", "open sesame", form);
      try (OwnCredential own = SecretKeyFile.read(file, () -> "open sesame".toCharArray(), NOW)) {
        assertThat(own.key().verifying().scheme()).isEqualTo(SignatureScheme.ED25519);
      }
      assertThatThrownBy(() -> SecretKeyFile.read(file, () -> "open".toCharArray(), NOW))
          .isInstanceOf(OpenPgpFileException.class)
          .hasMessageContaining("passphrase");
    }
  }

  @Test
  void refusesSecretKeysThatAreNotOneClosedFile() throws Exception {
    generate("bob", "ed25519", "sign", "never");
    Path file = secret("bob");
    byte[] good = Files.readAllBytes(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    refusedFile("600", file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.write(file, Arrays.copyOf(good, good.length - 1));
    refusedFile("cut off", file);
    byte[] twice = Arrays.copyOf(good, 2 * good.length);
    System.arraycopy(good, 0, twice, good.length, good.length);
    Files.write(file, twice);
    refusedFile("more than one", file);
    Files.write(file, gpg.run("--export", "bob"));
    refusedFile("no secret key", file);
    refusedFile("no such file", directory.resolve("none"));
  }

  private static void refusedFile(String part, Path file) {
    assertThatThrownBy(() -> SecretKeyFile.read(file, NONE, NOW))
        .isInstanceOf(OpenPgpFileException.class)
        .hasMessageContaining(part);
  }

  @Test
  void readsArmorAsItReadsPackets() throws Exception {
    generate("bob", "ed25519", "sign", "never");
    byte[] binary = gpg.run("--export", "bob");
    byte[] armored = gpg.run("--armor", "--export", "bob");
    assertThat(fingerprints(armored)).isEqualTo(fingerprints(binary)).hasSize(1);
    String text = new String(armored, StandardCharsets.US_ASCII);
    assertThat(fingerprints((text + "\n" + text).getBytes(StandardCharsets.US_ASCII))).hasSize(1);
    refusedKeyring("cut off", text.substring(0, text.length() - 60));
    refusedKeyring("cut off", text.replaceFirst("(?m)^=.{4}$", "=AAAA"));
    refusedKeyring("cut off", text + "more");
    refusedKeyring("no PGP PUBLIC KEY BLOCK", "hello");
    refusedKeyring("empty", "");
    refusedKeyring("longer than", "x".repeat(10_000_000));
    assertThatThrownBy(() -> Keyring.parse(Arrays.copyOf(binary, binary.length - 1)))
        .isInstanceOf(OpenPgpFileException.class)
        .hasMessageContaining("cut off");
  }

  private static List<String> fingerprints(byte[] keyring) throws OpenPgpFileException {
    return Keyring.parse(keyring).certificates().stream().map(Certificate::fingerprint).toList();
  }

  private static void refusedKeyring(String part, String text) {
    assertThatThrownBy(() -> Keyring.parse(text.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(OpenPgpFileException.class)
        .hasMessageContaining(part);
  }

  @Test
  void refusesWhatIsNoOwnertrust() {
    String key = "0123456789ABCDEF0123456789ABCDEF01234567";
    for (String line : new String[] {key, key + ":7:", key + ":5", key.substring(1) + ":5:", "x"}) {
      assertThatThrownBy(() -> Ownertrusts.parse(line.getBytes(StandardCharsets.US_ASCII)))
          .as(line)
          .isInstanceOf(OpenPgpFileException.class)
          .hasMessageContaining("line 1 ");
    }
  }
}
