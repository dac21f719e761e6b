package org.eveproof.handover;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eveproof.protocol.Party;

/**
 * The directory where one party's ledger lives: {@code ledger.db}, {@code ledger.guard}, which is
 * not to be backed up, and {@code ledger.lock}, which one process at a time holds. Others may look
 * meanwhile.
 *
 * <p>A ledger without its guard could be an old copy, so it is refused. A guard without its ledger
 * is a ledger that was deleted: the party waits for a credential of a new epoch.
 */
public final class LedgerDirectory implements AutoCloseable {
  private final FileChannel lock;
  private final SqliteLedgerStore store;
  private final FileRollbackGuard guard;

  private LedgerDirectory(FileChannel lock, SqliteLedgerStore store, FileRollbackGuard guard) {
    this.lock = lock;
    this.store = store;
    this.guard = guard;
  }

  /**
   * Opens the directory for one process, and makes what is missing in an empty one.
   *
   * @param directory is there, and belongs to whoever runs this
   * @param self whose ledger it is to be
   * @throws LedgerUnusable if another process has it open, or if what is there cannot be trusted
   * @throws IOException if the files cannot be read or written
   */
  public static LedgerDirectory open(Path directory, Party self) throws IOException {
    LedgerDirectory opened = lockAndOpen(directory);
    try {
      opened.check(directory, self);
      return opened;
    } catch (LedgerUnusable e) {
      opened.close();
      throw e;
    }
  }

  private static LedgerDirectory lockAndOpen(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new LedgerUnusable(directory + " is no directory: make it first, mode 700");
    }
    FileChannel lock = lock(directory);
    try {
      Path guard = guard(directory);
      Path database = database(directory);
      if (Files.notExists(guard)) {
        if (Files.exists(database)) {
          throw new LedgerUnusable(
              guard
                  + " is missing, so "
                  + database
                  + " could be an old copy: bring the guard back, or run 'eveproof ledger repair "
                  + directory
                  + "', which gives up its keys, and bring new credentials");
        }
        FileRollbackGuard.create(guard);
      }
      if (Files.notExists(database)) {
        SqliteLedgerStore.create(database);
      }
      FileRollbackGuard openGuard = FileRollbackGuard.open(guard);
      try {
        return new LedgerDirectory(lock, SqliteLedgerStore.open(database), openGuard);
      } catch (IOException | LedgerUnusable e) {
        openGuard.close();
        throw e;
      }
    } catch (IOException | LedgerUnusable e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    Path path = directory.resolve("ledger.lock");
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnlyFile.attributes(path));
    Optional<FileLock> held;
    try {
      held = Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      held = Optional.empty();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (held.isEmpty()) {
      channel.close();
      throw new LedgerUnusable(
          directory + " is in use by another process: stop that one, or name another directory");
    }
    return channel;
  }

  private void check(Path directory, Party self) {
    LedgerSnapshot seen = snapshot(store, guard, directory);
    try (seen) {
      Optional<LedgerImage> image = seen.image();
      if (image.isPresent() && image.get().owner() != self) {
        throw new LedgerUnusable(
            directory
                + " holds the ledger of "
                + image.get().owner().specName()
                + ", not of "
                + self.specName()
                + ": name the directory of this end");
      }
      seen.journalDamage()
          .ifPresent(
              damage -> {
                throw new LedgerUnusable(
                    database(directory)
                        + ": the journal is damaged ("
                        + damage
                        + "), the keys are not: keep a copy of the file for the auditor and run"
                        + " 'eveproof ledger repair "
                        + directory
                        + "'");
              });
    }
  }

  /**
   * Looks at a ledger, also while a process has it open, and changes nothing.
   *
   * @throws LedgerUnusable if there is none, or if it is damaged
   * @throws IOException if the files cannot be read
   */
  public static LedgerSnapshot look(Path directory) throws IOException {
    Path database = database(directory);
    if (Files.notExists(database)) {
      throw new LedgerUnusable(directory + " holds no ledger: name the directory of one end");
    }
    RollbackGuard guard =
        Files.exists(guard(directory))
            ? FileRollbackGuard.look(guard(directory))
            : RollbackGuard.inMemory();
    try (SqliteLedgerStore store = SqliteLedgerStore.open(database)) {
      return store.asOfOneMoment(() -> snapshot(store, guard, directory));
    }
  }

  private static LedgerSnapshot snapshot(
      SqliteLedgerStore store, RollbackGuard guard, Path directory) {
    Optional<LedgerImage> image = store.read().map(bytes -> decode(bytes, directory));
    try {
      return new LedgerSnapshot(image, Optional.of(store.journal()), guard.version());
    } catch (IllegalArgumentException e) {
      return new LedgerSnapshot(image, Optional.empty(), guard.version());
    }
  }

  private static LedgerImage decode(byte[] bytes, Path directory) {
    try {
      return LedgerImage.decode(bytes);
    } catch (IllegalArgumentException e) {
      throw SqliteLedgerStore.damaged(database(directory), "is damaged");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** What {@link #repair} has done. */
  public enum Repair {
    /** Nothing was wrong. */
    NOTHING,
    /** A new journal was begun; keys and balance are as they were. */
    NEW_JOURNAL,
    /** The guard was lost: the keys are wiped and the ledger waits for a new credential. */
    KEYS_GIVEN_UP
  }

  /**
   * Mends what can be mended: begins a new journal in place of a damaged one; begins a new epoch
   * without keys if the guard is missing or damaged, for then the ledger could be an old copy.
   *
   * @throws LedgerUnusable if the keys themselves are damaged, or another process has them open
   * @throws IOException if the files cannot be read or written
   */
  public static Repair repair(Path directory) throws IOException {
    Path guard = guard(directory);
    if (!Files.isDirectory(directory) || Files.notExists(database(directory))) {
      throw new LedgerUnusable(directory + " holds no ledger: name the directory of one end");
    }
    FileChannel lock = lock(directory);
    try {
      return repairLocked(directory, guard);
    } finally {
      lock.close();
    }
  }

  private static Repair repairLocked(Path directory, Path guard) throws IOException {
    try (SqliteLedgerStore store = SqliteLedgerStore.open(database(directory))) {
      boolean guardLost = isLost(guard);
      RollbackGuard known = guardLost ? RollbackGuard.inMemory() : FileRollbackGuard.look(guard);
      try (LedgerSnapshot seen = snapshot(store, known, directory)) {
        if (seen.image().isEmpty() || (!guardLost && seen.journalDamage().isEmpty())) {
          return Repair.NOTHING;
        }
        LedgerImage image = seen.image().get();
        if (guardLost) {
          FileRollbackGuard.replace(guard, image.version(), image.epoch());
          image = image.rolledBack(image.version(), image.epoch());
        } else {
          image.beginNewJournal();
        }
        byte[] encoded = image.encodeNext();
        store.write(encoded, image.journal().pending(), Long.MAX_VALUE);
        Arrays.fill(encoded, (byte) 0);
        try (FileRollbackGuard raised = FileRollbackGuard.open(guard)) {
          raised.raise(image.version(), image.epoch());
        }
        return guardLost ? Repair.KEYS_GIVEN_UP : Repair.NEW_JOURNAL;
      }
    }
  }

  private static boolean isLost(Path guard) throws IOException {
    if (Files.notExists(guard)) {
      return true;
    }
    OwnerOnlyFile.check(guard);
    return FileRollbackGuard.isDamaged(guard);
  }

  private static Path database(Path directory) {
    return directory.resolve("ledger.db");
  }

  private static Path guard(Path directory) {
    return directory.resolve("ledger.guard");
  }

  /** Returns where the image and the journal are kept. */
  public LedgerStore store() {
    return store;
  }

  /** Returns what an old copy is told by. */
  public RollbackGuard guard() {
    return guard;
  }

  /** Returns the entries of the journal. */
  public List<JournalEntry> journal() {
    return store.journal();
  }

  /** Lets another process have it. */
  @Override
  public void close() throws IOException {
    try (lock;
        guard) {
      store.close();
    }
  }
}
