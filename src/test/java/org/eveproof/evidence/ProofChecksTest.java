package org.eveproof.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proofs hold, and what is no proof is not taken for one. */
class ProofChecksTest {
  private static final Path PROOFS = Path.of("proofs");

  @TempDir private Path folder;

  @Test
  void allProofsHold() throws IOException, InterruptedException {
    Check.Sight sight = ProofChecks.run(PROOFS, Path.of("target", "proofs"), Map.of());
    assumeTrue(
        sight.verdict() != Finding.Verdict.SKIPPED, () -> "PROOFS SKIPPED: " + sight.detail());
    assertThat(sight.verdict()).as(sight.detail()).isEqualTo(Finding.Verdict.HELD);
  }

  @Test
  void saysSkippedWithoutCoq() throws IOException, InterruptedException {
    // A folder with what the script needs before it looks for Coq.
    Path tools = Files.createDirectory(folder.resolve("bin"));
    for (String tool : new String[] {"bash", "dirname"}) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    Check.Sight sight = ProofChecks.run(PROOFS, folder, Map.of("PATH", tools.toString()));
    assertThat(sight.verdict()).isEqualTo(Finding.Verdict.SKIPPED);
  }

  @Test
  void refusesAnUnfinishedProof() throws IOException, InterruptedException {
    Path copy = copyOfProofs();
    Path file = copy.resolve("mathematics").resolve("Counting.v");
    Files.writeString(file, Files.readString(file).replace("Qed.", "Admitted."));
    assertFailed(copy);
  }

  @Test
  void refusesAnAxiomThatNoTextShows() throws IOException, InterruptedException {
    // A hypothesis outside a section is an axiom: only Print Assumptions tells.
    Path copy = copyOfProofs();
    Path file = copy.resolve("mathematics").resolve("Counting.v");
    String text = Files.readString(file);
    int theorem = text.indexOf("Theorem union_bound");
    int proof = text.indexOf("Proof.", theorem);
    Files.writeString(
        file,
        text.substring(0, theorem)
            + "Hypothesis convenient : forall P : Prop, P.\n"
            + text.substring(theorem, proof)
            + "Proof. exact: convenient. Qed.\n");
    assertFailed(copy);
  }

  private void assertFailed(Path proofs) throws IOException, InterruptedException {
    Check.Sight sight =
        ProofChecks.run(proofs, folder.resolve("out"), Map.of("EVEPROOF_PROOFS_ONLY", "Counting"));
    assumeTrue(
        sight.verdict() != Finding.Verdict.SKIPPED, () -> "PROOFS SKIPPED: " + sight.detail());
    assertThat(sight.verdict()).isEqualTo(Finding.Verdict.FAILED);
  }

  private Path copyOfProofs() throws IOException {
    Path copy = folder.resolve("proofs");
    try (Stream<Path> files = Files.walk(PROOFS)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(PROOFS.relativize(file)));
      }
    }
    return copy;
  }
}
