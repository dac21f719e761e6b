package org.eveproof.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proofs hold, and what is no proof is not taken for one. */
class ProofChecksTest {
  private static final Path PROOFS = Path.of("proofs");

  @TempDir private Path folder;

  @Test
  void allProofsHold() throws IOException, InterruptedException {
    Check.Sight sight = ProofChecks.run(PROOFS, Path.of("target", "proofs"), Map.of());
    skipLoudly(sight.verdict() == Finding.Verdict.SKIPPED);
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
    Check.Sight sight = ProofChecks.run(copy, folder.resolve("out"), Map.of());
    skipLoudly(sight.verdict() == Finding.Verdict.SKIPPED);
    assertThat(sight.verdict()).isEqualTo(Finding.Verdict.FAILED);
    assertThat(sight.detail()).contains("a proof is left out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Add LoadPath \"/tmp/other\" as mathcomp.",
        "Load \"/tmp/other\".",
        "Declare ML Module \"other_plugin\".",
        "Unset  Universe Checking.",
        "#[bypass_check(guard)] Fixpoint endless (n : nat) {struct n} : False := endless n.",
        "Module M. Section S. Lemma two : 1 = 2. Proof. Admitted. End S. End M."
      })
  void refusesAWayAroundTheProofs(String line) throws IOException, InterruptedException {
    Path copy = copyOfProofs();
    Path file = copy.resolve("mathematics").resolve("Counting.v");
    Files.writeString(file, Files.readString(file) + line + "\n");
    Check.Sight sight = ProofChecks.run(copy, folder.resolve("out"), Map.of());
    skipLoudly(sight.verdict() == Finding.Verdict.SKIPPED);
    assertThat(sight.detail()).contains("a proof is left out");
  }

  @Test
  void emptiesNoFolderOfSomebodyElse() throws IOException, InterruptedException {
    Path foreign = Files.createDirectories(folder.resolve("out").resolve("work"));
    Files.writeString(foreign.resolve("letter"), "mine");
    Check.Sight sight = ProofChecks.run(PROOFS, folder.resolve("out"), Map.of());
    skipLoudly(sight.verdict() == Finding.Verdict.SKIPPED);
    assertThat(sight.verdict()).isEqualTo(Finding.Verdict.FAILED);
    assertThat(foreign.resolve("letter")).hasContent("mine");
  }

  @Test
  void refusesAFileThatIsNotListed() throws IOException, InterruptedException {
    Path copy = copyOfProofs();
    Files.writeString(copy.resolve("mathematics").resolve("Extra.v"), "Definition more := 1.\n");
    Check.Sight sight = ProofChecks.run(copy, folder.resolve("out"), Map.of());
    skipLoudly(sight.verdict() == Finding.Verdict.SKIPPED);
    assertThat(sight.detail()).contains("Extra.v is in no layer");
  }

  @Test
  void refusesAnAxiomThatHasNoSuchName() throws IOException, InterruptedException {
    // Outside a section a hypothesis is an axiom: Coq's own list of assumptions tells.
    String honest = Files.readString(PROOFS.resolve("mathematics").resolve("Counting.v"));
    String convenient =
        unionBoundBy("Hypothesis convenient : forall P : Prop, P.", "exact: convenient.");
    assertThat(assumptions("honest", honest)).isEqualTo(0);
    assertThat(assumptions("convenient", convenient)).isEqualTo(1);
  }

  @Test
  void refusesWhatTheKernelWasToldNotToLookAt() throws IOException, InterruptedException {
    String endless =
        unionBoundBy(
            """
            Unset Guard Checking.
            Fixpoint endless (P : Prop) (n : nat) {struct n} : P := endless P n.
            Set Guard Checking.""",
            "exact: (endless _ 0).");
    assertThat(assumptions("endless", endless)).isEqualTo(1);
    // The independent checker accepts the file as well, and says on what condition.
    assertThat(exit(folder, "bash", script("recheck"), folder.resolve("endless").toString()))
        .isEqualTo(1);
  }

  /** Returns the file of the union bound up to its proof, which is another. */
  private static String unionBoundBy(String before, String proof) throws IOException {
    String honest = Files.readString(PROOFS.resolve("mathematics").resolve("Counting.v"));
    int theorem = honest.indexOf("Theorem union_bound");
    return honest.substring(0, theorem)
        + before
        + "\n"
        + honest.substring(theorem, honest.indexOf("Proof.", theorem))
        + "Proof. "
        + proof
        + " Qed.\n";
  }

  @Test
  void theIndependentCheckerRefusesAnAxiomAndAFileThatWasTamperedWith()
      throws IOException, InterruptedException {
    String honest = Files.readString(PROOFS.resolve("mathematics").resolve("Counting.v"));
    Path out = compiled("sound", honest);
    assertThat(exit(folder, "bash", script("recheck"), out.toString())).isEqualTo(0);
    Path file = out.resolve("build").resolve("Counting.vo");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(exit(folder, "bash", script("recheck"), out.toString())).isEqualTo(1);
    Path assumed = compiled("assumed", honest + "Axiom convenient : forall P : Prop, P.\n");
    assertThat(exit(folder, "bash", script("recheck"), assumed.toString())).isEqualTo(1);
  }

  @Test
  void refusesAStatementThatSaysLessUnderTheSameName() throws IOException, InterruptedException {
    String honest = Files.readString(PROOFS.resolve("mathematics").resolve("Counting.v"));
    String weaker =
        honest
                .replace("Theorem union_bound", "Lemma sum_of_all")
                .concat("Theorem union_bound (I S : finType) (event : I -> {set S}) :\n")
            + "  #|\\bigcup_i event i| <= #|S|.\n"
            + "Proof. exact: max_card. Qed.\n";
    String listed =
        Arrays.stream(Files.readString(PROOFS.resolve("statements.txt")).split("(?<=\n\n)"))
            .filter(each -> each.startsWith("Counting."))
            .collect(Collectors.joining());
    assertThat(statements("honest", honest, listed)).isEqualTo(0);
    assertThat(statements("weaker", weaker, listed)).isEqualTo(1);
  }

  @Test
  void refusesAControlThatChangesNothingOfWeight() throws IOException, InterruptedException {
    assertThat(control("s/<= .sum_i #/<= \\\\max_i #/")).isEqualTo(0);
    assertThat(control("s/The union bound/A union bound/")).isEqualTo(1);
    assertThat(control("s/no such text/nor this/")).isEqualTo(1);
  }

  /** Without Coq the proofs are not checked, and nobody is to overlook it: surefire says little. */
  private static void skipLoudly(boolean skip) {
    String words = "PROOFS SKIPPED: no Coq with MathComp; .ci/run installs both from Debian";
    if (skip) {
      System.err.println(words);
    }
    assumeTrue(!skip, words);
  }

  /** Returns the exit code of the check of assumptions for one file that Coq has accepted. */
  private int assumptions(String name, String text) throws IOException, InterruptedException {
    Path out = compiled(name, text);
    return exit(
        folder,
        "bash",
        script("assumptions"),
        PROOFS.resolve("axioms.txt").toAbsolutePath().toString(),
        out.toString());
  }

  /** Returns the exit code of the comparison of statements for one file that Coq has accepted. */
  private int statements(String name, String text, String listed)
      throws IOException, InterruptedException {
    Path out = compiled(name, text);
    Path list = Files.writeString(out.resolve("list"), listed);
    return exit(folder, "bash", script("statements"), list.toString(), out.toString());
  }

  /** Returns the exit code of the negative controls when there is but one, for one file. */
  private int control(String edit) throws IOException, InterruptedException {
    Path file = PROOFS.resolve("mathematics").resolve("Counting.v");
    Path out = compiled("control" + edit.hashCode(), Files.readString(file));
    Path list = folder.resolve("list" + edit.hashCode());
    Files.writeString(
        list, "control union_bound\nedit Counting " + edit + "\nfails Counting union_bound\n");
    return exit(folder, "bash", script("controls"), list.toString(), out.toString());
  }

  private static String script(String name) {
    return PROOFS.resolve(name).toAbsolutePath().toString();
  }

  private Path compiled(String name, String text) throws IOException, InterruptedException {
    skipLoudly(!Files.isExecutable(Path.of("/usr/bin/coqc")));
    Path out = folder.resolve(name);
    Path build = Files.createDirectories(out.resolve("build"));
    Files.writeString(build.resolve("Counting.v"), text);
    assertThat(exit(build, "coqc", "-Q", ".", "EveproofMath", "-w", "-all", "Counting.v"))
        .isEqualTo(0);
    return out;
  }

  private static int exit(Path where, String... call) throws IOException, InterruptedException {
    return new ProcessBuilder(call)
        .directory(where.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
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
