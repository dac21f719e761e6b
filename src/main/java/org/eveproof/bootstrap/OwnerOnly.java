package org.eveproof.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Whether a file with a secret is closed to others than its owner. */
public final class OwnerOnly {
  /** What to tell whoever left it open. */
  public static final String MENDING = "others can open the file: make it mode 600";

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private OwnerOnly() {}

  /**
   * Whether nobody but the owner has any permission on a file; true where files have none.
   *
   * @throws IOException if the file cannot be looked at
   */
  public static boolean holds(Path file) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return true;
    }
    Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
    open.addAll(Files.getPosixFilePermissions(file));
    open.retainAll(OTHERS);
    return open.isEmpty();
  }
}
