package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DistillCommandTest {
  @TempDir private Path directory = Path.of("");

  private record Outcome(int exit, String out, String err) {}

  @Test
  void bothPartiesGetTheSameKeyOfTheLengthThatTheFormulaAllows() throws IOException {
    writeSifted(263_130, 0.026, 0.514, 1);
    Outcome outcome = distill("out", "--json");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    String alice = Files.readString(directory.resolve("out/alice.key"));
    assertThat(alice).isEqualTo(Files.readString(directory.resolve("out/bob.key")));

    JsonNode report = JsonMapper.shared().readTree(outcome.out());
    assertThat(alice).hasSize(report.get("secretBits").asInt() + 1).endsWith("\n");
    assertThat(alice.strip().chars().filter(c -> c == '1').count())
        .isBetween((long) (0.49 * alice.length()), (long) (0.51 * alice.length()));
    assertThat(report.get("secretBits").asInt()).isEqualTo(recomputed(report));
    assertThat(report.get("secretBits").asInt()).isGreaterThan(70_000);
    assertThat(report.get("formula").asString()).contains(" - leak - ");
    assertThat(report.get("efficiency").asDouble()).isBetween(1.02, 1.07);
    assertThat(report.get("simulation").asBoolean()).isFalse();
    assertThat(report.get("secrecyEpsilon").asDouble()).isEqualTo(1e-10);
    assertThat(report.get("correctnessEpsilon").asDouble()).isEqualTo(1e-15);
    assertThat(report.get("biasEpsilon").asDouble()).isEqualTo(1e-10);
    double blocks = Math.ceil(report.get("keptBits").asDouble() / 128);
    assertThat(report.get("verificationEpsilon").asDouble())
        .isEqualTo(Math.scalb(blocks, -report.get("verificationBits").asInt()))
        .isLessThanOrEqualTo(1e-15);
  }

  @Test
  void theLengthIsFixedBeforehandWhereAnErrorRateIsExpected() throws IOException {
    writeSifted(100_000, 0.02, 0.5, 11);
    Outcome outcome = distill("out", "--json", "--expected", "0.022");
    assertThat(outcome.exit()).isZero();
    JsonNode report = JsonMapper.shared().readTree(outcome.out());
    assertThat(report.get("secretBits")).isEqualTo(report.get("fixedSecretBits"));
    assertThat(report.get("leakedBits").asInt()).isLessThan(report.get("greatestLeak").asInt());
    assertThat(report.get("epsilon").get("total")).isEqualTo(report.get("totalEpsilon"));
    assertThat(report.get("leakedBits").asInt())
        .isEqualTo(report.get("parityBits").asInt() + report.get("verificationBits").asInt() + 17);
    assertThat(report.get("formula").asString()).contains(" - L - ");
    assertThat(distill("text", "--expected", "0.022").out())
        .contains("fixed before the sample was drawn", "authentication");
    assertRefused(distill("more", "--expected", "0.012"), 1, "that the fixed length allows for");
    assertRefused(distill("more", "--expected", "0.05"), 2, "--expected=0.05 must lie");
    assertThat(directory.resolve("more")).doesNotExist();
  }

  @Test
  void moreThanFitsIntoTheMessagesIsRefused() throws IOException {
    for (String name : new String[] {"alice.txt", "bob.txt"}) {
      Files.write(directory.resolve(name), new byte[12_500_001]);
    }
    assertRefused(distill("out", "--format", "raw"), 2, "at most 100000000 are distilled at once");
  }

  @Test
  void onlyTheOwnerCanReadTheKeysAndNothingElseIsLeftBehind() throws IOException {
    writeSifted(20_000, 0.01, 0.5, 2);
    assertThat(distill("fresh").exit()).isZero();
    Files.createDirectory(directory.resolve("used"));
    Files.writeString(directory.resolve("used/notes.txt"), "mine");
    assertThat(distill("used").exit()).isZero();
    for (String place : new String[] {"fresh", "used"}) {
      for (String key : new String[] {"alice.key", "bob.key"}) {
        assertThat(
                PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(directory.resolve(place).resolve(key))))
            .isEqualTo("rw-------");
      }
    }
    assertThat(names("fresh")).containsExactly("alice.key", "bob.key");
    assertThat(names("used")).containsExactly("alice.key", "bob.key", "notes.txt");
    assertThat(names(".")).containsExactly("alice.txt", "bob.txt", "fresh", "used");
  }

  @Test
  void aKeyIsNeverOverwritten() throws IOException {
    writeSifted(20_000, 0.01, 0.5, 3);
    Files.createDirectory(directory.resolve("out"));
    Files.writeString(directory.resolve("out/bob.key"), "precious");
    assertRefused(distill("out"), 2, "bob.key exists");
    assertThat(names("out")).containsExactly("bob.key");
    assertThat(Files.readString(directory.resolve("out/bob.key"))).isEqualTo("precious");
  }

  @Test
  void equalSeedsGiveEqualKeysAndSaySo() throws IOException {
    writeSifted(20_000, 0.02, 0.5, 4);
    Outcome first = distill("a", "--seed", "7");
    Outcome second = distill("b", "--seed", "7");
    assertThat(first.out()).contains("SIMULATION", "seed 7");
    assertThat(second.out().replace("/b/", "/a/")).isEqualTo(first.out());
    assertThat(directory.resolve("a/alice.key"))
        .hasSameBinaryContentAs(directory.resolve("b/bob.key"));
    Outcome unseeded = distill("c");
    assertThat(unseeded.out()).doesNotContain("SIMULATION");
    assertThat(Files.readString(directory.resolve("c/alice.key")))
        .isNotEqualTo(Files.readString(directory.resolve("a/alice.key")));
  }

  @Test
  void layoutOfTheTextDoesNotMatter() throws IOException {
    writeSifted(20_000, 0.02, 0.5, 5);
    distill("a", "--seed", "7");
    for (String name : new String[] {"alice.txt", "bob.txt"}) {
      Path file = directory.resolve(name);
      Files.writeString(
          file, "\r\n\r\n" + Files.readString(file).strip().replaceAll("([01]{1,63})", "$1\r\n\n"));
    }
    assertThat(distill("b", "--seed", "7").exit()).isZero();
    assertThat(directory.resolve("a/bob.key"))
        .hasSameBinaryContentAs(directory.resolve("b/bob.key"));
  }

  @Test
  void rawFilesHoldTheSameBits() throws IOException {
    writeSifted(20_000, 0.02, 0.5, 6);
    distill("text", "--seed", "7");
    for (String name : new String[] {"alice.txt", "bob.txt"}) {
      Path file = directory.resolve(name);
      Files.write(file, pack(Files.readString(file).strip()));
    }
    assertThat(distill("raw", "--seed", "7", "--format", "raw").exit()).isZero();
    String text = Files.readString(directory.resolve("text/alice.key")).strip();
    assertThat(Files.readAllBytes(directory.resolve("raw/alice.key")))
        .isEqualTo(pack(text.substring(0, text.length() / 8 * 8)));
  }

  @Test
  void noKeyIsMadeOfNoiseOrOfTooLittle() throws IOException {
    writeSifted(20_000, 0.12, 0.5, 7);
    assertRefused(distill("out"), 1, "too noisy");
    assertRefused(distill("out", "--error-limit", "0.2"), 1, "too short");
    writeSifted(200, 0, 0.5, 8);
    assertRefused(distill("out"), 1, "too short");
    writeSifted(1, 0, 0.5, 9);
    assertRefused(distill("out"), 1, "too short");
    writeSifted(20_000, 0.01, 1, 10);
    assertRefused(distill("out"), 1, "too short");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void aRefusalInJsonIsOneDocument() throws IOException {
    writeSifted(20_000, 0.12, 0.5, 11);
    Outcome outcome = distill("out", "--json");
    assertThat(outcome.exit()).isEqualTo(1);
    JsonNode report = JsonMapper.shared().readTree(outcome.out());
    assertThat(report.get("keyMade").asBoolean()).isFalse();
    assertThat(report.get("refusal").asString()).startsWith("too noisy");
  }

  @Test
  void badInputIsRefusedInOneLine() throws IOException {
    writeSifted(1000, 0.01, 0.5, 12);
    Files.writeString(directory.resolve("bob.txt"), "0101");
    assertRefused(distill("out"), 2, "alice.txt has 1000 bits, but");
    Files.writeString(directory.resolve("bob.txt"), "0101\n01x1\n");
    assertRefused(distill("out"), 2, "bob.txt, line 2");
    Files.writeString(directory.resolve("bob.txt"), "\n\n");
    assertRefused(distill("out"), 2, "holds no bits");
    Files.delete(directory.resolve("bob.txt"));
    assertRefused(distill("out"), 2, "no such file");
    Files.createDirectory(directory.resolve("bob.txt"));
    assertRefused(distill("out"), 2, "not a file");
    assertRefused(distill("alice.txt"), 2, "not a directory");
    assertRefused(distill("out", "--error-limit", "0.7"), 2, "--error-limit");
    assertRefused(distill("out", "--sample", "1"), 2, "--sample");
    assertRefused(distill("out", "--eps-sec", "0"), 2, "--eps-sec");
    assertRefused(distill("out", "--format", "hex"), 2, "--format");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  private void assertRefused(Outcome outcome, int exit, String reason) {
    assertThat(outcome.err()).contains(reason).startsWith("eveproof: ");
    assertThat(outcome.err().strip().lines()).hasSize(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exit()).isEqualTo(exit);
  }

  /** The printed formula with the printed inputs, computed as a stranger would. */
  private static int recomputed(JsonNode report) {
    double sifted = report.get("siftedBits").asDouble();
    double n = report.get("keptBits").asDouble();
    double k = report.get("sampledBits").asDouble();
    double ones = report.get("ones").asDouble();
    double p =
        Math.max(ones, sifted - ones) / sifted + Math.sqrt(Math.log(2 / 1e-10) / (2 * sifted));
    double q = -Math.log(p) / Math.log(2);
    double mu = Math.sqrt((n + k) / (n * k) * (k + 1) / k * Math.log(4 / 1e-10));
    double leak =
        report.get("parityBits").asDouble()
            + report.get("verificationBits").asDouble()
            + Math.ceil(Math.log(sifted + 1) / Math.log(2));
    double constant = Math.log(2 / (1e-20 * 1e-15)) / Math.log(2);
    assertThat(n + k).isEqualTo(sifted);
    return (int) Math.floor(n * (q - FiniteKeyRule.binaryEntropy(0.05 + mu)) - leak - constant);
  }

  private Outcome distill(String out, String... more) {
    StringWriter stdout = new StringWriter();
    StringWriter stderr = new StringWriter();
    CommandLine line =
        Eveproof.commandLine()
            .setOut(new PrintWriter(stdout, true))
            .setErr(new PrintWriter(stderr, true));
    String[] arguments =
        Stream.concat(
                Stream.of(
                    "distill",
                    "--alice",
                    directory.resolve("alice.txt").toString(),
                    "--bob",
                    directory.resolve("bob.txt").toString(),
                    "--out",
                    directory.resolve(out).toString()),
                Stream.of(more))
            .toArray(String[]::new);
    int exit = line.execute(arguments);
    return new Outcome(exit, stdout.toString(), stderr.toString());
  }

  private void writeSifted(int length, double errorRate, double ones, long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder alice = new StringBuilder();
    StringBuilder bob = new StringBuilder();
    for (int i = 0; i < length; i++) {
      boolean bit = random.nextDouble() < ones;
      alice.append(bit ? '1' : '0');
      bob.append(bit != (random.nextDouble() < errorRate) ? '1' : '0');
    }
    Files.writeString(directory.resolve("alice.txt"), alice.append('\n'));
    Files.writeString(directory.resolve("bob.txt"), bob.append('\n'));
  }

  private List<String> names(String place) throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve(place))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] pack(String text) {
    byte[] bytes = new byte[text.length() / 8];
    for (int i = 0; i < bytes.length * 8; i++) {
      bytes[i / 8] |= (byte) ((text.charAt(i) - '0') << (7 - i % 8));
    }
    return bytes;
  }
}
