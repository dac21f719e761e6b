package org.eveproof.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/**
 * The SQLite file of a site's keys: closed to others from its first moment, durable at every commit
 * (write-ahead log, synchronous FULL), and after {@link #tidy} without a trace of what was deleted
 * or overwritten: freed bytes are zeroed (secure_delete), and the log, which holds older versions,
 * is written back and cut to nothing. What an operating system or a disk keeps of blocks that it no
 * longer shows is beyond this.
 *
 * <p>Several processes may have it open; they wait for each other. Within a process, threads do.
 */
final class KeyDatabase implements AutoCloseable {
  private static final int BUSY_MILLIS = 20_000;

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private int depth;

  /** Work with the database, which may fail. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  private KeyDatabase(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens a file; makes it if there is none.
   *
   * @throws UncheckedIOException if it is no such file, or cannot be used
   */
  static KeyDatabase open(Path file) {
    try {
      FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly(file))
          .close();
    } catch (FileAlreadyExistsException before) {
      // It was made like this.
    } catch (IOException unusable) {
      throw new UncheckedIOException("cannot make " + file, unusable);
    }
    try {
      return open("jdbc:sqlite:" + file);
    } catch (UncheckedIOException unusable) {
      throw new UncheckedIOException(
          new IOException(
              "cannot use "
                  + file
                  + " ("
                  + unusable.getMessage()
                  + "): if it is damaged, put it away and start again; the keys in it are lost, and"
                  + " the other site is told so",
              unusable));
    }
  }

  /** Opens a database in memory. */
  static KeyDatabase inMemory() {
    return open("jdbc:sqlite::memory:");
  }

  private static KeyDatabase open(String url) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setSynchronous(SynchronousMode.FULL);
    config.setJournalMode(JournalMode.WAL);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
    config.setPragma(SQLiteConfig.Pragma.TEMP_STORE, "MEMORY");
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    try {
      return new KeyDatabase(source.getConnection());
    } catch (SQLException unusable) {
      throw failed(unusable);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Runs statements without parameters, outside of any step. */
  synchronized void script(String... statements) {
    atomically(
        () ->
            run(
                () -> {
                  try (Statement statement = connection.createStatement()) {
                    for (String each : statements) {
                      statement.execute(each);
                    }
                  }
                  return 0;
                }));
  }

  /** Makes all changes of a step at once, or none. */
  synchronized <T> T atomically(Supplier<T> step) {
    if (depth > 0) {
      return step.get();
    }
    update("BEGIN IMMEDIATE");
    depth++;
    boolean whole = false;
    try {
      T result = step.get();
      update("COMMIT");
      whole = true;
      return result;
    } finally {
      depth--;
      if (!whole) {
        rollBack();
      }
    }
  }

  private void rollBack() {
    try {
      bound("ROLLBACK").executeUpdate();
    } catch (SQLException failure) {
      // What ended the step is on its way to the caller; SQLite may have rolled back by itself.
    }
  }

  /**
   * Rids the files of what was deleted or overwritten. Does nothing if another process is reading
   * at this very moment, so it is to be called again and again.
   *
   * @return whether it was done
   */
  synchronized boolean tidy() {
    return query(rows -> rows.getInt(1) == 0, "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** Changes something, and returns how many rows. */
  synchronized int update(String sql, Object... values) {
    return run(() -> bound(sql, values).executeUpdate());
  }

  /** Reads something. */
  synchronized <T> T query(Reader<T> reader, String sql, Object... values) {
    return run(
        () -> {
          try (ResultSet rows = bound(sql, values).executeQuery()) {
            return reader.read(rows);
          }
        });
  }

  /** Reads the rows of an answer. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private PreparedStatement bound(String sql, Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else if (values[i] instanceof String text) {
        statement.setString(i + 1, text);
      } else {
        statement.setLong(i + 1, ((Number) values[i]).longValue());
      }
    }
    return statement;
  }

  private static <T> T run(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private static UncheckedIOException failed(SQLException failure) {
    return new UncheckedIOException(
        "the key database failed: " + failure.getMessage(), new IOException(failure));
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }
}
