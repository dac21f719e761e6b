package org.eveproof.adversary.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eveproof.delivery.BlockId;
import org.eveproof.delivery.Half;
import org.eveproof.delivery.SqliteDeliveryStore;
import org.eveproof.handover.JournalEntry;
import org.eveproof.handover.LedgerDirectory;
import org.eveproof.handover.LedgerImage;
import org.eveproof.handover.LedgerSnapshot;
import org.eveproof.handover.LedgerUnusable;
import org.eveproof.protocol.Party;

/**
 * A dead site's state, looked at in a copy: SQLite undoes a write that a kill cut short when it
 * opens the file, and that is left to the site itself.
 */
final class StateCopy implements AutoCloseable {
  private final Path directory;
  private final Party party;
  private final boolean undoneWrite;
  private final Optional<LedgerSnapshot> seen;
  private final List<String> audit;

  private StateCopy(
      Path directory,
      Party party,
      boolean undoneWrite,
      Optional<LedgerSnapshot> seen,
      List<String> audit) {
    this.directory = directory;
    this.party = party;
    this.undoneWrite = undoneWrite;
    this.seen = seen;
    this.audit = audit;
  }

  /**
   * Copies a state and looks at the copy.
   *
   * @param place where the copy may be; it is deleted in the end
   */
  static StateCopy of(Path state, Party party, Path place) throws IOException {
    copy(state, place);
    boolean undone = false;
    for (String database : List.of("ledger.db", SqliteDeliveryStore.FILE)) {
      Path journal = place.resolve(database + "-journal");
      undone |= Files.exists(journal) && Files.size(journal) > 0;
    }
    if (Files.notExists(place.resolve("ledger.db"))) {
      return new StateCopy(place, party, undone, Optional.empty(), List.of());
    }
    try {
      LedgerSnapshot seen = LedgerDirectory.look(place);
      return new StateCopy(place, party, undone, Optional.of(seen), seen.audit());
    } catch (LedgerUnusable unusable) {
      String why = String.valueOf(unusable.getMessage());
      return new StateCopy(place, party, undone, Optional.empty(), List.of(why));
    }
  }

  /** Copies a directory of files, with who may read them, in place of what is there. */
  static void copy(Path from, Path to) throws IOException {
    delete(to);
    Files.createDirectory(to);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Deletes a directory of files and directories, if it is there. */
  static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          delete(file);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  /** Returns what the auditor finds wrong. */
  List<String> audit() {
    return audit;
  }

  /** Returns the ledger; empty if there is none yet. */
  Optional<LedgerImage> image() {
    return seen.flatMap(LedgerSnapshot::image);
  }

  /** Returns the digest of the ledger as it is stored; empty if none can be read. */
  Optional<String> imageDigest() throws IOException {
    if (image().isEmpty()) {
      return Optional.empty();
    }
    Path database = directory.resolve("ledger.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT bytes FROM image")) {
      return found.next() ? Optional.of(SiteLog.digest(found.getBytes(1))) : Optional.empty();
    } catch (SQLException e) {
      throw new IOException(database + " cannot be read: " + e.getMessage(), e);
    }
  }

  List<JournalEntry> entries() {
    return seen.map(LedgerSnapshot::entries).orElse(List.of());
  }

  /** Returns whether the kill came in the middle of a write to a database. */
  boolean hasUndoneWrite() {
    return undoneWrite;
  }

  /** Returns the last block that the key pool has taken in. */
  Optional<BlockId> lastTakenIn() {
    if (Files.notExists(directory.resolve(SqliteDeliveryStore.FILE))) {
      return Optional.empty();
    }
    try (SqliteDeliveryStore keys = SqliteDeliveryStore.open(directory, party)) {
      return keys.lastTakenIn();
    }
  }

  /** Returns digests of what the key pool holds. */
  Map<String, String> pool() {
    Map<String, String> pool = new TreeMap<>();
    try (SqliteDeliveryStore keys = SqliteDeliveryStore.open(directory, party)) {
      for (Party owner : Party.values()) {
        for (Half half : keys.halves(owner)) {
          pool.put(
              half.id().epoch() + "/" + half.id().block() + " " + owner.specName(),
              SiteLog.digest(keys.read(owner, half.id(), 0, half.held())));
        }
      }
    }
    return pool;
  }

  @Override
  public void close() {
    seen.ifPresent(LedgerSnapshot::close);
    try {
      delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
