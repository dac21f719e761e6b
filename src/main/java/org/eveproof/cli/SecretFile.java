package org.eveproof.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * Writes secrets to files that only their owner can read, not for a moment anybody else, and that
 * are whole or not there.
 */
final class SecretFile {
  private SecretFile() {}

  /**
   * Writes a new file.
   *
   * @param target where; its directory must exist
   * @param secret what; the caller wipes it
   * @throws BadInput if the file exists: a secret is never overwritten
   * @throws IOException if the file cannot be written
   */
  static void write(Path target, byte[] secret) throws IOException {
    if (Files.exists(target)) {
      throw new BadInput(target + " exists; move it away or name another place");
    }
    byte[] suffix = new byte[8];
    new SecureRandom().nextBytes(suffix);
    Path partial =
        target.resolveSibling(
            "." + target.getFileName() + "." + HexFormat.of().formatHex(suffix) + ".partial");
    try {
      try (FileChannel out =
          FileChannel.open(
              partial,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly(partial))) {
        ByteBuffer rest = ByteBuffer.wrap(secret);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
        out.force(true);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Makes sure that a file which was just made is found after a crash too: its directory is written
   * to the disk.
   */
  static void forceDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && directory.getFileSystem().equals(FileSystems.getDefault())) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Returns what a new file needs so that only its owner can open it. */
  static FileAttribute<?>[] ownerOnly(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };
  }
}
