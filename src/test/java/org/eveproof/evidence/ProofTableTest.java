package org.eveproof.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eveproof.adversary.detection.InterceptTheory;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Methods;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.ErrorEstimate;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.PrivacyAmplification;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.session.LinkSettings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The code computes what Coq computes from the definitions that the theorems are about. {@code
 * proofs/check} makes the table anew and compares it with the one that is read here.
 */
class ProofTableTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Path TABLE = Path.of("proofs", "table.txt");

  /** What compares one row, cell 0 being the kind. */
  private interface Comparison {
    void compare(String[] cells);
  }

  private static final Map<String, Comparison> COMPARISONS =
      Map.ofEntries(
          Map.entry("tag", ProofTableTest::tag),
          Map.entry("forgery", ProofTableTest::forgery),
          Map.entry("frame", ProofTableTest::frame),
          Map.entry("verification", ProofTableTest::verification),
          Map.entry("verification-epsilon", ProofTableTest::verificationEpsilon),
          Map.entry("hash-length", ProofTableTest::hashLength),
          Map.entry("toeplitz", ProofTableTest::toeplitz),
          Map.entry("fit", ProofTableTest::fit),
          Map.entry("deviation", ProofTableTest::deviation),
          Map.entry("sample", ProofTableTest::sample),
          Map.entry("intercept-rate", ProofTableTest::interceptRate),
          Map.entry("intercept-known", ProofTableTest::interceptKnown),
          Map.entry("intercept-escape", ProofTableTest::interceptEscape),
          Map.entry("intercept-bits", ProofTableTest::interceptBits),
          Map.entry("intercept-passes", ProofTableTest::interceptPasses),
          Map.entry("intercept-exactly", ProofTableTest::interceptExactly),
          Map.entry("budget", ProofTableTest::budget),
          Map.entry("authentication", ProofTableTest::authentication));

  @TestFactory
  Stream<DynamicTest> agreesWithEveryRow() throws IOException {
    Map<String, List<String[]>> rows = rows().collect(Collectors.groupingBy(cells -> cells[0]));
    return COMPARISONS.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      List<String[]> ofKind = rows.getOrDefault(each.getKey(), List.of());
                      assertThat(ofKind).hasSizeGreaterThan(8);
                      ofKind.forEach(each.getValue()::compare);
                    }));
  }

  @Test
  void everyRowIsCompared() throws IOException {
    assertThat(rows().map(cells -> cells[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(COMPARISONS.keySet());
  }

  private static Stream<String[]> rows() throws IOException {
    return Files.readAllLines(TABLE).stream().map(line -> line.split(" "));
  }

  /** tag KEY PAD MESSAGE TAG */
  private static void tag(String[] cells) {
    for (Suite suite : List.of(Suite.WEGMAN_CARTER, Suite.WEGMAN_CARTER_RECYCLED)) {
      try (OneTimeKey key =
          new OneTimeKey(new KeyIndex(0, 0, 0), bytes(cells[1]), bytes(cells[2]))) {
        byte[] tag = suite.authenticator().tag(key, bytes(cells[3]));
        assertThat(HEX.formatHex(tag)).as(Arrays.toString(cells)).isEqualTo(cells[4]);
      }
    }
  }

  /** forgery BYTES NUMERATOR, over 2^128 */
  private static void forgery(String[] cells) {
    for (Suite suite : List.of(Suite.WEGMAN_CARTER, Suite.WEGMAN_CARTER_RECYCLED)) {
      assertThat(suite.authenticator().forgeryBound(Long.parseLong(cells[1])))
          .as(Arrays.toString(cells))
          .isEqualTo(Math.scalb(Double.parseDouble(cells[2]), -128));
    }
  }

  /** frame SUITE SENDER TYPE SESSION ROUND SEQUENCE EPOCH BLOCK INDEX PAYLOAD AUTHENTICATED */
  private static void frame(String[] cells) {
    Suite suite = cells[1].equals("7") ? Suite.WEGMAN_CARTER : Suite.WEGMAN_CARTER_RECYCLED;
    KeyIndex index = new KeyIndex(number(cells[7]), number(cells[8]), number(cells[9]));
    Header header =
        new Header(
            suite,
            cells[2].equals("A") ? Party.ALICE : Party.BOB,
            Long.parseUnsignedLong(cells[4]),
            number(cells[5]),
            number(cells[6]),
            number(cells[3]),
            index);
    MessageAuthenticator authenticator = suite.authenticator();
    byte[] authenticated = bytes(cells[11]);
    try (OneTimeKey key =
        new OneTimeKey(
            index,
            new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
            new byte[16])) {
      Frame frame = Frame.seal(authenticator, key, header, bytes(cells[10]));
      byte[] encoded = frame.encode();
      assertThat(HEX.formatHex(encoded, 0, encoded.length - frame.tag().length))
          .as(Arrays.toString(cells))
          .isEqualTo(cells[11]);
      assertThat(frame.tag()).isEqualTo(authenticator.tag(key, authenticated));
      assertThat(Frame.parse(encoded)).contains(frame);
    }
  }

  /** verification T SEED KEY HASH */
  private static void verification(String[] cells) {
    try (SecretBits key = SecretBits.copyOf(Bits.parse(cells[3]))) {
      ErrorVerification verification = new ErrorVerification(number(cells[1]));
      assertThat(verification.hash(key, Bits.parse(cells[2])))
          .as(Arrays.toString(cells))
          .isEqualTo(Bits.parse(cells[4]));
      assertThat(verification.accepts(key, Bits.parse(cells[2]), Bits.parse(cells[4]))).isTrue();
    }
  }

  /** verification-epsilon BITS BLOCKS: the numerator over 2^t */
  private static void verificationEpsilon(String[] cells) {
    for (int t : new int[] {1, 17, 64, 128}) {
      assertThat(new ErrorVerification(t).epsilon(number(cells[1])))
          .as(Arrays.toString(cells))
          .isEqualTo(Math.scalb(Double.parseDouble(cells[2]), -t));
    }
  }

  /** hash-length BITS E T: the shortest hash for 2^-e; 0 where none is long enough */
  private static void hashLength(String[] cells) {
    double epsilon = Math.scalb(1.0, -number(cells[2]));
    int length = number(cells[3]);
    assertThat(length).isPositive();
    assertThat(ErrorVerification.forEpsilon(number(cells[1]), epsilon).tagBits())
        .as(Arrays.toString(cells))
        .isEqualTo(length);
  }

  /** toeplitz N L SEED KEY RESULT */
  private static void toeplitz(String[] cells) {
    int l = number(cells[2]);
    assertThat(PrivacyAmplification.seedBits(number(cells[1]), l)).isEqualTo(cells[3].length());
    try (SecretBits key = SecretBits.copyOf(Bits.parse(cells[4]));
        SecretBits result = PrivacyAmplification.amplify(key, Bits.parse(cells[3]), l)) {
      assertThat(Bits.ofWords(result.toWords(), l))
          .as(Arrays.toString(cells))
          .isEqualTo(Bits.parse(cells[5]));
    }
  }

  /** fit N L SEED 1|0 */
  private static void fit(String[] cells) {
    assertThat(PrivacyAmplification.isFit(Bits.parse(cells[3]), number(cells[2])))
        .as(Arrays.toString(cells))
        .isEqualTo(cells[4].equals("1"));
  }

  /** deviation N K NUMERATOR DENOMINATOR CONSTANT: its square over ln(constant/epsilon) */
  private static void deviation(String[] cells) {
    int n = number(cells[1]);
    int k = number(cells[2]);
    int constant = number(cells[5]);
    for (double epsilon : new double[] {0.5, 1e-6, 1e-10}) {
      double square =
          Double.parseDouble(cells[3])
              / Double.parseDouble(cells[4])
              * Math.log(constant / epsilon);
      assertThat(
              FiniteKeyRule.deviation(
                  n, k, epsilon, FiniteKeyRule.of(0.1, epsilon, epsilon).numerator()))
          .as(Arrays.toString(cells))
          .isCloseTo(Math.sqrt(square), within(1e-12 * Math.sqrt(square)));
      assertThat(new ErrorEstimate(k, 0).upperLimit(n, epsilon, constant))
          .isCloseTo(Math.sqrt(square), within(1e-12 * Math.sqrt(square)));
    }
  }

  /** sample N D K: the least k with square of the deviation over ln(4/epsilon) at most 1/d */
  private static void sample(String[] cells) {
    int n = number(cells[1]);
    int least = number(cells[3]);
    assertThat(least).isGreaterThan(1);
    double epsilon = 1e-9;
    double limit = Math.sqrt(Math.log(4 / epsilon) / Double.parseDouble(cells[2]));
    assertThat(FiniteKeyRule.deviation(n, least, epsilon, 4)).isLessThanOrEqualTo(limit);
    assertThat(FiniteKeyRule.deviation(n, least - 1, epsilon, 4)).isGreaterThan(limit);
  }

  /** intercept-rate FACES TOUCHED SIDES FLIPS WRONG ALL: p = TOUCHED/FACES, e = FLIPS/SIDES */
  private static void interceptRate(String[] cells) {
    assertIsRatio(InterceptTheory.errorRate(ratio(cells, 2, 1), ratio(cells, 4, 3)), cells, 5);
  }

  /** intercept-known FACES TOUCHED NUMERATOR DENOMINATOR */
  private static void interceptKnown(String[] cells) {
    assertIsRatio(InterceptTheory.known(ratio(cells, 2, 1)), cells, 3);
  }

  /** intercept-escape FACES TOUCHED SIDES FLIPS BITS NUMERATOR DENOMINATOR */
  private static void interceptEscape(String[] cells) {
    assertIsRatio(InterceptTheory.escape(rate(cells), number(cells[5])), cells, 6);
  }

  /** intercept-bits FACES TOUCHED SIDES FLIPS E BITS: no error with at most 2^-E */
  private static void interceptBits(String[] cells) {
    assertThat(number(cells[6])).isPositive();
    assertThat(InterceptTheory.bitsWithoutError(rate(cells), Math.scalb(1.0, -number(cells[5]))))
        .as(Arrays.toString(cells))
        .isEqualTo(number(cells[6]));
  }

  /** intercept-passes FACES TOUCHED SIDES FLIPS BITS ERRORS NUMERATOR DENOMINATOR */
  private static void interceptPasses(String[] cells) {
    int bits = number(cells[5]);
    double tolerated = (number(cells[6]) + 0.5) / bits;
    assertIsRatio(InterceptTheory.passes(rate(cells), tolerated, bits), cells, 7);
  }

  /**
   * intercept-exactly FACES TOUCHED SIDES FLIPS T E BITS: a share 1/T is tolerated, passes with at
   * most 2^-E
   */
  private static void interceptExactly(String[] cells) {
    double tolerated = 1.0 / number(cells[5]);
    double epsilon = Math.scalb(1.0, -number(cells[6]));
    int bits = number(cells[7]);
    assertThat(bits).isPositive();
    assertThat(InterceptTheory.bitsExactly(rate(cells), tolerated, epsilon))
        .as(Arrays.toString(cells))
        .isEqualTo(bits);
    // The bounds are on the safe side of the exact number.
    assertThat(InterceptTheory.bitsByChernoff(rate(cells), tolerated, epsilon))
        .isGreaterThanOrEqualTo(bits)
        .isLessThanOrEqualTo(InterceptTheory.bitsByHoeffding(rate(cells), tolerated, epsilon));
  }

  private static double rate(String[] cells) {
    return InterceptTheory.errorRate(ratio(cells, 2, 1), ratio(cells, 4, 3));
  }

  private static double ratio(String[] cells, int numerator, int denominator) {
    return Double.parseDouble(cells[numerator]) / Double.parseDouble(cells[denominator]);
  }

  private static void assertIsRatio(double computed, String[] cells, int numerator) {
    double exact = ratio(cells, numerator, numerator + 1);
    assertThat(computed).as(Arrays.toString(cells)).isCloseTo(exact, within(1e-12 * exact));
  }

  /** authentication PULSES NUMERATOR, over 2^128: all attempts in a round, the longest frame */
  private static void authentication(String[] cells) {
    LinkParameters optics = new LinkParameters(number(cells[1]), 1, 1, 1e-6, 0.01);
    for (Suite suite : List.of(Suite.WEGMAN_CARTER, Suite.WEGMAN_CARTER_RECYCLED)) {
      assertThat(
              LinkSettings.standard(Methods.preshared(Set.of(suite)), 1, optics)
                  .epsilon(suite.authenticator())
                  .authentication())
          .as(Arrays.toString(cells))
          .isEqualTo(Math.scalb(Double.parseDouble(cells[2]), -128));
    }
  }

  /** budget ROUNDS MESSAGES PER_MESSAGE PER_ROUND SUM: numerators over 2^40 */
  private static void budget(String[] cells) {
    double unit = Math.scalb(1.0, -40);
    double tags = number(cells[2]) * number(cells[3]) * unit;
    double key = number(cells[4]) * unit;
    double sum = number(cells[5]) * unit;
    for (EpsilonBudget one :
        List.of(
            new EpsilonBudget(key, 0, tags, 0),
            new EpsilonBudget(0, key, tags, 0),
            new EpsilonBudget(0, 0, tags, key))) {
      List<EpsilonBudget> rounds = Collections.nCopies(number(cells[1]), one);
      assertThat(EpsilonBudget.total(rounds)).as(Arrays.toString(cells)).isEqualTo(sum);
    }
  }

  private static int number(String cell) {
    return Integer.parseInt(cell);
  }

  private static byte[] bytes(String cell) {
    return cell.equals("-") ? new byte[0] : HEX.parseHex(cell);
  }
}
