package org.eveproof.adversary.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;

/** What can happen to the files of a site that is not running. */
final class Damage {
  private Damage() {}

  /** Cuts a file short, to any length; returns true. */
  static boolean truncate(Path file, RandomGenerator random) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(random.nextLong(channel.size()));
    }
    return true;
  }

  /** Flips one bit of a file; returns true. */
  static boolean flip(Path file, RandomGenerator random) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long position = random.nextLong(channel.size());
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, position);
      one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(Byte.SIZE))));
      channel.write(one.rewind(), position);
    }
    return true;
  }

  /** Takes an entry out of the journal, if it has one; returns whether it had. */
  static boolean removeEntry(Path database, RandomGenerator random) throws IOException {
    return change(database, "DELETE FROM journal WHERE number = (%s)".formatted(anyEntry(random)));
  }

  /** Makes an entry of the journal say something else, if it has one; returns whether it had. */
  static boolean changeEntry(Path database, RandomGenerator random) throws IOException {
    return change(
        database,
        "UPDATE journal SET bits = bits + 1 WHERE number = (%s)".formatted(anyEntry(random)));
  }

  private static String anyEntry(RandomGenerator random) {
    return "SELECT number FROM journal ORDER BY number LIMIT 1 OFFSET (SELECT "
        + random.nextInt(1 << 20)
        + " % max(1, count(*)) FROM journal)";
  }

  private static boolean change(Path database, String sql) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql) > 0;
    } catch (SQLException e) {
      throw new IOException(database + " cannot be changed: " + e.getMessage(), e);
    }
  }
}
