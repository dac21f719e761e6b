package org.eveproof.adversary.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.eveproof.adversary.detection.BinomialTail.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers that were computed apart from this code. */
class InterceptTheoryTest {
  static List<JsonNode> vectors(String group) {
    try (InputStream in =
        InterceptTheoryTest.class.getResourceAsStream("/detection/vectors.json")) {
      List<JsonNode> vectors = new ArrayList<>();
      JsonMapper.builder()
          .build()
          .readTree(Objects.requireNonNull(in))
          .get(group)
          .forEach(vectors::add);
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> escapes() {
    return vectors("detect");
  }

  static List<JsonNode> tails() {
    return vectors("binom_cdf");
  }

  /** To 1e-9 of the number, however small it is. */
  @ParameterizedTest
  @MethodSource("escapes")
  void escapesAreTheVectors(JsonNode vector) {
    double fraction = vector.get("p").asDouble();
    int bits = vector.get("k").asInt();
    double rate = InterceptTheory.errorRate(fraction, 0);
    double expected = vector.get("escape").asDouble();
    assertThat(InterceptTheory.escape(rate, bits) / expected).isCloseTo(1, within(1e-9));
    assertThat(BinomialTail.atMost(0, bits, rate) / expected).isCloseTo(1, within(1e-9));
    assertThat(InterceptTheory.escape(rate, bits + 1) / expected).isNotCloseTo(1, within(1e-3));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void tailsAreTheVectors(JsonNode vector) {
    int bits = vector.get("k").asInt();
    double rate = vector.get("Q").asDouble();
    double tolerated = vector.get("T").asDouble();
    double expected = vector.get("cdf").asDouble();
    assertThat(InterceptTheory.passes(rate, tolerated, bits) / expected).isCloseTo(1, within(1e-9));
    assertThat(InterceptTheory.passes(rate, tolerated, bits - 20) / expected)
        .isNotCloseTo(1, within(1e-3));
  }

  /** Sizes for Hoeffding, Chernoff and the exact tail. */
  @ParameterizedTest
  @CsvSource({
    "1e-6,  .05, 1,   173,   96,    84",
    "1e-6,  .05, .75, 366,   168,   145",
    "1e-6,  .05, .6,  691,   273,   228",
    "1e-6,  .05, .5,  1229,  428,   364",
    "1e-6,  .11, 1,   353,   223,   192",
    "1e-6,  .11, .75, 1151,  617,   512",
    "1e-6,  .11, .6,  4318,  2029,  1684",
    "1e-6,  .11, .5,  30702, 12959, 10674",
    "1e-10, .05, 1,   288,   160,   145",
    "1e-10, .05, .75, 609,   280,   249",
    "1e-10, .05, .6,  1152,  454,   407",
    "1e-10, .05, .5,  2047,  713,   642",
    "1e-10, .08, 1,   399,   238,   215",
    "1e-10, .08, .75, 997,   499,   451",
    "1e-10, .08, .6,  2350,  1023,  914",
    "1e-10, .08, .5,  5686,  2207,  1964",
    "1e-10, .11, 1,   588,   372,   331",
    "1e-10, .11, .75, 1917,  1027,  912",
    "1e-10, .11, .6,  7196,  3382,  3001",
    "1e-10, .11, .5,  51169, 21597, 19056"
  })
  void testsNeedSoManyBits(
      double epsilon, double tolerated, double fraction, int hoeffding, int chernoff, int exact) {
    double rate = InterceptTheory.errorRate(fraction, 0);
    assertThat(InterceptTheory.bitsByHoeffding(rate, tolerated, epsilon)).isEqualTo(hoeffding);
    assertThat(InterceptTheory.bitsByChernoff(rate, tolerated, epsilon)).isEqualTo(chernoff);
    assertThat(InterceptTheory.bitsExactly(rate, tolerated, epsilon)).isEqualTo(exact);
  }

  @ParameterizedTest
  @CsvSource({
    "1e-9, 1, 73", "1e-9, .5, 156", "1e-9, .25, 322", "1e-9, .1, 819",
    "1e-10, 1, 81", "1e-10, .5, 173", "1e-10, .25, 357", "1e-10, .1, 910"
  })
  void withoutToleranceTheyNeedSoMany(double epsilon, double fraction, int bits) {
    assertThat(InterceptTheory.bitsWithoutError(fraction / 4, epsilon)).isEqualTo(bits);
    assertThat(InterceptTheory.escape(fraction / 4, bits)).isLessThanOrEqualTo(epsilon);
    assertThat(InterceptTheory.escape(fraction / 4, bits - 1)).isGreaterThan(epsilon);
  }

  /** Noise of 2 %, a limit of 5 %: how often a test aborts although nobody listens. */
  @ParameterizedTest
  @CsvSource({"100, 1.55e-2", "200, 2.53e-3", "500, 1.37e-5", "1000, 2.96e-9"})
  void honestNoiseAbortsSoOften(int bits, double abort) {
    double exceeded = BinomialTail.atLeast(Math.floor(0.05 * bits) + 1, bits, 0.02);
    assertThat(exceeded / abort).isCloseTo(1, within(0.004));
  }

  @ParameterizedTest
  @CsvSource({".25, .08", ".5, .14", "1, .26"})
  void noiseAndEveAddUp(double fraction, double errors) {
    assertThat(InterceptTheory.errorRate(fraction, 0.02)).isCloseTo(errors, within(1e-15));
  }

  /** The share up to which Eve stays below an error rate of 11 %. */
  @ParameterizedTest
  @CsvSource({"0, .44", ".01, .408", ".02, .375", ".03, .340", ".05, .267"})
  void justBelowTheLimit(double honest, double fraction) {
    assertThat(InterceptTheory.errorRate(fraction, honest)).isCloseTo(0.11, within(1.5e-4));
  }

  @Test
  void refusesALimitThatIsNotBelowTheErrors() {
    assertThatThrownBy(() -> InterceptTheory.bitsExactly(0.1, 0.11, 1e-6))
        .hasMessageContaining("0.11 must lie between 0 and 0.1");
  }

  @ParameterizedTest
  @CsvSource({"0, 50, .3", "7, 50, .3", "25, 1000, .02", "50, 50, .9", "400, 100000, .005"})
  void tailsAreThoseOfAnotherLibrary(int hits, int trials, double probability) {
    BinomialDistribution other = BinomialDistribution.of(trials, probability);
    assertThat(BinomialTail.atMost(hits, trials, probability))
        .isCloseTo(other.cumulativeProbability(hits), within(1e-12));
    assertThat(BinomialTail.atLeast(hits, trials, probability))
        .isCloseTo(other.survivalProbability(hits - 1), within(1e-12));
  }

  /** At the ends of the interval each tail is just half of alpha. */
  @ParameterizedTest
  @CsvSource({"0, 50, .05", "7, 50, .05", "50, 50, .05", "25, 1000, 1e-9", "3, 100000000, 1e-9"})
  void theIntervalEndsWhereATailIsHalfOfAlpha(int hits, int trials, double alpha) {
    Interval interval = BinomialTail.clopperPearson(hits, trials, alpha);
    assertThat(interval.contains((double) hits / trials)).isTrue();
    if (hits > 0) {
      assertThat(BinomialTail.atLeast(hits, trials, interval.low()) / (alpha / 2))
          .isCloseTo(1, within(1e-5));
    } else {
      assertThat(interval.low()).isZero();
    }
    if (hits < trials) {
      assertThat(BinomialTail.atMost(hits, trials, interval.high()) / (alpha / 2))
          .isCloseTo(1, within(1e-5));
    } else {
      assertThat(interval.high()).isEqualTo(1);
    }
  }
}
