package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.handover.LedgerPair.End;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger on the disk: what is refused, what is mended, and what is overwritten. */
class LedgerDirectoryTest {
  private final SecretRandom random =
      SecretRandom.simulated(RandomGeneratorFactory.of("L64X128MixRandom").create(14));
  private final Map<Party, LedgerDirectory> open = new HashMap<>();
  @TempDir private Path root = Path.of("");
  private LedgerPair pair = LedgerPair.inMemory(random, Suite.WEGMAN_CARTER);

  @BeforeEach
  void enrol() throws IOException {
    for (Party party : Party.values()) {
      Files.createDirectory(directory(party));
      open.put(party, LedgerDirectory.open(directory(party), party));
    }
    pair = new LedgerPair(random, Suite.WEGMAN_CARTER, this::place);
    pair.enrol(0);
  }

  @AfterEach
  void close() throws IOException {
    for (LedgerDirectory directory : open.values()) {
      directory.close();
    }
  }

  private Path directory(Party party) {
    return root.resolve(party.specName());
  }

  private Path file(String name) {
    return directory(Party.ALICE).resolve(name);
  }

  private LedgerPair.Place place(Party party) {
    LedgerDirectory directory = open.get(party);
    if (directory == null) {
      throw new AssertionError("open");
    }
    return new LedgerPair.Place(directory.store(), directory.guard());
  }

  private void stopAlice() throws IOException {
    LedgerDirectory directory = open.remove(Party.ALICE);
    if (directory != null) {
      pair.alice.ledger.finish();
      pair.alice.ledger.close();
      directory.close();
    }
  }

  private void startAlice() throws IOException {
    open.put(Party.ALICE, LedgerDirectory.open(directory(Party.ALICE), Party.ALICE));
    pair.alice.place = place(Party.ALICE);
    pair.alice.restart();
  }

  private List<String> audit(End end) throws IOException {
    try (LedgerSnapshot seen = LedgerDirectory.look(directory(end.self))) {
      return seen.audit();
    }
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(this::startAlice)
        .isInstanceOf(LedgerUnusable.class)
        .hasMessageContainingAll(words)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void goesOnWhereItWasStopped() throws IOException {
    pair.alice.say().ifPresent(pair.bob::hear);
    pair.stage(true);
    pair.settle();
    KeyIndex next = pair.alice.ledger.next();
    stopAlice();
    startAlice();
    assertThat(pair.alice.ledger.next()).isEqualTo(next);
    assertThat(pair.meet()).isEqualTo(Rejoining.IN_STEP);
    pair.alice.say().ifPresent(pair.bob::hear);
    assertThat(audit(pair.alice)).isEmpty();
    assertThat(audit(pair.bob)).isEmpty();
  }

  @Test
  void allFilesAreTheOwnersAlone() throws IOException {
    pair.stage(true);
    try (Stream<Path> files = Files.list(directory(Party.ALICE))) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as("%s", file)
            .isEqualTo("rw-------");
      }
    }
    assertThat(file("ledger.db")).exists();
    assertThat(file("ledger.guard")).exists();
  }

  @Test
  void aSecondProcessIsRefusedButMayLook() throws IOException {
    assertThatThrownBy(() -> LedgerDirectory.open(directory(Party.ALICE), Party.ALICE))
        .isInstanceOf(LedgerUnusable.class)
        .hasMessageContaining("in use by another process");
    assertThatThrownBy(() -> LedgerDirectory.repair(directory(Party.ALICE)))
        .isInstanceOf(LedgerUnusable.class)
        .hasMessageContaining("in use by another process");
    assertThat(audit(pair.alice)).isEmpty();
    assertThat(pair.alice.say()).isPresent();
  }

  @Test
  void theOtherPartysLedgerIsRefused() throws IOException {
    stopAlice();
    assertThatThrownBy(() -> LedgerDirectory.open(directory(Party.ALICE), Party.BOB))
        .isInstanceOf(LedgerUnusable.class)
        .hasMessageContaining("alice")
        .hasMessageContaining("bob");
    startAlice();
  }

  @Test
  void foreignTruncatedAndOpenFilesAreRefused() throws IOException {
    stopAlice();
    Path database = file("ledger.db");
    byte[] good = Files.readAllBytes(database);
    Files.write(database, new byte[0]);
    assertRefused("ledger.db", "is empty", "bring new credentials");
    Files.writeString(database, "no database, but long enough to be one, or so it would seem\n");
    assertRefused("is no database of a ledger");
    for (int length : new int[] {50, 100, 4096, good.length / 2, good.length - 4096}) {
      Files.write(database, Arrays.copyOf(good, length));
      assertRefused("is damaged");
    }
    Files.delete(database);
    sql("CREATE TABLE image (bytes BLOB)");
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-------"));
    assertRefused("is no database of a ledger, or of another version");
    Files.write(database, good);
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r-----"));
    assertRefused("others can open the file", "600");
    Files.delete(database);
    Files.createDirectory(database);
    assertRefused("is no regular file");
    Files.delete(database);
    Files.createSymbolicLink(database, file("elsewhere"));
    Files.write(file("elsewhere"), good);
    assertRefused("is no regular file");
    Files.delete(database);
    Files.write(database, good);
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-------"));
    startAlice();
  }

  @Test
  void aFlippedBitIsFoundOrChangesNothing() throws IOException {
    pair.alice.say().ifPresent(pair.bob::hear);
    pair.stage(true);
    pair.settle();
    stopAlice();
    Path database = file("ledger.db");
    byte[] good = Files.readAllBytes(database);
    byte[] image = imageIn(database);
    int found = 0;
    int tried = 0;
    for (int at = 0; at < good.length; at += 13) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 << (at % 8));
      Files.write(database, bad);
      tried++;
      try (LedgerDirectory opened = LedgerDirectory.open(directory(Party.ALICE), Party.ALICE)) {
        assertThat(opened.store().read().orElseThrow()).as("byte %s", at).isEqualTo(image);
      } catch (LedgerUnusable e) {
        found++;
        assertThat(e.getMessage()).contains("ledger.db").doesNotContain("\n");
      }
    }
    assertThat(found).isGreaterThan(tried / 20);
    assertThat(imageIsFoundDamagedAtEachByte(image)).isTrue();
  }

  private byte[] imageIn(Path database) throws IOException {
    try (SqliteLedgerStore store = SqliteLedgerStore.open(database)) {
      return store.read().orElseThrow();
    }
  }

  private static boolean imageIsFoundDamagedAtEachByte(byte[] image) {
    for (int at = 0; at < image.length; at++) {
      byte[] bad = image.clone();
      bad[at] ^= 16;
      try {
        LedgerImage.decode(bad).close();
        return false;
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).contains("image of");
      }
    }
    return true;
  }

  @Test
  void aDamagedJournalIsRefusedAndMendedWhileTheKeysStay() throws IOException {
    pair.alice.say().ifPresent(pair.bob::hear);
    pair.stage(true);
    pair.settle();
    pair.alice.say().ifPresent(pair.bob::hear);
    KeyBalance balance = pair.alice.ledger.balance();
    stopAlice();
    byte[] good = Files.readAllBytes(file("ledger.db"));
    for (String damage :
        List.of(
            "DELETE FROM journal WHERE number = 3",
            "DELETE FROM journal WHERE number > 2",
            "DELETE FROM journal",
            "UPDATE journal SET last = last + 1 WHERE number = 3",
            "UPDATE journal SET purpose = 99 WHERE number = 3",
            "UPDATE journal SET number = 9223372036854775806 WHERE number = 3",
            "INSERT INTO journal VALUES (77, 9, 0, 0, 0, 0, 1, 1, 128)")) {
      Files.write(file("ledger.db"), good);
      sql(damage);
      assertRefused("the journal is damaged", "eveproof ledger repair");
      assertThat(audit(pair.alice)).as(damage).isNotEmpty();
      assertThat(LedgerDirectory.repair(directory(Party.ALICE)))
          .isEqualTo(LedgerDirectory.Repair.NEW_JOURNAL);
      assertThat(audit(pair.alice)).as(damage).isEmpty();
    }
    startAlice();
    assertThat(pair.alice.ledger.balance()).isEqualTo(balance);
    assertThat(pair.meet()).isEqualTo(Rejoining.IN_STEP);
    pair.alice.say().ifPresent(pair.bob::hear);
    pair.stage(true);
    pair.settle();
    assertThat(pair.alice.ledger.current()).isEqualTo(2);
    assertThat(audit(pair.alice)).isEmpty();
    try (LedgerSnapshot seen = LedgerDirectory.look(directory(Party.ALICE))) {
      assertThat(seen.entries().get(0).purpose()).isEqualTo(Purpose.REPAIRED);
    }
  }

  private void sql(String statement) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file("ledger.db"));
        Statement run = connection.createStatement()) {
      run.executeUpdate(statement);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aStagedBlockSurvivesTheRepairOfTheJournal() throws IOException {
    pair.stage(true);
    stopAlice();
    sql("DELETE FROM journal");
    LedgerDirectory.repair(directory(Party.ALICE));
    startAlice();
    pair.meet();
    pair.settle();
    assertThat(pair.alice.ledger.current()).isEqualTo(1);
    assertThat(audit(pair.alice)).isEmpty();
  }

  @Test
  void anOldCopyIsThrownAwayAndTheOthersEpochGoesOn() throws IOException {
    stopAlice();
    byte[] backup = Files.readAllBytes(file("ledger.db"));
    startAlice();
    pair.meet();
    assertThat(pair.alice.say()).isPresent();
    stopAlice();
    Files.write(file("ledger.db"), backup);
    try (LedgerSnapshot seen = LedgerDirectory.look(directory(Party.ALICE))) {
      assertThat(seen.isOld()).isTrue();
    }
    startAlice();
    assertThat(pair.alice.ledger.current()).isEqualTo(-1);
    assertThat(pair.alice.ledger.epoch()).isEqualTo(1);
    assertThat(pair.meet()).isEqualTo(Rejoining.NO_KEYS);
    assertThat(audit(pair.alice)).isEmpty();
    pair.enrol(1);
    pair.alice.say().ifPresent(pair.bob::hear);
    assertThat(audit(pair.alice)).isEmpty();
  }

  @Test
  void aDeletedLedgerIsAnOldCopy() throws IOException {
    stopAlice();
    Files.delete(file("ledger.db"));
    startAlice();
    assertThat(pair.alice.ledger.epoch()).isEqualTo(1);
    assertThat(pair.alice.ledger.current()).isEqualTo(-1);
  }

  @Test
  void withoutItsGuardALedgerIsRefusedUntilItsKeysAreGivenUp() throws IOException {
    stopAlice();
    byte[] guard = Files.readAllBytes(file("ledger.guard"));
    Files.delete(file("ledger.guard"));
    assertRefused("ledger.guard is missing", "eveproof ledger repair");
    Files.write(file("ledger.guard"), new byte[guard.length]);
    Files.setPosixFilePermissions(
        file("ledger.guard"), PosixFilePermissions.fromString("rw-------"));
    assertRefused("ledger.guard is damaged");
    Files.delete(file("ledger.guard"));
    assertThat(LedgerDirectory.repair(directory(Party.ALICE)))
        .isEqualTo(LedgerDirectory.Repair.KEYS_GIVEN_UP);
    startAlice();
    assertThat(pair.alice.ledger.current()).isEqualTo(-1);
    assertThat(pair.alice.ledger.epoch()).isEqualTo(1);
    assertThat(audit(pair.alice)).isEmpty();
    stopAlice();
    assertThat(LedgerDirectory.repair(directory(Party.ALICE)))
        .isEqualTo(LedgerDirectory.Repair.NOTHING);
  }

  @Test
  void aGuardWhoseLatestSlotWasCutShortFallsBackToTheOneBefore() throws IOException {
    stopAlice();
    byte[] guard = Files.readAllBytes(file("ledger.guard"));
    long version;
    try (FileRollbackGuard opened = FileRollbackGuard.open(file("ledger.guard"))) {
      version = opened.version();
    }
    int damaged = 0;
    for (int slot : new int[] {0, 512}) {
      byte[] torn = guard.clone();
      torn[slot + 20] ^= 1;
      Files.write(file("ledger.guard"), torn);
      try (FileRollbackGuard opened = FileRollbackGuard.open(file("ledger.guard"))) {
        damaged += opened.version() == version - 1 ? 1 : 0;
        assertThat(opened.version()).isBetween(version - 1, version);
        assertThatThrownBy(() -> opened.raise(version - 2, 0))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(damaged).isEqualTo(1);
    startAlice();
    assertThat(pair.alice.ledger.current()).as("the keys are there").isZero();
  }

  @Test
  void usedKeysAreInNoFile() throws IOException {
    try (SecretBits key = pair.key();
        KeyBlock block = pair.alice.ledger.nextBlock(key, LedgerPair.KEYS)) {
      pair.alice.ledger.stage(block);
      pair.bob.ledger.stage(block);
      byte[] pad = pad(block, 1);
      byte[] later = pad(block, 6);
      assertThat(isInAFile(pad)).isTrue();
      pair.settle();
      while (pair.alice.ledger.next().index() <= 1) {
        pair.alice.say().ifPresent(pair.bob::hear);
      }
      assertThat(isInAFile(pad)).isFalse();
      assertThat(isInAFile(later)).isTrue();
      assertThat(Files.size(file("ledger.db-journal"))).isZero();
    }
  }

  private static byte[] pad(KeyBlock block, int index) {
    int from =
        new RoleSplit(block.keys(), (int) block.applicationBits() / 8)
            .padOffset(Party.ALICE, index);
    return Arrays.copyOfRange(block.toBytes(), from, from + OneTimeKey.PAD_BYTES);
  }

  private boolean isInAFile(byte[] part) throws IOException {
    String wanted = new String(part, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.list(directory(Party.ALICE))) {
      for (Path file : files.toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void aDiskThatFailsStopsTheLedgerAndNothingIsHalfWritten() throws IOException {
    KeyIndex next = pair.alice.ledger.next();
    byte[] before = pair.alice.place.store().read().orElseThrow();
    // SQLite cannot write its rollback journal, as on a disk that is full.
    Files.deleteIfExists(file("ledger.db-journal"));
    Files.createDirectory(file("ledger.db-journal"));
    Files.createFile(file("ledger.db-journal").resolve("x"));
    assertThatThrownBy(pair.alice.ledger::take)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be written, so no key is used any more");
    assertThat(pair.alice.ledger.take()).isEmpty();
    Files.delete(file("ledger.db-journal").resolve("x"));
    Files.delete(file("ledger.db-journal"));
    assertThat(pair.alice.place.store().read().orElseThrow()).isEqualTo(before);
    stopAlice();
    startAlice();
    pair.meet();
    assertThat(pair.alice.say()).contains(next);
    assertThat(audit(pair.alice)).isEmpty();
  }

  /** On some errors SQLite rolls back itself, and a second rollback fails for want of a first. */
  @Test
  void whatFailedIsSaidAlsoWhereSqliteHasRolledBack() throws IOException {
    sql(
        "CREATE TRIGGER full BEFORE UPDATE ON image"
            + " BEGIN SELECT RAISE(ROLLBACK, 'no room is left'); END");
    assertThatThrownBy(pair.alice.ledger::take)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no room is left");
    sql("DROP TRIGGER full");
    stopAlice();
    startAlice();
    pair.meet();
    assertThat(pair.alice.say()).isPresent();
    assertThat(audit(pair.alice)).isEmpty();
  }

  @Test
  void theFilesDoNotGrow() throws IOException {
    // In memory if there is such a file system: this is about sizes, and there are many writes.
    Path memory = Path.of("/dev/shm");
    Path base = Files.isDirectory(memory) ? Files.createTempDirectory(memory, "ledger") : root;
    Path state = Files.createDirectory(base.resolve("state"));
    try (LedgerDirectory directory = LedgerDirectory.open(state, Party.ALICE)) {
      LedgerPair.Place onDisk = new LedgerPair.Place(directory.store(), directory.guard());
      LedgerPair.Place inMemory =
          new LedgerPair.Place(new InMemoryLedgerStore(), RollbackGuard.inMemory());
      LedgerPair link =
          new LedgerPair(
              random, Suite.WEGMAN_CARTER, party -> party == Party.ALICE ? onDisk : inMemory);
      link.enrol(0);
      long size = 0;
      for (int round = 1; round <= 1200; round++) {
        link.stage(round % 5 != 0);
        link.settle();
        if (round == 600) {
          size = Files.size(state.resolve("ledger.db"));
        }
      }
      assertThat(Files.size(state.resolve("ledger.db"))).isEqualTo(size);
      assertThat(Files.size(state.resolve("ledger.guard"))).isLessThan(1024);
      assertThat(link.alice.audit(directory.journal())).isEmpty();
      assertThat(link.alice.ledger.current()).isEqualTo(1199);
    } finally {
      for (String file : List.of("ledger.db", "ledger.db-journal", "ledger.guard", "ledger.lock")) {
        Files.deleteIfExists(state.resolve(file));
      }
      Files.delete(state);
      if (base != root) {
        Files.delete(base);
      }
    }
  }
}
