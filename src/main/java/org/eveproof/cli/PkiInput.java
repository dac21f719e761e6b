package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.eveproof.bootstrap.pki.PkiFile;
import org.eveproof.bootstrap.pki.PkiFileException;

/** Reads files of a public key infrastructure for a command. */
final class PkiInput {
  private PkiInput() {}

  /**
   * Returns the content of a file.
   *
   * @throws BadInput if it is none that is known
   */
  static PkiFile read(Path file) throws IOException {
    try {
      return PkiFile.read(file);
    } catch (PkiFileException broken) {
      throw new BadInput(file + ": " + broken.getMessage());
    }
  }

  /**
   * Returns one kind of object from a file, at least one.
   *
   * @param what the kind is called
   * @throws BadInput if there is none
   */
  static <T> List<T> read(Path file, Function<PkiFile, List<T>> kind, String what)
      throws IOException {
    List<T> found = kind.apply(read(file));
    if (found.isEmpty()) {
      throw new BadInput(file + ": there is no " + what + " in it; is it the right file?");
    }
    return found;
  }
}
