package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.SplittableRandom;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.ProvisionedKey;
import org.eveproof.bootstrap.ProvisionedKey.Ends;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpentPresharedKeysTest {
  private static final String ID = "00112233445566778899aabbccddeeff";

  @TempDir private Path dir = Path.of("unset");

  private static ProvisionedKey key(long seed, String bob, int generation) {
    return new ProvisionedKey(
        LinkOptions.newKey(
            SecretRandom.simulated(new SplittableRandom(seed)),
            new DeviceName("alice"),
            new DeviceName(bob),
            Instant.parse("2026-01-01T00:00:00Z"),
            1),
        Ends.BOTH,
        generation);
  }

  private Path notes() {
    return dir.resolve("link.psk.spent");
  }

  /** As a process that was just started sees it. */
  private SpentPresharedKeys started() {
    return new SpentPresharedKeys(dir.resolve("link.psk"));
  }

  private void assertRefused(Party end, ProvisionedKey key) {
    assertThatThrownBy(() -> started().refuseIfSpent(end, key)).isInstanceOf(BadInput.class);
  }

  private void assertTaken(Party end, ProvisionedKey key) {
    assertThatCode(() -> started().refuseIfSpent(end, key)).doesNotThrowAnyException();
  }

  @Test
  void eachEndSpendsForItself() throws IOException {
    ProvisionedKey key = key(1, "bob", 1);
    started().note(Party.ALICE, key);
    assertRefused(Party.ALICE, key);
    assertTaken(Party.BOB, key);
    started().note(Party.BOB, key);
    assertRefused(Party.BOB, key);
    assertThat(started().endsThatSpent(key)).containsExactly(Party.ALICE, Party.BOB);
  }

  @Test
  void anEarlierGenerationOfThePairIsSpentTooAndALaterOneIsNot() throws IOException {
    started().note(Party.ALICE, key(1, "bob", 3));
    assertRefused(Party.ALICE, key(2, "bob", 1));
    assertRefused(Party.ALICE, key(3, "bob", 3));
    assertTaken(Party.ALICE, key(4, "bob", 4));
    assertTaken(Party.ALICE, key(5, "carol", 1));
    assertThat(started().lastGeneration()).isEqualTo(3);
  }

  @Test
  void theSameKeyUnderALaterGenerationIsStillSpent() throws IOException {
    started().note(Party.ALICE, key(1, "bob", 1));
    assertRefused(Party.ALICE, key(1, "bob", 2));
  }

  @Test
  void twoProcessesCannotBothSpendIt() throws IOException {
    ProvisionedKey key = key(1, "bob", 1);
    SpentPresharedKeys one = started();
    SpentPresharedKeys other = started();
    one.refuseIfSpent(Party.ALICE, key);
    other.refuseIfSpent(Party.ALICE, key);
    one.note(Party.ALICE, key);
    assertThatThrownBy(() -> other.note(Party.ALICE, key)).isInstanceOf(BadInput.class);
    assertThat(Files.readAllLines(notes())).hasSize(1);
  }

  @Test
  void theNotesAreTheOwnersAlone() throws IOException {
    started().note(Party.ALICE, key(1, "bob", 1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(notes())))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(notes(), PosixFilePermissions.fromString("rw--w----"));
    assertRefused(Party.BOB, key(2, "bob", 9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice " + ID + " 1 alice bo",
        "carol " + ID + " 1 alice bob\n",
        "alice " + ID + "ff 1 alice bob\n",
        "alice " + ID + " 0 alice bob\n",
        "alice " + ID + " 1 alice\n",
        "alice " + ID + " 1 alice b_b\n",
        "\n"
      })
  void damagedNotesLetNothingPass(String text) throws IOException {
    Files.writeString(notes(), text);
    Files.setPosixFilePermissions(notes(), PosixFilePermissions.fromString("rw-------"));
    assertRefused(Party.BOB, key(2, "bob", 9));
    Files.writeString(notes(), "alice " + ID + " 1 alice bob\n");
    assertTaken(Party.BOB, key(2, "bob", 9));
  }
}
