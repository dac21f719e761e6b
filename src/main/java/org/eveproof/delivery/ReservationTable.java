package org.eveproof.delivery;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The keys that wait for slaves, and the identifiers of spent ones, in the tables of a site's
 * database. Callers make each change part of a step.
 */
record ReservationTable(KeyDatabase database) {
  /** Makes the tables. */
  static final String[] SCHEMA = {
    "CREATE TABLE reserved (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
        + " master TEXT NOT NULL, slaves TEXT NOT NULL, waiting TEXT NOT NULL,"
        + " key BLOB NOT NULL)",
    "CREATE INDEX spent ON reserved (number) WHERE waiting = ''",
    "CREATE TABLE backlog (master TEXT NOT NULL, slave TEXT NOT NULL,"
        + " waiting INTEGER NOT NULL, PRIMARY KEY (master, slave)) WITHOUT ROWID"
  };

  Optional<ReservedKey> find(UUID id) {
    return database.query(
        rows ->
            rows.next()
                ? Optional.of(
                    new ReservedKey(
                        id,
                        new SaeId(rows.getString(1)),
                        saes(rows.getString(2)),
                        saes(rows.getString(3))))
                : Optional.empty(),
        "SELECT master, slaves, waiting FROM reserved WHERE id = ?",
        key(id));
  }

  int add(ReservedKey key, byte[] bytes) {
    database.update(
        "INSERT INTO reserved (id, master, slaves, waiting, key) VALUES (?, ?, ?, ?, ?)",
        key(key.id()),
        key.master().text(),
        text(key.slaves()),
        text(key.waiting()),
        bytes);
    key.waiting().forEach(slave -> addBacklog(key.master(), slave, 1));
    return key.waiting().size();
  }

  private void addBacklog(SaeId master, SaeId slave, int more) {
    database.update(
        "INSERT INTO backlog VALUES (?, ?, ?)"
            + " ON CONFLICT DO UPDATE SET waiting = waiting + excluded.waiting",
        master.text(),
        slave.text(),
        more);
  }

  byte[] bytes(UUID id) {
    return database.query(
        rows -> rows.getBytes(1), "SELECT key FROM reserved WHERE id = ?", key(id));
  }

  int update(ReservedKey before, ReservedKey after) {
    before.waiting().stream()
        .filter(slave -> !after.waiting().contains(slave))
        .forEach(slave -> addBacklog(before.master(), slave, -1));
    return after.waiting().isEmpty()
        ? database.update(
            "UPDATE reserved SET waiting = '', key = x'' WHERE id = ?", key(after.id()))
        : database.update(
            "UPDATE reserved SET waiting = ? WHERE id = ?", text(after.waiting()), key(after.id()));
  }

  long backlog(SaeId master, SaeId slave) {
    return database.query(
        rows -> rows.next() ? rows.getLong(1) : 0L,
        "SELECT waiting FROM backlog WHERE master = ? AND slave = ?",
        master.text(),
        slave.text());
  }

  long backlog() {
    return database.query(rows -> rows.getLong(1), "SELECT coalesce(sum(waiting), 0) FROM backlog");
  }

  int forgetSpent(int among) {
    return database.update(
        "DELETE FROM reserved WHERE waiting = ''"
            + " AND number <= (SELECT max(number) FROM reserved) - ?",
        among);
  }

  private static String text(List<SaeId> saes) {
    return saes.stream().map(SaeId::text).collect(Collectors.joining("/"));
  }

  private static List<SaeId> saes(String text) {
    return text.isEmpty() ? List.of() : Arrays.stream(text.split("/", -1)).map(SaeId::new).toList();
  }

  static byte[] key(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  static UUID uuid(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new UUID(in.getLong(), in.getLong());
  }
}
