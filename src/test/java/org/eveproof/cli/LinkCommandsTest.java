package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.eveproof.transport.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
final class LinkCommandsTest {
  @TempDir private Path dir = Path.of("unset");

  /** What a command left behind. */
  private record Outcome(int code, String out, String err) {}

  private static Outcome eveproof(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Eveproof.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  @Test
  void aRunMakesKeysAndIsTheSameForTheSameSeed() {
    String[] call = {"run", "--rounds", "2", "--pulses", "60000", "--loss", "0", "--seed", "7"};
    Outcome first = eveproof(call);
    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("round 2  key").contains("2 of 2 rounds made a key");
    assertThat(first.out().lines().filter(line -> line.contains("epsilon: correctness 1.00e-15")))
        .hasSize(2);
    assertThat(first.out()).contains("epsilon of all rounds together: 2.00e-10");
    assertThat(first.out().lines().filter(line -> line.contains("fixed beforehand: "))).hasSize(2);
    assertThat(eveproof(call)).isEqualTo(first);
  }

  @Test
  void eveMakesARunFail() {
    Outcome run = eveproof("run", "--rounds", "1", "--pulses", "60000", "--eve", "0.6", "--json");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains("\"outcome\" : \"aborted\"").contains("\"reason\" : \"noisy\"");
    // What a round without a key might have failed with counts too.
    JsonNode shown = JsonMapper.shared().readTree(run.out());
    assertThat(shown.get("totalEpsilon").asDouble())
        .isPositive()
        .isEqualTo(shown.get("rounds").get(0).get("epsilon").get("total").asDouble());
  }

  /** Bob only sees that Alice is silent; that she has no keys left is what ends the run. */
  @Test
  void aRunSaysWhatEndedItAndNotThatTheOtherEndWasSilent() {
    Outcome run =
        eveproof(
            "run",
            "--rounds",
            "40",
            "--refill",
            "0",
            "--pulses",
            "60000",
            "--loss",
            "0",
            "--seed",
            "1");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("ended early: the one-time authentication keys are exhausted")
        .contains("; cut off before its end")
        .doesNotContain("does not answer");
  }

  @Test
  void theListOfChecksIsAlsoThereAsJson() {
    Outcome text = eveproof("check", "--list", "Bb84Counting");
    Outcome json = eveproof("check", "--list", "Bb84Counting", "--json");
    assertThat(text.code()).isZero();
    assertThat(json.code()).isZero();
    JsonNode listed = JsonMapper.shared().readTree(json.out());
    assertThat(listed.size()).isEqualTo((int) text.out().lines().count());
    assertThat(listed.get(0).get("area").asString()).isEqualTo("Bb84Counting");
    assertThat(listed.get(0).get("bounds").asString()).isNotEmpty();
  }

  @Test
  void wrongCallsAreOneLineAndCodeTwo() throws IOException {
    Path open = dir.resolve("open.psk");
    assertThat(eveproof("psk", "--out", open.toString()).code()).isZero();
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    for (String[] call :
        new String[][] {
          {"run", "--loss", "-1"},
          {"run", "--dark", "0.6"},
          {"run", "--efficiency", "0"},
          {"run", "--misalignment", "0.6"},
          {"run", "--dead-time", "-1"},
          {"run", "--afterpulses", "0.51"},
          {"run", "--afterpulses", "0.1", "--afterpulse-decay", "0"},
          {"run", "--auth", "none"},
          {"run", "--rounds", "0"},
          {"run", "--psk", open.toString()},
          {"psk", "--out", open.toString()},
          {"alice", "--psk", open.toString(), "--out", dir.toString()},
          {"bob", "--connect", "7000", "--psk", open.toString(), "--out", dir.toString()}
        }) {
      Outcome outcome = eveproof(call);
      assertThat(outcome.code()).as(String.join(" ", call)).isEqualTo(2);
      assertThat(outcome.err().strip()).doesNotContain("\n").startsWith("eveproof: ");
    }
  }

  @Test
  void nobodyAtTheOtherEndIsTheEnvironmentsFault() throws IOException {
    Outcome bob =
        eveproof(
            "bob",
            "--connect",
            "127.0.0.1:" + FreePorts.next(),
            "--psk",
            key(),
            "--out",
            dir.resolve("b").toString(),
            "--timeout",
            "1");
    assertThat(bob.code()).isEqualTo(3);
    assertThat(bob.err()).contains("no connection with the peer");
  }

  @Test
  void twoEndsWriteTheSameKeys() throws Exception {
    List<Outcome> ends = both(List.of("--rounds", "2"), List.of("--rounds", "2"));
    assertThat(ends).allSatisfy(end -> assertThat(end.code()).as(end.err()).isZero());
    for (String key : List.of("round-1.key", "round-2.key")) {
      Path alice = dir.resolve("a").resolve(key);
      assertThat(alice).hasSameBinaryContentAs(dir.resolve("b").resolve(key));
      assertThat(Files.size(alice)).isPositive();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(alice)))
          .isEqualTo("rw-------");
    }
    String fingerprint = Files.readString(dir.resolve("b").resolve("fingerprint"));
    Outcome same = eveproof("fingerprint", dir.resolve("a").toString(), "--compare", fingerprint);
    assertThat(same.code()).as(same.out() + same.err()).isZero();
    String other = fingerprint.replaceFirst("^.", fingerprint.startsWith("0") ? "1" : "0");
    assertThat(eveproof("fingerprint", dir.resolve("a").toString(), "--compare", other).code())
        .isEqualTo(1);
    assertThat(eveproof("fingerprint", dir.resolve("a").toString(), "--compare", "12").code())
        .isEqualTo(2);
    assertThat(eveproof("fingerprint", dir.toString()).code()).isEqualTo(2);
    assertThat(both(List.of(), List.of("--json")))
        .as("keys are never overwritten")
        .allMatch(end -> end.code() == 2 && end.err().contains("round-1.key exists"));
  }

  @Test
  void endsThatAreConfiguredDifferentlyAreToldSo() throws Exception {
    assertThat(both(List.of("--rounds", "1"), List.of("--rounds", "2")))
        .allMatch(end -> end.code() == 2 && end.err().contains("configured differently"));
    assertThat(dir.resolve("a")).isEmptyDirectory();
    assertThat(dir.resolve("b")).isEmptyDirectory();
  }

  @Test
  void certificatesAuthenticateTheLinkAndSignItsFirstSession() throws Exception {
    String ca = dir.resolve("ca").toString();
    assertThat(eveproof("pki", "init", "--out", ca).code()).isZero();
    for (String name : List.of("alice", "bob")) {
      Outcome issued =
          eveproof(
              "pki", "issue", "--ca", ca, "--name", name, "--out", dir.resolve(name).toString());
      assertThat(issued.code()).as(issued.err()).isZero();
    }
    List<Outcome> ends =
        both(
            certified("alice", "--mac", "signature,gmac", "--rounds", "2", "--pulses", "800000"),
            certified("bob", "--mac", "signature", "--rounds", "2", "--pulses", "800000"));
    assertThat(ends).allSatisfy(end -> assertThat(end.code()).as(end.err()).isZero());
    assertThat(ends.get(1).out())
        .as("the second round rests on keys of the first, and signs nothing")
        .doesNotContain(" 0 one-time keys to the ledger");
    assertThat(dir.resolve("a").resolve("round-2.key"))
        .hasSameBinaryContentAs(dir.resolve("b").resolve("round-2.key"));
  }

  @Test
  void aHybridNeverRunsWithLess() throws Exception {
    String ca = dir.resolve("ca").toString();
    assertThat(eveproof("pki", "init", "--out", ca).code()).isZero();
    for (String name : List.of("alice", "bob")) {
      eveproof("pki", "issue", "--ca", ca, "--name", name, "--out", dir.resolve(name).toString());
    }
    List<Outcome> ends =
        both(
            certified("alice", "--suite", "x25519,ml-kem-768", "--timeout", "2"),
            certified("bob", "--timeout", "2"));
    assertThat(ends).allSatisfy(end -> assertThat(end.code()).isEqualTo(1));
    assertThat(ends.get(1).out()).contains("offers none of the methods that are allowed here");
  }

  private List<String> certified(String name, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--anchor",
                "pki",
                "--root",
                dir.resolve("ca").resolve("ca.pem").toString(),
                "--crl",
                dir.resolve("ca").resolve("crl.pem").toString(),
                "--credential",
                dir.resolve(name).resolve(name + ".pem").toString(),
                "--key",
                dir.resolve(name).resolve(name + ".key").toString()));
    options.addAll(List.of(more));
    return options;
  }

  private List<Outcome> both(List<String> forAlice, List<String> forBob) throws Exception {
    int port = FreePorts.next();
    List<String> alice =
        new ArrayList<>(List.of("alice", "--listen", "127.0.0.1:" + port, "--out"));
    alice.add(dir.resolve("a").toString());
    alice.addAll(forAlice);
    List<String> bob = new ArrayList<>(List.of("bob", "--connect", "127.0.0.1:" + port, "--out"));
    bob.add(dir.resolve("b").toString());
    bob.addAll(forBob);
    for (List<String> end : List.of(alice, bob)) {
      if (!end.contains("--anchor")) {
        end.addAll(List.of("--psk", key()));
      }
      for (List<String> option :
          List.of(
              List.of("--pulses", "60000"), List.of("--loss", "0"), List.of("--timeout", "30"))) {
        if (!end.contains(option.get(0))) {
          end.addAll(option);
        }
      }
    }
    return BothEnds.together(
        () -> eveproof(alice.toArray(String[]::new)), () -> eveproof(bob.toArray(String[]::new)));
  }

  private String key() {
    Path file = dir.resolve("link.psk");
    if (!Files.exists(file)) {
      assertThat(eveproof("psk", "--out", file.toString()).code()).isZero();
    }
    return file.toString();
  }
}
