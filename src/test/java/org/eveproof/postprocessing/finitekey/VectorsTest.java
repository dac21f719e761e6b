package org.eveproof.postprocessing.finitekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every value that was computed apart from this code: integers exactly, the rest to 1e-9. */
class VectorsTest {
  private static final Confidence LIM = new Confidence(1e-10, Lim2014.TERMS, Lim2014.TERMS);

  static List<JsonNode> lim() {
    return Vectors.of("lim2014");
  }

  static List<JsonNode> rusca() {
    return Vectors.of("rusca2018");
  }

  static List<JsonNode> tomamichel() {
    return Vectors.of("tlgr");
  }

  static List<JsonNode> gamma() {
    return Vectors.of("gamma");
  }

  @ParameterizedTest
  @MethodSource("lim")
  void twoDecoysGiveTheVectors(JsonNode vector) {
    assertThat(misses(vector, 21, 21)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("lim")
  void twoDecoysWithAnotherConstantMissTheVectors(JsonNode vector) {
    assertThat(misses(vector, 19, 21)).isNotEmpty();
    assertThat(misses(vector, 20, 21)).isNotEmpty();
    if (vector.get("phi").asDouble() < 0.5) {
      assertThat(misses(vector, 21, 19)).isNotEmpty();
    }
  }

  private static List<String> misses(JsonNode vector, int terms, int samplingTerms) {
    DecoySource source = Vectors.source(vector);
    double secrecy = vector.get("eps_sec").asDouble();
    double correctness = vector.get("eps_cor").asDouble();
    DecoyCounts counts =
        new DecoyCounts(
            Vectors.tallies(vector.get("nX"), vector.get("mX")),
            Vectors.tallies(vector.get("nZ"), vector.get("mZ")));
    Confidence confidence = new Confidence(secrecy, terms, samplingTerms);
    DecoyBounds bounds = Lim2014.bounds(source, counts, confidence);
    Lim2014 rule = new Lim2014(source, secrecy, correctness);
    double leak =
        vector.get("f").asDouble()
            * counts.keyBits()
            * FiniteKeyRule.binaryEntropy(counts.keyErrorRate());
    Vectors check = new Vectors();
    check.compare(vector, "tau0", source.vacuumProbability());
    check.compare(vector, "tau1", source.singlePhotonProbability());
    check.compare(vector, "sX0", bounds.vacuum());
    check.compare(vector, "sX1", bounds.singles());
    check.compare(vector, "sZ0", bounds.testVacuum());
    check.compare(vector, "sZ1", bounds.testSingles());
    check.compare(vector, "vZ1", bounds.testSingleErrors());
    check.compare(vector, "phi", bounds.phaseError());
    check.compare(vector, "ratio", bounds.testSingleErrors() / bounds.testSingles());
    if (vector.has("ratio")) {
      check.compare(
          vector,
          "gamma",
          confidence.samplingDeviation(
              vector.get("ratio").asDouble(), bounds.singles(), bounds.testSingles()));
    }
    check.compare(vector, "leak", leak);
    check.compare(vector, "pen", confidence.constantBits(correctness));
    check.compareExactly(vector, "ell", rule.secretBits(bounds, leak));
    if (terms == Lim2014.TERMS && samplingTerms == Lim2014.TERMS) {
      assertThat(rule.bounds(counts)).isEqualTo(bounds);
      check.compare(vector, "ell_raw", rule.length(bounds, leak));
      check.compare(vector, "pen", rule.constantBits());
    }
    return check.misses();
  }

  @ParameterizedTest
  @MethodSource("rusca")
  void oneDecoyGivesTheVectors(JsonNode vector) {
    assertThat(ruscaMisses(vector, 19)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rusca")
  void oneDecoyWithTheConstantOfTwoMissesTheVectors(JsonNode vector) {
    assertThat(ruscaMisses(vector, 21)).isNotEmpty();
  }

  private static List<String> ruscaMisses(JsonNode vector, int terms) {
    DecoySource source = Vectors.source(vector);
    double secrecy = vector.get("eps_sec").asDouble();
    double correctness = vector.get("eps_cor").asDouble();
    DecoyCounts counts =
        new DecoyCounts(
            Vectors.tallies(vector.get("nKey"), vector.get("mKey")),
            Vectors.tallies(vector.get("nTest"), vector.get("mTest")));
    Confidence confidence = new Confidence(secrecy, terms, 21);
    DecoyBounds bounds = Rusca2018.bounds(source, counts, confidence);
    Rusca2018 rule = new Rusca2018(source, secrecy, correctness);
    double leak =
        vector.get("f").asDouble()
            * counts.keyBits()
            * FiniteKeyRule.binaryEntropy(counts.keyErrorRate());
    Vectors check = new Vectors();
    check.compare(vector, "tau0", source.vacuumProbability());
    check.compare(vector, "tau1", source.singlePhotonProbability());
    check.compare(vector, "s0", bounds.vacuum());
    check.compare(vector, "s0_upper", Rusca2018.mostVacuum(source, counts.key(), confidence));
    check.compare(vector, "s1", bounds.singles());
    check.compare(vector, "test_s1", bounds.testSingles());
    check.compare(vector, "test_v1", bounds.testSingleErrors());
    check.compare(vector, "phi", bounds.phaseError());
    check.compare(vector, "leak", leak);
    check.compare(vector, "pen", confidence.constantBits(correctness));
    check.compareExactly(vector, "ell", rule.secretBits(bounds, leak));
    if (terms == Rusca2018.TERMS) {
      assertThat(rule.bounds(counts)).isEqualTo(bounds);
    }
    return check.misses();
  }

  @ParameterizedTest
  @MethodSource("tomamichel")
  void singlePhotonsGiveTheVectors(JsonNode vector) {
    assertThat(tomamichelMisses(vector, 4, 2)).isEmpty();
    assertThat(tomamichelMisses(vector, 2, 4)).hasSize(4);
  }

  private static List<String> tomamichelMisses(JsonNode vector, int four, int two) {
    int n = vector.get("n").asInt();
    int k = vector.get("k").asInt();
    double limit = vector.get("Qtol").asDouble();
    double secrecy = vector.get("eps_sec").asDouble();
    double correctness = vector.get("eps_cor").asDouble();
    double leak = vector.get("f").asDouble() * n * FiniteKeyRule.binaryEntropy(limit);
    Vectors check = new Vectors();
    check.compare(vector, "leak", leak);
    check.compare(vector, "mu_ln4", FiniteKeyRule.deviation(n, k, secrecy, four));
    check.compare(vector, "mu_ln2", FiniteKeyRule.deviation(n, k, secrecy, two));
    check.compareExactly(
        vector,
        "ell_ln4",
        (long)
            Math.floor(new FiniteKeyRule(limit, secrecy, correctness, 1, four).length(n, k, leak)));
    check.compareExactly(
        vector,
        "ell_ln2",
        (long)
            Math.floor(new FiniteKeyRule(limit, secrecy, correctness, 1, two).length(n, k, leak)));
    return check.misses();
  }

  @ParameterizedTest
  @MethodSource("gamma")
  void theSamplingDeviationGivesTheVectors(JsonNode vector) {
    JsonNode arguments = vector.get("args");
    double epsilon = arguments.get(0).asDouble();
    double rate = arguments.get(1).asDouble();
    double c = arguments.get(2).asDouble();
    double d = arguments.get(3).asDouble();
    double expected = vector.get("val").asDouble();
    assertThat(new Confidence(epsilon, 21, 21).samplingDeviation(rate, c, d))
        .isCloseTo(expected, within(1e-9));
    assertThat(new Confidence(epsilon, 21, 19).samplingDeviation(rate, c, d))
        .isNotCloseTo(expected, within(1e-9));
  }

  /** Unit values of deviation and constants, computed apart from this code. */
  @Test
  void deviationAndConstantAreWhatTheyWereComputedToBe() {
    assertThat(LIM.deviation(1e7)).isCloseTo(11417.174205, within(5e-7));
    assertThat(LIM.constantBits(1e-15)).isCloseTo(276.498511653, within(5e-10));
    assertThat(new Confidence(1e-9, 21, 21).constantBits(1e-15))
        .isCloseTo(256.566943084, within(5e-10));
  }

  /** Where 1 − (1 + f) h(Q) vanishes. */
  @ParameterizedTest
  @CsvSource({
    "bb84_oneway, 1,    1e-9",
    "f_1.16,      1.16, 5e-7",
    "f_1.2,       1.2,  5e-7",
    "f_1.22,      1.22, 5e-7"
  })
  void errorRatesWithoutKeyAreTheKnownOnes(String name, double efficiency, double digits) {
    double root = root(0.01, 0.2, q -> 1 - (1 + efficiency) * FiniteKeyRule.binaryEntropy(q));
    assertThat(root).isCloseTo(Vectors.object("thresholds").get(name).asDouble(), within(digits));
  }

  /**
   * Other limits, to compare with: fair noise q added before error correction (Renner, Gisin and
   * Kraus, Phys. Rev. A 72, 012332 (2005)) in the limit of q = 1/2, six states, and where Eve's
   * best individual attack tells her as much as Bob is told.
   */
  @Test
  void errorRatesOfOtherProtocolsAreTheKnownOnes() {
    double q = 0.499;
    assertThat(
            root(
                0.11,
                0.13,
                e -> 1 - entropy(e + q - 2 * e * q) - entropy(e) + entropy(overlap(e, q))))
        .isCloseTo(threshold("bb84_noisy_preproc_limit"), within(5e-6));
    assertThat(root(0.11, 0.14, e -> 1 + (1 - 1.5 * e) * log2(1 - 1.5 * e) + 1.5 * e * log2(e / 2)))
        .isCloseTo(threshold("sixstate_oneway_no_preproc"), within(1e-9));
    assertThat(root(0.1, 0.2, e -> entropy(0.5 + Math.sqrt(e * (1 - e))) - entropy(e)))
        .isCloseTo(threshold("individual_1_minus_inv_sqrt2_over_2"), within(1e-9));
  }

  /** Weight of what Eve's states for the two values of a noisy bit have in common. */
  private static double overlap(double errorRate, double noise) {
    return (1 + Math.sqrt(1 - 16 * noise * (1 - noise) * errorRate * (1 - errorRate))) / 2;
  }

  private static double entropy(double x) {
    return FiniteKeyRule.binaryEntropy(x);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static double threshold(String name) {
    return Vectors.object("thresholds").get(name).asDouble();
  }

  /** The link of Gobby, Yuan and Shields (2004), as Ma et al. (2005) compute with it. */
  @ParameterizedTest
  @CsvSource({
    "R_asym_0km,   0,   false, 5e-10",
    "R_asym_50km,  50,  false, 5e-11",
    "R_asym_100km, 100, false, 5e-12",
    "R_vw_100km,   100, true,  5e-12"
  })
  void endlessDataGiveTheVectors(String name, double kilometres, boolean decoy, double digits) {
    double expected = gys(name);
    assertThat(gysRate(kilometres, decoy, 1.22)).isCloseTo(expected, within(digits));
    assertThat(gysRate(kilometres, decoy, 1.16)).isNotCloseTo(expected, within(digits));
  }

  @ParameterizedTest
  @CsvSource({"zero_asym_km, false", "zero_vw_km, true"})
  void endlessDataReachAsFarAsTheVectorsSay(String name, boolean decoy) {
    assertThat(root(100, 160, kilometres -> gysRate(kilometres, decoy, gys("f"))))
        .isCloseTo(gys(name), within(5e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 0.48, 0.6})
  void refusesADecoyThatIsNotBetweenVacuumAndSignal(double weak) {
    Gllp gllp = new Gllp(0.48, 1.22, 0.5);
    Gllp.Gain gain = new Gllp.Gain(1e-3, 1e-5);
    assertThatThrownBy(() -> gllp.vacuumAndWeak(gain, weak, gain, 0))
        .hasMessageContaining("must lie between 0 and 0.48");
  }

  private static double gysRate(double kilometres, boolean decoy, double efficiency) {
    double eta = gys("eta_bob") * Math.pow(10, -gys("alpha") * kilometres / 10);
    Gllp gllp = new Gllp(gys("mu"), efficiency, 0.5);
    double yield = gys("Y0") + eta;
    return gllp.rate(
        gysGain(gys("mu"), eta),
        decoy
            ? gllp.vacuumAndWeak(
                gysGain(gys("mu"), eta), gys("nu"), gysGain(gys("nu"), eta), gys("Y0"))
            : new Gllp.SinglePhotons(yield, (gys("Y0") / 2 + gys("e_d") * eta) / yield));
  }

  private static Gllp.Gain gysGain(double mean, double eta) {
    double clicks = 1 - Math.exp(-eta * mean);
    return new Gllp.Gain(gys("Y0") + clicks, gys("Y0") / 2 + gys("e_d") * clicks);
  }

  private static double gys(String name) {
    return Vectors.object("gys").get(name).asDouble();
  }

  /** Returns where a falling function crosses zero. */
  private static double root(double low, double high, DoubleUnaryOperator function) {
    double from = low;
    double to = high;
    for (int i = 0; i < 60; i++) {
      double middle = (from + to) / 2;
      if (function.applyAsDouble(middle) > 0) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
