package org.eveproof.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * TLC's classes in a file that a virtual machine maps into memory instead of reading them anew
 * (class data sharing): a fifth of a run of few seconds. The first run makes it, which is gone with
 * this process; those that begin before it is made go without.
 */
final class ClassArchive {
  private enum State {
    MISSING,
    IN_THE_MAKING,
    USABLE
  }

  private static State state = State.MISSING;
  private static Path file = Path.of("");

  private ClassArchive() {}

  /**
   * What a run has to do with the archive.
   *
   * @param options for its virtual machine
   * @param makes whether the archive is there when it has ended
   */
  record Part(List<String> options, boolean makes) {}

  /** Says what the next run has to do with it. */
  static synchronized Part next() throws IOException {
    // What a virtual machine thinks of an archive would be read as words of TLC.
    String silent = "-Xlog:disable";
    return switch (state) {
      case MISSING -> {
        Path folder = Files.createTempDirectory("eveproof-classes");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> TemporaryFolder.delete(folder)));
        file = folder.resolve("tlc.jsa");
        state = State.IN_THE_MAKING;
        yield new Part(List.of(silent, "-XX:ArchiveClassesAtExit=" + file), true);
      }
      case IN_THE_MAKING -> new Part(List.of(), false);
      case USABLE -> new Part(List.of(silent, "-XX:SharedArchiveFile=" + file), false);
    };
  }

  /**
   * Says that a run is over.
   *
   * @param inOrder whether it ended by itself
   */
  static synchronized void over(Part part, boolean inOrder) {
    if (part.makes()) {
      state = inOrder && Files.exists(file) ? State.USABLE : State.MISSING;
    }
  }
}
