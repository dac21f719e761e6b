package org.eveproof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.eveproof.protocol.SecretBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PskFileTest {
  private static final ProvisionedKey KEY =
      new ProvisionedKey(
          Keys.key(Keys.credential(Keys.ALICE, Keys.BOB)), ProvisionedKey.Ends.ALICE, 7);

  private static String text() {
    return new String(PskFile.encode(KEY), StandardCharsets.US_ASCII);
  }

  @Test
  void readsWhatItWrote() throws PskFileException {
    ProvisionedKey read = PskFile.parse(PskFile.encode(KEY));
    assertThat(read.key().credential()).isEqualTo(KEY.key().credential());
    assertThat(read.ends()).isEqualTo(ProvisionedKey.Ends.ALICE);
    assertThat(read.generation()).isEqualTo(7);
    try (SecretBits expected = KEY.key().secret();
        SecretBits actual = read.key().secret()) {
      assertThat(actual.sameAs(expected)).isTrue();
    }
  }

  /** The defect is the only one: the check is that of the bytes as they are. */
  private static byte[] checked(String... rightAndWrong) throws NoSuchAlgorithmException {
    String changed = text();
    for (int i = 0; i < rightAndWrong.length; i += 2) {
      changed = changed.replace(rightAndWrong[i], rightAndWrong[i + 1]);
    }
    String body = changed.substring(0, changed.indexOf("check "));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.US_ASCII));
    return (body + "check " + HexFormat.of().formatHex(digest) + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void filesOfVersionOneAreRefusedWithTheWayOut() throws NoSuchAlgorithmException {
    byte[] old = checked("eveproof-psk 2", "eveproof-psk 1");
    assertThatThrownBy(() -> PskFile.parse(old))
        .isInstanceOf(PskFileException.class)
        .hasMessageContaining("eveproof psk new");
    byte[] asItWas =
        new String(old, StandardCharsets.US_ASCII)
            .replace("end alice\ngeneration 7\n", "")
            .getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> PskFile.parse(asItWas)).hasMessageContaining("eveproof psk new");
  }

  @Test
  void theCheckThatTheTestsMakeIsTheRightOne() throws Exception {
    assertThat(PskFile.parse(checked("generation 7", "generation 8")).generation()).isEqualTo(8);
  }

  @Test
  void refusesEveryChangedByte() {
    byte[] file = PskFile.encode(KEY);
    for (int i = 0; i < file.length; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= 1;
      assertThatThrownBy(() -> PskFile.parse(damaged))
          .as("byte " + i)
          .isInstanceOf(PskFileException.class);
    }
  }

  @Test
  void refusesEveryShorterOrLongerFile() {
    byte[] file = PskFile.encode(KEY);
    for (int length = 0; length < file.length; length++) {
      byte[] shorter = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> PskFile.parse(shorter)).isInstanceOf(PskFileException.class);
    }
    byte[] longer = Arrays.copyOf(file, file.length + 1);
    assertThatThrownBy(() -> PskFile.parse(longer)).isInstanceOf(PskFileException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "eveproof-psk 2,eveproof-psk 3",
    "eveproof-psk 2,eveproof-psk 02",
    "end alice,end carol",
    "end alice,end ALICE",
    "generation 7,generation 0",
    "generation 7,generation 07",
    "generation 7,generation -7",
    "generation 7,generation 1000000000",
    "parties alice bob,parties alice alice",
    "parties alice bob,parties alice",
    "purpose authentication,purpose anything",
    "origin courier,origin internet",
    "bits 256,bits 128",
    "2026-01-01T00:00:00Z,2027-01-01T00:00:00Z",
    "2026-01-01T00:00:00Z,yesterday"
  })
  void refusesWrongFields(String right, String wrong) throws NoSuchAlgorithmException {
    byte[] file = checked(right, wrong);
    assertThatThrownBy(() -> PskFile.parse(file)).isInstanceOf(PskFileException.class);
  }

  @Test
  void refusesFilesWithoutKeyOrWithAShortOneOrOneOfZeros() throws NoSuchAlgorithmException {
    String digits =
        text().lines().filter(line -> line.startsWith("key ")).findFirst().orElseThrow();
    for (String key : new String[] {"", "ab".repeat(31), "0".repeat(64), "ab".repeat(32)}) {
      byte[] file =
          checked(digits + "\n", "key " + key + "\n", "bits 256", "bits " + 4 * key.length());
      assertThatThrownBy(() -> PskFile.parse(file)).as(key).isInstanceOf(PskFileException.class);
    }
    assertThatThrownBy(() -> PskFile.parse(new byte[0])).hasMessageContaining("empty");
  }

  @Test
  void refusesKeysThatAreShortOrAllAlike() {
    Credential credential = Keys.credential(Keys.ALICE, Keys.BOB);
    try (SecretBits tooShort = Keys.random(1).secretBits(248);
        SecretBits zeros = SecretBits.fromBytes(new byte[32], 256)) {
      assertThatThrownBy(() -> new PresharedKey(credential, tooShort))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new PresharedKey(credential, zeros))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void neverTellsTheKey() throws NoSuchAlgorithmException {
    String digits =
        text().lines().filter(line -> line.startsWith("key ")).findFirst().orElseThrow();
    byte[] file = checked("origin courier", "origin x");
    assertThatThrownBy(() -> PskFile.parse(file)).message().doesNotContain(digits.substring(4, 12));
    assertThat(KEY.toString()).doesNotContain(digits.substring(4, 12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx--x---"})
  void refusesFilesThatOthersCanOpen(String mode, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("psk");
    Files.write(file, PskFile.encode(KEY));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> PskFile.read(file))
        .isInstanceOf(PskFileException.class)
        .hasMessageContaining("600");
  }

  @Test
  void readsFilesThatOnlyTheOwnerCanOpen(@TempDir Path folder)
      throws IOException, PskFileException {
    Path file = folder.resolve("psk");
    Files.write(file, PskFile.encode(KEY));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(PskFile.read(file).key().credential()).isEqualTo(KEY.key().credential());
    assertThatThrownBy(() -> PskFile.read(folder.resolve("none")))
        .isInstanceOf(PskFileException.class);
  }
}
