package org.eveproof.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's folders are: {@code specs/} is read from there, {@code target/} written. */
final class EveproofHome {
  private EveproofHome() {}

  /**
   * Returns the project's folder: what the launcher says, else the current folder.
   *
   * @throws BadInput if there are no specifications
   */
  static Path folder() {
    Path home = Path.of(System.getProperty("eveproof.home", "")).toAbsolutePath().normalize();
    if (!Files.isDirectory(home.resolve("specs"))) {
      throw new BadInput(
          home + " has no folder specs; run the launcher of the project, or from its top folder");
    }
    return home;
  }

  /** Returns the folder of the specifications. */
  static Path specs() {
    return folder().resolve("specs");
  }

  /** Returns the folder of the evidence. */
  static Path evidence() {
    return folder().resolve("target").resolve("evidence");
  }
}
