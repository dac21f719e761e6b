package org.eveproof.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All findings of one run, as they are written down.
 *
 * @param version of Eveproof
 * @param java the virtual machine that ran the checks
 * @param finished when
 * @param quick whether the short form was asked for
 * @param seed of everything random
 * @param held whether nothing failed
 * @param failed number of findings that failed
 * @param skipped number of findings that were skipped
 * @param findings in the order in which the checks were made
 */
public record Evidence(
    String version,
    String java,
    Instant finished,
    boolean quick,
    long seed,
    boolean held,
    long failed,
    long skipped,
    List<Finding> findings) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Copies the list. */
  public Evidence {
    findings = List.copyOf(findings);
  }

  /**
   * Sums findings up.
   *
   * @param version of Eveproof
   * @param quick whether the short form was asked for
   * @param seed of everything random
   * @param findings what was seen
   * @param finished when
   */
  public static Evidence of(
      String version, boolean quick, long seed, List<Finding> findings, Instant finished) {
    long failed = count(findings, Finding.Verdict.FAILED);
    long skipped = count(findings, Finding.Verdict.SKIPPED);
    boolean something = findings.stream().anyMatch(f -> f.verdict() == Finding.Verdict.HELD);
    return new Evidence(
        version,
        Runtime.version().toString(),
        finished,
        quick,
        seed,
        failed == 0 && something,
        failed,
        skipped,
        findings);
  }

  private static long count(List<Finding> findings, Finding.Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }

  /** Returns the evidence as JSON. */
  public String json() {
    return MAPPER.writeValueAsString(this);
  }

  /**
   * Writes the evidence, all of it or nothing.
   *
   * @param file where to; its folder is made if need be
   * @throws IOException if that cannot be done
   */
  public void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is no file name");
    }
    Files.createDirectories(folder);
    Path half = Files.createTempFile(folder, "evidence", ".part");
    try {
      Files.writeString(half, json());
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
