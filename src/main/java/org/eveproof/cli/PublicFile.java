package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files without secrets, whole, in place of what was there. */
final class PublicFile {
  private PublicFile() {}

  /**
   * Puts a file in place by one move: a reader sees the old one or the new one.
   *
   * @throws IOException if it cannot be written
   */
  static void replace(Path target, byte[] content) throws IOException {
    Path partial = target.resolveSibling("." + target.getFileName() + ".partial");
    try {
      Files.write(partial, content);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
