package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.eveproof.handover.LedgerDirectory;
import org.eveproof.handover.LedgerSnapshot;
import org.eveproof.handover.LedgerUnusable;
import picocli.CommandLine.Parameters;

/** Which ledger a command is about. Use as a picocli mixin. */
final class LedgerOptions {
  @Parameters(paramLabel = "DIR", description = "State directory of one end of a link.")
  private Path directory = Path.of("");

  Path directory() {
    return directory;
  }

  /**
   * Reads the ledger as it is now; a link may be using it.
   *
   * @throws LedgerUnusable if there is none, or if it is damaged
   */
  LedgerSnapshot look() throws IOException {
    return LedgerDirectory.look(directory);
  }
}
