package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes the keys of both parties into a directory, as {@code alice.key} and {@code bob.key}: both
 * or none, whole, and never readable by anybody but their owner.
 *
 * <p>Both are written into a directory of their own first. If the target does not exist yet, that
 * directory becomes it, by one move. Into an existing one the files move one after the other, and
 * the first is taken back should the second fail.
 */
record KeyPairFiles(Path directory) {

  /**
   * Checks that the keys can go there, before the work begins.
   *
   * @throws BadInput if there is a key already, or something else in the way
   */
  void requireFree() {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new BadInput(directory + " is not a directory; name another place with --out");
    }
    for (Path key : new Path[] {alice(), bob()}) {
      if (Files.exists(key)) {
        throw new BadInput(key + " exists; move it away or name another place with --out");
      }
    }
  }

  /** Returns the place of Alice's key. */
  Path alice() {
    return directory.resolve("alice.key");
  }

  /** Returns the place of Bob's key. */
  Path bob() {
    return directory.resolve("bob.key");
  }

  /**
   * Writes both.
   *
   * @param alice content of her file; the caller wipes it
   * @param bob content of his
   * @throws IOException if the environment fails; then there is neither
   */
  void write(byte[] alice, byte[] bob) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null) {
      throw new BadInput(directory + " is no place for keys; name another one with --out");
    }
    Files.createDirectories(parent);
    boolean whole = !Files.exists(directory);
    Path staging =
        Files.createTempDirectory(whole ? parent : directory, ".keys-", ownerOnly(parent));
    KeyPairFiles staged = new KeyPairFiles(staging);
    try {
      SecretFile.write(staged.alice(), alice);
      SecretFile.write(staged.bob(), bob);
      if (whole) {
        Files.move(staging, directory, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
      requireFree();
      Files.move(staged.alice(), alice(), StandardCopyOption.ATOMIC_MOVE);
      try {
        Files.move(staged.bob(), bob(), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException | RuntimeException failure) {
        Files.deleteIfExists(alice());
        throw failure;
      }
    } finally {
      Files.deleteIfExists(staged.alice());
      Files.deleteIfExists(staged.bob());
      Files.deleteIfExists(staging);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
    };
  }
}
