package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReconcileCommandTest {
  private record Outcome(int exit, String out, String err) {}

  @Test
  void theFiguresFollowFromEachOther() {
    JsonNode figures =
        figures("--bits", "10000", "--batch", "4", "--batches", "3", "--qber", "0.02");
    long parities = figures.get("parityBits").asLong();
    assertThat(figures.get("errors").asInt()).isEqualTo(200);
    assertThat(figures.get("efficiency").asDouble())
        .isEqualTo(parities / 12.0 / (1e4 * FiniteKeyRule.binaryEntropy(0.02)))
        .isBetween(1.03, 1.15);
    assertThat(figures.get("verificationEpsilon").asDouble()).isEqualTo(79 * 0x1p-71);
    // One bit less would be too much: 79 words of 128 bits need 71.
    assertThat(figures.get("verificationBits").asLong()).isEqualTo(12 * 71);
    assertThat(figures.get("leakedBits").asLong()).isEqualTo(parities + 12 * 71);
    long trips = figures.get("roundTrips").asLong();
    assertThat(figures.get("roundTripsPerBlock").asDouble()).isEqualTo(trips / 12.0);
    assertThat(figures.get("messages").asLong()).isEqualTo(2 * trips + 3 * 2);
    assertThat(figures.get("bytes").asLong()).isGreaterThan(parities / 8);
    assertThat(figures.get("undetectedFrameErrors").asInt()).isZero();
  }

  @Test
  void theSameSeedGivesTheSameFiguresAndAnotherSeedOthers() {
    String[] small = {"--bits", "2000", "--batch", "2", "--batches", "2", "--seed", "5"};
    assertThat(figures(small)).isEqualTo(figures(small));
    small[small.length - 1] = "6";
    JsonNode others = figures(small);
    small[small.length - 1] = "5";
    assertThat(figures(small)).isNotEqualTo(others);
  }

  @Test
  void sharedMessagesAreFewerForEachBlock() {
    JsonNode alone = figures("--bits", "5000", "--batch", "1", "--batches", "8");
    JsonNode together = figures("--bits", "5000", "--batch", "8", "--batches", "1");
    assertThat(together.get("roundTripsPerBlock").asDouble())
        .isLessThan(alone.get("roundTripsPerBlock").asDouble() / 3);
  }

  /**
   * Blocks as long as the key in every pass would hide errors; a short one does so now and then.
   */
  @Test
  void whatTheVerificationRefusesIsAFrameErrorAndNoFailure() {
    Outcome outcome =
        run(
            "--method",
            "original",
            "--bits",
            "100",
            "--qber",
            "0.15",
            "--batch",
            "100",
            "--batches",
            "10",
            "--warmup",
            "0",
            "--json");
    JsonNode figures = JsonMapper.shared().readTree(outcome.out());
    assertThat(figures.get("frameErrors").asInt()).isPositive();
    assertThat(figures.get("undetectedFrameErrors").asInt()).isZero();
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void syndromesTakeFewRoundTrips() {
    JsonNode figures =
        figures("--method", "ldpc", "--bits", "10000", "--batch", "2", "--batches", "2");
    assertThat(figures.get("efficiency").asDouble()).isBetween(1.0, 1.2);
    assertThat(figures.get("mostRoundTripsOfABatch").asInt()).isBetween(1, 3);
    assertThat(figures.get("undetectedFrameErrors").asInt()).isZero();
  }

  /** Told of too few errors, Alice discloses too little at first, and more when Bob asks. */
  @Test
  void moreErrorsThanExpectedTakeMoreRoundTrips() {
    String[] told = {"--method", "ldpc", "--bits", "10000", "--batch", "1", "--batches", "1"};
    String[] less = Arrays.copyOf(told, told.length + 2);
    less[told.length] = "--expected";
    less[told.length + 1] = "0.0275";
    JsonNode figures = figures(less);
    assertThat(figures.get("roundTrips").asInt()).isBetween(2, 3);
    assertThat(figures.get("frameErrors").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "--bits,8191",
    "--bits,1048577",
    "--qber,0.0049",
    "--qber,0.111",
    "--expected,0.12",
    "--batch,1000"
  })
  void refusesWhatIsNotForSyndromes(String option, String value) {
    Outcome outcome =
        option.equals("--batch")
            ? run("--method", "ldpc", option, value, "--bits", "1000000")
            : run("--method", "ldpc", option, value);
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().findFirst().orElseThrow()).contains(option);
  }

  @Test
  void printsForPeopleToo() {
    Outcome outcome = run("--bits", "1000", "--batch", "2", "--batches", "1", "--warmup", "0");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out().lines()).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({
    "--bits,99",
    "--bits,10000001",
    "--qber,0.2",
    "--qber,0",
    "--qber,NaN",
    "--expected,0.2",
    "--batch,0",
    "--batches,0",
    "--warmup,-1",
    "--method,turbo",
    "--batch,1000"
  })
  void refusesWhatMakesNoSense(String option, String value) {
    Outcome outcome =
        option.equals("--batch") && value.equals("1000")
            ? run(option, value, "--bits", "10000000")
            : run(option, value);
    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines().findFirst().orElseThrow()).contains(option);
  }

  /** Returns the figures without those that depend on the machine. */
  private static JsonNode figures(String... options) {
    String[] arguments = Arrays.copyOf(options, options.length + 3);
    arguments[options.length] = "--json";
    arguments[options.length + 1] = "--warmup";
    arguments[options.length + 2] = "0";
    Outcome outcome = run(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    ObjectNode figures = (ObjectNode) JsonMapper.shared().readTree(outcome.out());
    assertThat(figures.get("mbitPerSecond").asDouble()).isPositive();
    return figures.remove(List.of("mbitPerSecond", "leastMbitPerSecond", "mostMbitPerSecond"));
  }

  private static Outcome run(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "reconcile";
    System.arraycopy(options, 0, arguments, 1, options.length);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Eveproof.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new Outcome(line.execute(arguments), out.toString(), err.toString());
  }
}
