package org.eveproof.evidence;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The machine-checked mathematics in {@code proofs/}. */
public final class ProofChecks {
  private static final int HELD = 0;
  private static final int SKIPPED = 77;

  private ProofChecks() {}

  /**
   * Returns the checks: one, which runs {@code proofs/check}.
   *
   * @param proofs the folder of the proofs
   * @param output where the compiled proofs, the theorems and the counts go
   */
  public static List<Check> all(Path proofs, Path output) {
    return List.of(
        new Check(
            "proofs",
            Finding.Kind.PROOF,
            "machine-checked mathematics",
            "none",
            name -> name.equalsIgnoreCase("proofs"),
            () -> run(proofs, output, Map.of())));
  }

  /**
   * Runs {@code proofs/check}; its exit code decides.
   *
   * @param environment what to set beyond the environment of this process
   */
  static Check.Sight run(Path proofs, Path output, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path script = proofs.resolve("check").toAbsolutePath();
    Files.createDirectories(output);
    Path log = Files.createTempFile(output, "check", ".log");
    ProcessBuilder call =
        new ProcessBuilder("bash", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    call.environment()
        .put("EVEPROOF_PROOFS_OUT", output.resolve("work").toAbsolutePath().toString());
    call.environment().putAll(environment);
    Process process = call.start();
    try {
      return switch (process.waitFor()) {
        case HELD -> held(output.resolve("work").resolve("counts.properties"));
        case SKIPPED ->
            new Check.Sight(
                Finding.Verdict.SKIPPED,
                0,
                "Coq with MathComp is not installed; .ci/run installs both from Debian");
        default -> Check.Sight.failed(0, "proofs/check: " + lastLine(log) + "; see " + log);
      };
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static Check.Sight held(Path file) throws IOException {
    Properties counts = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      counts.load(in);
    }
    return Check.Sight.held(
        0,
        "%s theorems proved, %s weakened definitions refused, %s rows computed for the code"
            .formatted(
                counts.getProperty("theorems"),
                counts.getProperty("controls"),
                counts.getProperty("rows")));
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
  }
}
