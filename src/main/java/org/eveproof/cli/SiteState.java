package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import org.eveproof.delivery.DeliveryEvent;
import org.eveproof.delivery.KeyPool;
import org.eveproof.delivery.SqliteDeliveryStore;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.LedgerDirectory;
import org.eveproof.handover.LedgerRules;
import org.eveproof.handover.LedgerUnusable;
import org.eveproof.protocol.Party;

/**
 * What one end of a standing link keeps on the disk: its ledger, and the keys that wait for the
 * site's consumers.
 */
final class SiteState implements AutoCloseable {
  private final Party site;
  private final LedgerDirectory ledger;
  private final SqliteDeliveryStore keys;

  private SiteState(Party site, LedgerDirectory ledger, SqliteDeliveryStore keys) {
    this.site = site;
    this.ledger = ledger;
    this.keys = keys;
  }

  /**
   * Opens a state directory, and makes it if there is none.
   *
   * @throws BadInput if what is there cannot be trusted, is another end's, or is in use
   * @throws IOException if it cannot be read or written
   */
  static SiteState open(Path directory, Party site) throws IOException {
    make(directory);
    try {
      LedgerDirectory ledger = LedgerDirectory.open(directory, site);
      try {
        return new SiteState(site, ledger, SqliteDeliveryStore.open(directory, site));
      } catch (RuntimeException unusable) {
        ledger.close();
        throw unusable;
      }
    } catch (LedgerUnusable refused) {
      throw new BadInput(String.valueOf(refused.getMessage()));
    }
  }

  private static void make(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(directory, ownerOnly(directory));
    } catch (FileAlreadyExistsException there) {
      if (!Files.isDirectory(directory)) {
        throw new BadInput(directory + " is not a directory; name another place with --state");
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Returns the ledger as it stands; the caller closes it before this.
   *
   * @param poolBytes how many bytes may wait for the consumers of each site
   * @param events told what becomes of each block's keys
   */
  Ledger ledger(LedgerRules rules, long poolBytes, Consumer<DeliveryEvent> events) {
    KeyPool pool = new KeyPool(keys, poolBytes, events);
    return Ledger.open(site, rules, ledger.store(), ledger.guard(), pool);
  }

  @Override
  public void close() throws IOException {
    try (ledger) {
      keys.close();
    }
  }
}
