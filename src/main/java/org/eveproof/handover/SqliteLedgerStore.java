package org.eveproof.handover;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * A ledger's image and journal in one SQLite database, mode 600, changed together in one
 * transaction that is on the disk when it returns.
 *
 * <p>What is overwritten is overwritten in the file ({@code secure_delete}), and the rollback
 * journal, which holds the pages of before while a transaction runs, is cut to nothing. What a disk
 * keeps of blocks that the file no longer uses is not in its hands: see to it that the disk is
 * encrypted.
 */
final class SqliteLedgerStore implements LedgerStore, AutoCloseable {
  private static final int APPLICATION_ID = 0x45504c47;
  private static final int FORMAT = 1;
  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int WAIT_MILLIS = 10_000;

  private final Path path;
  private final Connection connection;

  private SqliteLedgerStore(Path path, Connection connection) {
    this.path = path;
    this.connection = connection;
  }

  /** Makes a database with nothing in it, which is there as a whole or not at all. */
  static void create(Path path) throws IOException {
    Path partial = path.resolveSibling("." + path.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    OwnerOnlyFile.create(partial, new byte[0]);
    try (Connection connection = connect(partial);
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "PRAGMA application_id = " + APPLICATION_ID,
              "PRAGMA user_version = " + FORMAT,
              "CREATE TABLE image (id INTEGER PRIMARY KEY CHECK (id = 1), bytes BLOB NOT NULL)"
                  + " STRICT",
              "CREATE TABLE journal (number INTEGER PRIMARY KEY, purpose INTEGER NOT NULL,"
                  + " kind INTEGER NOT NULL, epoch INTEGER NOT NULL, block INTEGER NOT NULL,"
                  + " direction INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
                  + " bits INTEGER NOT NULL) STRICT")) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IOException(path + " cannot be made: " + e.getMessage(), e);
    }
    Files.deleteIfExists(partial.resolveSibling(partial.getFileName() + "-journal"));
    Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
    OwnerOnlyFile.forceDirectory(path);
  }

  /**
   * Opens a database.
   *
   * @throws LedgerUnusable if it is none, or none of a ledger's, or damaged
   * @throws IOException if it cannot be read
   */
  static SqliteLedgerStore open(Path path) throws IOException {
    OwnerOnlyFile.check(path);
    checkHeader(path);
    try {
      Connection connection = connect(path);
      try {
        SqliteLedgerStore store = new SqliteLedgerStore(path, connection);
        store.checkDatabase();
        return store;
      } catch (SQLException | LedgerUnusable e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
  }

  private static Connection connect(Path path) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.TRUNCATE);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(WAIT_MILLIS);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    return config.createConnection("jdbc:sqlite:" + path.toAbsolutePath());
  }

  private static void checkHeader(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] begin = in.readNBytes(HEADER.length);
      if (begin.length == 0) {
        throw damaged(path, "is empty");
      }
      if (!MessageDigest.isEqual(begin, HEADER)) {
        throw damaged(path, "is no database of a ledger");
      }
    }
  }

  private void checkDatabase() throws SQLException {
    if (number("PRAGMA application_id") != APPLICATION_ID
        || number("PRAGMA user_version") != FORMAT) {
      throw damaged(path, "is no database of a ledger, or of another version");
    }
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("PRAGMA integrity_check(1)")) {
      if (!found.next() || !"ok".equals(found.getString(1))) {
        throw damaged(path, "is damaged");
      }
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      return found.next() ? found.getLong(1) : -1;
    }
  }

  @Override
  public void write(byte[] image, List<JournalEntry> entries, long firstKept) {
    try {
      connection.setAutoCommit(false);
      try (PreparedStatement drop =
              connection.prepareStatement("DELETE FROM journal WHERE number < ?");
          PreparedStatement add =
              connection.prepareStatement(
                  "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
          PreparedStatement replace =
              connection.prepareStatement(
                  "INSERT INTO image VALUES (1, ?)"
                      + " ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes")) {
        drop.setLong(1, firstKept);
        drop.executeUpdate();
        for (JournalEntry entry : entries) {
          long[] numbers = entry.numbers();
          for (int column = 0; column < numbers.length; column++) {
            add.setLong(column + 1, numbers[column]);
          }
          add.executeUpdate();
        }
        replace.setBytes(1, image);
        replace.executeUpdate();
        connection.commit();
      }
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      rollBack(e);
      throw new UncheckedIOException(
          new IOException(
              path
                  + " cannot be written, so no key is used any more; mend that and start again: "
                  + e.getMessage(),
              e));
    }
  }

  /** SQLite may have rolled back itself: what it says about that must not hide why. */
  private void rollBack(SQLException why) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  @Override
  public Optional<byte[]> read() {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT bytes FROM image")) {
      return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
    } catch (SQLException e) {
      throw new UncheckedIOException(unreadable(path, e));
    }
  }

  /**
   * Returns the entries of the journal.
   *
   * @throws IllegalArgumentException if one is none
   */
  List<JournalEntry> journal() {
    List<JournalEntry> entries = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT * FROM journal ORDER BY number")) {
      while (found.next()) {
        long[] numbers = new long[JournalEntry.NUMBERS];
        for (int column = 0; column < numbers.length; column++) {
          numbers[column] = found.getLong(column + 1);
        }
        entries.add(JournalEntry.ofNumbers(numbers));
      }
    } catch (SQLException e) {
      throw new UncheckedIOException(unreadable(path, e));
    }
    return entries;
  }

  /** Reads image and journal as of one moment, while another process may be writing. */
  <T> T asOfOneMoment(Supplier<T> reader) throws IOException {
    try {
      connection.setAutoCommit(false);
      try {
        return reader.get();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw unreadable(path, e);
    }
  }

  private static IOException unreadable(Path path, SQLException e) {
    int code = e.getErrorCode();
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      throw damaged(path, "is damaged");
    }
    return new IOException(path + " cannot be read: " + e.getMessage(), e);
  }

  static LedgerUnusable damaged(Path path, String how) {
    return new LedgerUnusable(
        path
            + " "
            + how
            + ": nothing in it can be trusted; move it away, leave ledger.guard where it is, and"
            + " bring new credentials to both ends");
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(path + " cannot be closed: " + e.getMessage(), e);
    }
  }
}
