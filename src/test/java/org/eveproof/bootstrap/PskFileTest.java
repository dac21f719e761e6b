package org.eveproof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.eveproof.protocol.SecretBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PskFileTest {
  private static final PresharedKey KEY = Keys.key(Keys.credential(Keys.ALICE, Keys.BOB));

  private static String text() {
    return new String(PskFile.encode(KEY), StandardCharsets.US_ASCII);
  }

  @Test
  void readsWhatItWrote() throws PskFileException {
    PresharedKey read = PskFile.parse(PskFile.encode(KEY));
    assertThat(read.credential()).isEqualTo(KEY.credential());
    try (SecretBits expected = KEY.secret();
        SecretBits actual = read.secret()) {
      assertThat(actual.sameAs(expected)).isTrue();
    }
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
    "eveproof-psk 1,eveproof-psk 2",
    "parties alice bob,parties alice alice",
    "parties alice bob,parties alice",
    "purpose authentication,purpose anything",
    "origin courier,origin internet",
    "bits 256,bits 128",
    "2026-01-01T00:00:00Z,2027-01-01T00:00:00Z",
    "2026-01-01T00:00:00Z,yesterday"
  })
  void refusesWrongFields(String right, String wrong) {
    byte[] file = text().replace(right, wrong).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> PskFile.parse(file)).isInstanceOf(PskFileException.class);
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
  void neverTellsTheKey() {
    String digits =
        text().lines().filter(line -> line.startsWith("key ")).findFirst().orElseThrow();
    byte[] file = text().replace("origin courier", "origin x").getBytes(StandardCharsets.US_ASCII);
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
    assertThat(PskFile.read(file).credential()).isEqualTo(KEY.credential());
    assertThatThrownBy(() -> PskFile.read(folder.resolve("none")))
        .isInstanceOf(PskFileException.class);
  }
}
