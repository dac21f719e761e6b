package org.eveproof.handover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * A guard in a small file of its own, which is not to be backed up with the ledger. It has two
 * slots that are written in turn, so that a write which a crash cuts short leaves the one before.
 *
 * <pre>
 * slot, at 0 and at 512: "EPGUARD1" | version, 8 bytes | epoch, 4 bytes | SHA-256 of these
 * </pre>
 *
 * <p>Whoever can write the file can turn it back. Against him, a counter in hardware has to take
 * the place of this class.
 */
final class FileRollbackGuard implements RollbackGuard, AutoCloseable {
  private static final long MAGIC = 0x4550475541524431L;
  private static final int BODY = 2 * Long.BYTES + Integer.BYTES;
  private static final int SLOT = BODY + JournalEntry.HASH_BYTES;
  private static final int[] SLOTS = {0, 512};

  /** What a slot says, and where it is. */
  private record Noted(long version, int epoch, int slot) {}

  private final FileChannel file;
  private Noted noted;

  private FileRollbackGuard(FileChannel file, Noted noted) {
    this.file = file;
    this.noted = noted;
  }

  /** Makes the file of a guard that has seen nothing yet. */
  static void create(Path path) throws IOException {
    OwnerOnlyFile.create(path, slot(0, 0));
  }

  /** Makes the file of a guard that has seen this, in place of one that is lost. */
  static void replace(Path path, long version, int epoch) throws IOException {
    Files.deleteIfExists(path);
    OwnerOnlyFile.create(path, slot(version, epoch));
  }

  /** Returns whether neither slot can be read. */
  static boolean isDamaged(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return latest(file).isEmpty();
    }
  }

  /**
   * Opens a guard.
   *
   * @throws LedgerUnusable if neither slot can be read
   */
  static FileRollbackGuard open(Path path) throws IOException {
    OwnerOnlyFile.check(path);
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return new FileRollbackGuard(file, latest(file).orElseThrow(() -> damaged(path)));
    } catch (IOException | LedgerUnusable e) {
      file.close();
      throw e;
    }
  }

  /** Reads what a guard says while another process may be raising it. */
  static RollbackGuard look(Path path) throws IOException {
    OwnerOnlyFile.check(path);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      RollbackGuard seen = RollbackGuard.inMemory();
      Noted latest = latest(file).orElseThrow(() -> damaged(path));
      seen.raise(latest.version, latest.epoch);
      return seen;
    }
  }

  private static Optional<Noted> latest(FileChannel file) throws IOException {
    Optional<Noted> latest = Optional.empty();
    for (int slot : SLOTS) {
      Optional<Noted> read = read(file, slot);
      if (read.isPresent() && (latest.isEmpty() || read.get().version >= latest.get().version)) {
        latest = read;
      }
    }
    return latest;
  }

  private static LedgerUnusable damaged(Path path) {
    return new LedgerUnusable(
        path
            + " is damaged, so an old copy of the ledger could not be told from the ledger: run"
            + " 'eveproof ledger repair "
            + path.getParent()
            + "', which gives up its keys, and bring new credentials");
  }

  private static Optional<Noted> read(FileChannel file, int slot) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SLOT);
    int count;
    do {
      count = file.read(bytes, slot + bytes.position());
    } while (count > 0);
    if (bytes.hasRemaining()) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOf(bytes.array(), BODY);
    byte[] checksum = Arrays.copyOfRange(bytes.array(), BODY, SLOT);
    ByteBuffer in = ByteBuffer.wrap(body);
    boolean good =
        MessageDigest.isEqual(checksum, JournalEntry.sha256().digest(body))
            && in.getLong() == MAGIC;
    return good ? Optional.of(new Noted(in.getLong(), in.getInt(), slot)) : Optional.empty();
  }

  private static byte[] slot(long version, int epoch) {
    ByteBuffer body = ByteBuffer.allocate(BODY);
    body.putLong(MAGIC).putLong(version).putInt(epoch);
    ByteBuffer whole = ByteBuffer.allocate(SLOT);
    return whole.put(body.array()).put(JournalEntry.sha256().digest(body.array())).array();
  }

  @Override
  public long version() {
    return noted.version;
  }

  @Override
  public int epoch() {
    return noted.epoch;
  }

  @Override
  public void raise(long version, int epoch) {
    if (version < noted.version || epoch < noted.epoch) {
      throw new IllegalArgumentException(
          "version " + version + ", epoch " + epoch + " after " + noted);
    }
    if (version == noted.version && epoch == noted.epoch) {
      return;
    }
    int other = noted.slot == SLOTS[0] ? SLOTS[1] : SLOTS[0];
    try {
      ByteBuffer bytes = ByteBuffer.wrap(slot(version, epoch));
      while (bytes.hasRemaining()) {
        file.write(bytes, other + bytes.position());
      }
      file.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("the ledger's guard cannot be written: " + e.getMessage(), e));
    }
    noted = new Noted(version, epoch, other);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
