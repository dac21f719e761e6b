package org.eveproof.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eveproof.authentication.Frame;
import org.eveproof.delivery.PendingAnnouncement.EntryState;
import org.eveproof.delivery.health.HealthHistory;
import org.eveproof.protocol.Party;

/**
 * A {@link DeliveryStore} in SQLite: the file {@code keys.db} of a site's state directory, mode
 * 600. It holds keys in the clear, as the disk of a secure site must be allowed to.
 */
public final class SqliteDeliveryStore implements DeliveryStore {
  /** Name of the file in the state directory. */
  public static final String FILE = "keys.db";

  private static final int VERSION = 2;
  private static final int CHUNK = 1024;

  private final Party site;
  private final KeyDatabase database;
  private final ReservationTable reservations;

  private SqliteDeliveryStore(Party site, KeyDatabase database) {
    this.site = site;
    this.database = database;
    this.reservations = new ReservationTable(database);
    database.atomically(
        () -> {
          prepare();
          return 0;
        });
  }

  /**
   * Opens the store of a state directory; makes it if there is none.
   *
   * @param directory exists
   * @throws UncheckedIOException if it is another site's, or cannot be used
   */
  public static SqliteDeliveryStore open(Path directory, Party site) {
    KeyDatabase database = KeyDatabase.open(directory.resolve(FILE));
    try {
      return new SqliteDeliveryStore(site, database);
    } catch (RuntimeException unusable) {
      database.close();
      throw unusable;
    }
  }

  /** Makes a store in memory. */
  public static SqliteDeliveryStore inMemory(Party site) {
    return new SqliteDeliveryStore(site, KeyDatabase.inMemory());
  }

  private void prepare() {
    int version = database.query(rows -> rows.getInt(1), "PRAGMA user_version");
    if (version == 0) {
      database.script(
          "CREATE TABLE site (name TEXT NOT NULL, epoch INTEGER NOT NULL, block INTEGER NOT NULL,"
              + " health BLOB NOT NULL)",
          "CREATE TABLE half (owner TEXT NOT NULL, epoch INTEGER NOT NULL, block INTEGER NOT NULL,"
              + " next INTEGER NOT NULL, held INTEGER NOT NULL, failures INTEGER NOT NULL,"
              + " chunk INTEGER NOT NULL, PRIMARY KEY (owner, epoch, block)) WITHOUT ROWID",
          "CREATE TABLE chunk (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
          "CREATE TABLE pending (message BLOB NOT NULL, states TEXT NOT NULL)",
          "CREATE TABLE withdrawal (number INTEGER PRIMARY KEY, id BLOB NOT NULL)",
          "CREATE TABLE answered (message BLOB NOT NULL, answer BLOB NOT NULL)",
          "PRAGMA user_version = " + VERSION);
      database.script(ReservationTable.SCHEMA);
      database.update(
          "INSERT INTO site VALUES (?, -1, -1, ?)", site.specName(), HealthHistory.EMPTY.encode());
    } else if (version != VERSION) {
      throw unusable(" has format " + version + ", not " + VERSION);
    }
    String name = database.query(rows -> rows.getString(1), "SELECT name FROM site");
    if (!name.equals(site.specName())) {
      throw unusable(" belongs to the site of " + name);
    }
  }

  @Override
  public Party site() {
    return site;
  }

  @Override
  public <T> T atomically(Supplier<T> step) {
    return database.atomically(step);
  }

  @Override
  public boolean tidy() {
    return database.tidy();
  }

  @Override
  public Optional<BlockId> lastTakenIn() {
    return database.query(
        rows ->
            rows.getInt(1) < 0
                ? Optional.empty()
                : Optional.of(new BlockId(rows.getInt(1), rows.getInt(2))),
        "SELECT epoch, block FROM site");
  }

  @Override
  public void noteTakenIn(BlockId block) {
    database.update("UPDATE site SET epoch = ?, block = ?", block.epoch(), block.block());
  }

  @Override
  public HealthHistory healthHistory() {
    return HealthHistory.decode(database.query(rows -> rows.getBytes(1), "SELECT health FROM site"))
        .orElseThrow(SqliteDeliveryStore::damaged);
  }

  @Override
  public void rememberHealth(HealthHistory history) {
    database.update("UPDATE site SET health = ?", history.encode());
  }

  @Override
  public void addHalf(Party owner, BlockId block, byte[] half) {
    atomically(
        () -> {
          long first =
              database.query(
                  rows -> rows.getLong(1), "SELECT coalesce(max(number), 0) + 1 FROM chunk");
          for (int from = 0; from < half.length; from += CHUNK) {
            byte[] bytes = Arrays.copyOfRange(half, from, Math.min(half.length, from + CHUNK));
            database.update("INSERT INTO chunk VALUES (?, ?)", first + from / CHUNK, bytes);
            Arrays.fill(bytes, (byte) 0);
          }
          return database.update(
              "INSERT INTO half VALUES (?, ?, ?, ?, ?, 0, ?)",
              owner.specName(),
              block.epoch(),
              block.block(),
              Half.STREAM,
              half.length,
              first);
        });
  }

  @Override
  public List<Half> halves(Party owner) {
    return database.query(
        SqliteDeliveryStore::halves,
        "SELECT epoch, block, next, held, failures FROM half WHERE owner = ?"
            + " ORDER BY epoch, block",
        owner.specName());
  }

  @Override
  public long rest(Party owner) {
    return database.query(
        rows -> rows.getLong(1),
        "SELECT coalesce(sum(held - next), 0) FROM half WHERE owner = ?",
        owner.specName());
  }

  @Override
  public int count(Party owner, int held) {
    return database.query(
        rows -> rows.getInt(1),
        "SELECT count(*) FROM half WHERE owner = ? AND held = ?",
        owner.specName(),
        held);
  }

  @Override
  public Optional<Half> half(Party owner, BlockId block) {
    return database
        .query(
            SqliteDeliveryStore::halves,
            "SELECT epoch, block, next, held, failures FROM half"
                + " WHERE owner = ? AND epoch = ? AND block = ?",
            owner.specName(),
            block.epoch(),
            block.block())
        .stream()
        .findFirst();
  }

  private static List<Half> halves(ResultSet rows) throws SQLException {
    List<Half> halves = new ArrayList<>();
    while (rows.next()) {
      BlockId id = new BlockId(rows.getInt(1), rows.getInt(2));
      halves.add(new Half(id, rows.getInt(3), rows.getInt(4), rows.getInt(5)));
    }
    return halves;
  }

  private long firstChunk(Party owner, BlockId block) {
    return database.query(
        rows -> rows.getLong(1),
        "SELECT chunk FROM half WHERE owner = ? AND epoch = ? AND block = ?",
        owner.specName(),
        block.epoch(),
        block.block());
  }

  @Override
  public byte[] read(Party owner, BlockId block, int offset, int length) {
    ByteBuffer out = ByteBuffer.allocate(length);
    long first = firstChunk(owner, block);
    for (int at = offset; out.hasRemaining(); ) {
      byte[] bytes = chunk(first + at / CHUNK);
      int count = Math.min(bytes.length - at % CHUNK, out.remaining());
      out.put(bytes, at % CHUNK, count);
      at += count;
      Arrays.fill(bytes, (byte) 0);
    }
    return out.array();
  }

  private byte[] chunk(long number) {
    return database.query(
        rows -> rows.getBytes(1), "SELECT bytes FROM chunk WHERE number = ?", number);
  }

  @Override
  public void take(Party owner, BlockId block, int next) {
    database.update(
        "UPDATE half SET next = ? WHERE owner = ? AND epoch = ? AND block = ?",
        next,
        owner.specName(),
        block.epoch(),
        block.block());
  }

  @Override
  public void wipe(Party owner, BlockId block, int offset, int length) {
    long first = firstChunk(owner, block);
    int at = offset;
    while (at < offset + length) {
      byte[] bytes = chunk(first + at / CHUNK);
      int to = Math.min(bytes.length, at % CHUNK + offset + length - at);
      Arrays.fill(bytes, at % CHUNK, to, (byte) 0);
      database.update("UPDATE chunk SET bytes = ? WHERE number = ?", bytes, first + at / CHUNK);
      at += to - at % CHUNK;
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public void drop(Party owner, BlockId block) {
    atomically(
        () -> {
          int held = half(owner, block).map(Half::held).orElse(0);
          if (held > 0) {
            long first = firstChunk(owner, block);
            // Deleted rows are zeroed: secure_delete.
            database.update(
                "DELETE FROM chunk WHERE number BETWEEN ? AND ?",
                first,
                first + (held - 1) / CHUNK);
          }
          return database.update(
              "DELETE FROM half WHERE owner = ? AND epoch = ? AND block = ?",
              owner.specName(),
              block.epoch(),
              block.block());
        });
  }

  @Override
  public void countFailure(Party owner, BlockId block) {
    database.update(
        "UPDATE half SET failures = failures + 1 WHERE owner = ? AND epoch = ? AND block = ?",
        owner.specName(),
        block.epoch(),
        block.block());
  }

  @Override
  public Optional<PendingAnnouncement> pending() {
    return database.query(
        rows ->
            rows.next()
                ? Optional.of(
                    new PendingAnnouncement(frame(rows.getBytes(1)), states(rows.getString(2))))
                : Optional.empty(),
        "SELECT message, states FROM pending");
  }

  @Override
  public void setPending(PendingAnnouncement pending) {
    String states =
        pending.states().stream()
            .map(state -> String.valueOf(state.letter()))
            .collect(Collectors.joining());
    atomically(
        () -> {
          clearPending();
          return database.update(
              "INSERT INTO pending VALUES (?, ?)", pending.message().encode(), states);
        });
  }

  private static List<EntryState> states(String stored) {
    return stored.chars().mapToObj(EntryState::ofLetter).toList();
  }

  private static Frame frame(byte[] stored) {
    return Frame.parse(stored).orElseThrow(SqliteDeliveryStore::damaged);
  }

  private static UncheckedIOException damaged() {
    return unusable(" is damaged");
  }

  private static UncheckedIOException unusable(String why) {
    String text = FILE + why;
    return new UncheckedIOException(text, new IOException(text));
  }

  @Override
  public void clearPending() {
    database.update("DELETE FROM pending");
  }

  @Override
  public List<UUID> withdrawals(int most) {
    return database.query(
        rows -> {
          List<UUID> ids = new ArrayList<>();
          while (rows.next()) {
            ids.add(ReservationTable.uuid(rows.getBytes(1)));
          }
          return ids;
        },
        "SELECT id FROM withdrawal ORDER BY number LIMIT ?",
        most);
  }

  @Override
  public void addWithdrawals(List<UUID> ids) {
    for (UUID id : ids) {
      database.update("INSERT INTO withdrawal (id) VALUES (?)", ReservationTable.key(id));
    }
  }

  @Override
  public void clearWithdrawals(List<UUID> ids) {
    for (UUID id : ids) {
      database.update("DELETE FROM withdrawal WHERE id = ?", ReservationTable.key(id));
    }
  }

  @Override
  public Optional<AnsweredAnnouncement> answered() {
    return database.query(
        rows ->
            rows.next()
                ? Optional.of(
                    new AnsweredAnnouncement(frame(rows.getBytes(1)), frame(rows.getBytes(2))))
                : Optional.empty(),
        "SELECT message, answer FROM answered");
  }

  @Override
  public void setAnswered(AnsweredAnnouncement answered) {
    atomically(
        () -> {
          database.update("DELETE FROM answered");
          return database.update(
              "INSERT INTO answered VALUES (?, ?)",
              answered.message().encode(),
              answered.answer().encode());
        });
  }

  @Override
  public Optional<ReservedKey> reserved(UUID id) {
    return reservations.find(id);
  }

  @Override
  public void reserve(ReservedKey key, byte[] bytes) {
    atomically(() -> reservations.add(key, bytes));
  }

  @Override
  public byte[] keyBytes(UUID id) {
    return reservations.bytes(id);
  }

  @Override
  public void update(ReservedKey before, ReservedKey after) {
    atomically(() -> reservations.update(before, after));
  }

  @Override
  public long backlog(SaeId master, SaeId slave) {
    return reservations.backlog(master, slave);
  }

  @Override
  public long backlog() {
    return reservations.backlog();
  }

  @Override
  public void forgetSpent(int among) {
    atomically(() -> reservations.forgetSpent(among));
  }

  @Override
  public void close() {
    database.close();
  }
}
