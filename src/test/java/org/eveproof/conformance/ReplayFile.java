package org.eveproof.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a failed chain down, so that one command does it again. */
final class ReplayFile {
  private ReplayFile() {}

  /**
   * Returns the error to throw for a failed chain: the disagreement and the command that replays
   * it, or the original problem where that is something else.
   */
  static Error explain(String specification, Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConformanceFailure failure) {
        Path file = Path.of("target", "replay", specification + ".steps");
        try {
          Files.createDirectories(file.getParent());
          Files.write(file, failure.steps());
        } catch (IOException unwritable) {
          throw new UncheckedIOException(unwritable);
        }
        return new AssertionError(
            failure.getMessage()
                + System.lineSeparator()
                + "replay: ./eveproof conform "
                + specification
                + " --replay "
                + file,
            problem);
      }
    }
    return new AssertionError(problem.toString(), problem);
  }
}
