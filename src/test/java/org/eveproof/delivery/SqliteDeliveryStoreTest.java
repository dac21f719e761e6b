package org.eveproof.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file: closed to others, shared by processes, and without a trace of what was given. */
class SqliteDeliveryStoreTest {
  @TempDir private Path directory;

  @Test
  void filesAreTheOwnersAloneFromTheirFirstMoment() throws IOException {
    assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
    try (DeliveryStore store = SqliteDeliveryStore.open(directory, Party.ALICE)) {
      store.noteTakenIn(new BlockId(0, 0));
      try (Stream<Path> files = Files.list(directory)) {
        List<Path> all = files.toList();
        assertThat(all).hasSizeGreaterThan(1);
        for (Path file : all) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void givenKeysCannotBeReadInTheFiles() throws IOException {
    Path alices = Files.createDirectory(directory.resolve("alice"));
    Path bobs = Files.createDirectory(directory.resolve("bob"));
    try (TwoSites sites =
        new TwoSites(
            DeliveryRules.STANDARD,
            SqliteDeliveryStore.open(alices, Party.ALICE),
            SqliteDeliveryStore.open(bobs, Party.BOB))) {
      byte[] block = sites.block(0, 0, 20_000);
      Map<UUID, String> given = sites.enc(TwoSites.request(40));
      String pads = HexFormat.of().formatHex(block, Half.STREAM, Half.STREAM + Half.PADS);
      sites.alice().store.tidy();
      sites.bob().store.tidy();
      // The red case: keys that still wait for their slave are there, so the search would find.
      assertThat(text(bobs)).contains(given.values());
      TwoSites.shown(
          sites.dec(TwoSites.SLAVE, TwoSites.MASTER, given.keySet().toArray(UUID[]::new)));
      assertThat(sites.bob().store.tidy()).isTrue();
      for (String files : List.of(text(alices), text(bobs))) {
        assertThat(given.values()).noneMatch(files::contains);
        assertThat(files).doesNotContain(pads);
      }
    }
  }

  @Test
  void withdrawnAndRetiredKeysCannotBeReadEither() throws IOException {
    Path alices = Files.createDirectory(directory.resolve("alice"));
    Path bobs = Files.createDirectory(directory.resolve("bob"));
    try (TwoSites sites =
        new TwoSites(
            DeliveryRules.STANDARD,
            SqliteDeliveryStore.open(alices, Party.ALICE),
            SqliteDeliveryStore.open(bobs, Party.BOB))) {
      byte[] block = sites.block(0, 0, 20_000);
      sites.announced(TwoSites.request(40));
      sites.alice().owner.withdraw(0);
      sites.announced();
      String first = HexFormat.of().formatHex(block, 64, 96);
      String last = HexFormat.of().formatHex(block, block.length - 32, block.length);
      sites.alice().store.tidy();
      sites.bob().store.tidy();
      assertThat(text(bobs)).doesNotContain(first).contains(last);
      assertThat(text(alices)).doesNotContain(first).contains(last);
      sites.block(1, 0, 5000);
      sites.alice().store.tidy();
      sites.bob().store.tidy();
      assertThat(text(bobs)).doesNotContain(last);
      assertThat(text(alices)).doesNotContain(last);
    }
  }

  @Test
  void theLinksProcessFillsWhatTheKmesProcessReads() {
    try (DeliveryStore link = SqliteDeliveryStore.open(directory, Party.ALICE);
        DeliveryStore kme = SqliteDeliveryStore.open(directory, Party.ALICE)) {
      for (int block = 0; block < 20; block++) {
        link.addHalf(Party.ALICE, new BlockId(0, block), new byte[5000]);
        assertThat(kme.halves(Party.ALICE)).hasSize(block + 1);
        kme.take(Party.ALICE, new BlockId(0, block), 64);
        assertThat(link.half(Party.ALICE, new BlockId(0, block)).orElseThrow().next())
            .isEqualTo(64);
      }
    }
  }

  @Test
  void whatIsRememberedSurvivesTheProcess() {
    try (TwoSites sites =
        new TwoSites(
            DeliveryRules.STANDARD,
            SqliteDeliveryStore.open(directory, Party.ALICE),
            SqliteDeliveryStore.inMemory(Party.BOB))) {
      sites.block(3, 4, 4000);
      byte[] said =
          sites.alice().owner.announce(List.of(TwoSites.request(2))).message().orElseThrow();
      sites.alice().store.close();
      sites.alice().start(SqliteDeliveryStore.open(directory, Party.ALICE));
      assertThat(sites.alice().owner.pendingMessage()).hasValue(said);
      assertThat(sites.alice().store.lastTakenIn()).hasValue(new BlockId(3, 4));
      byte[] answer = sites.bob().holder.hear(said).orElseThrow();
      assertThat(sites.alice().owner.hearAnswer(answer)).contains(List.of(Verdict.ACCEPTED));
      sites.alice().store.close();
      sites.alice().start(SqliteDeliveryStore.open(directory, Party.ALICE));
      // Whoever asked is gone: what was accepted for him is withdrawn.
      sites.alice().owner.recover();
      assertThat(sites.alice().owner.hasWithdrawals()).isTrue();
      assertThat(sites.announced()).isEmpty();
      assertThat(sites.bob().store.backlog()).isZero();
    }
  }

  @Test
  void aStepThatThrowsHasChangedNothing() {
    try (DeliveryStore store = SqliteDeliveryStore.inMemory(Party.ALICE)) {
      assertThatThrownBy(
              () ->
                  store.atomically(
                      () -> {
                        store.noteTakenIn(new BlockId(0, 5));
                        store.addHalf(Party.BOB, new BlockId(0, 5), new byte[64]);
                        throw new IllegalStateException("crash");
                      }))
          .hasMessage("crash");
      assertThat(store.lastTakenIn()).isEmpty();
      assertThat(store.halves(Party.BOB)).isEmpty();
    }
  }

  @Test
  void refusesAnotherSitesFileAndADamagedOne() throws IOException {
    SqliteDeliveryStore.open(directory, Party.ALICE).close();
    assertThatThrownBy(() -> SqliteDeliveryStore.open(directory, Party.BOB))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("belongs to the site of alice");
    Files.writeString(directory.resolve(SqliteDeliveryStore.FILE), "no database".repeat(1000));
    assertThatThrownBy(() -> SqliteDeliveryStore.open(directory, Party.ALICE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("key database");
  }

  /** Returns all bytes of all files of a directory, as hexadecimal text. */
  private static String text(Path directory) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        all.append(HexFormat.of().formatHex(Files.readAllBytes(file))).append('\n');
      }
    }
    return all.toString();
  }
}
