package org.eveproof.delivery.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eveproof.postprocessing.PrivacyAmplification;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;

/** What the gate lets through, and what it stops. */
class HealthGateTest {
  private static final int[] SIZES = {256, 1024, 4096, 65_536};

  @Test
  void uniformBlocksPassAloneAndTogether() {
    SecureRandom random = new SecureRandom();
    HealthHistory history = HealthHistory.EMPTY;
    for (int length : SIZES) {
      for (int i = 0; i < (length == 65_536 ? 64 : 100); i++) {
        byte[] block = new byte[length];
        random.nextBytes(block);
        HealthReport report = HealthGate.judge(block, history);
        assertThat(report.verdict()).isEqualTo(new HealthVerdict.Healthy());
        history = report.history();
      }
    }
  }

  @Test
  void whatPrivacyAmplificationMakesPasses() {
    SecretRandom random = SecretRandom.secure();
    HealthHistory history = HealthHistory.EMPTY;
    for (int i = 0; i < 40; i++) {
      int secretBits = 8 * 2_000;
      try (SecretBits key = random.secretBits(40_000);
          SecretBits secret =
              PrivacyAmplification.amplify(
                  key, PrivacyAmplification.drawSeed(40_000, secretBits, random), secretBits)) {
        HealthReport report = HealthGate.judge(secret.toBytes(), history);
        assertThat(report.verdict()).isEqualTo(new HealthVerdict.Healthy());
        history = report.history();
      }
    }
  }

  @Test
  void theShortestBlocksAreTested() {
    for (int length = 1; length <= 64; length++) {
      assertThat(HealthGate.judge(Keys.uniform(length, length), HealthHistory.EMPTY).verdict())
          .isEqualTo(new HealthVerdict.Healthy());
    }
    assertRefused("32 zeros", new byte[32]);
  }

  @Test
  void brokenKeysAreRefused() {
    Map<String, byte[]> broken = new LinkedHashMap<>();
    for (int length : SIZES) {
      byte[] ones = new byte[length];
      Arrays.fill(ones, (byte) 0xff);
      byte[] half = Keys.uniform(length, 1);
      Arrays.fill(half, length / 2, length, (byte) 0);
      broken.put("zeros " + length, new byte[length]);
      broken.put("ones " + length, ones);
      broken.put("half zeros " + length, half);
      broken.put("text " + length, text(length));
      broken.put("codebook " + length, Keys.codebook(length, 8, 2));
      broken.put("mixture " + length, Keys.mixture(length, 0.2, 3));
      byte[] nibbles = Keys.uniform(length, 4);
      for (int i = 0; i < length; i++) {
        nibbles[i] &= 0x0f;
      }
      broken.put("nibbles " + length, nibbles);
      for (int width : new int[] {2, 4, 8, 16}) {
        broken.put("counter of " + width + " bytes " + length, Keys.counter(length, width));
      }
    }
    broken.put("counter of a byte", Keys.counter(300, 1));
    broken.put("a repeated cipher block", Keys.codebook(65_536, 4_000, 5));
    broken.forEach(HealthGateTest::assertRefused);
  }

  @Test
  void patternsOfEveryPeriodAreRefused() {
    for (int period = 1; period <= 4096; period += period < 64 ? 1 : 61) {
      assertRefused("period " + period, Keys.periodic(period + 40, period, period));
    }
    assertRefused("period 4096", Keys.periodic(16_384, 4096, 4096));
  }

  @Test
  void biasOfTheKindOfTheSampleIsRefusedWholeAndInPieces() {
    assertSampleIsRefused(Keys.biased(204_800, 0.44, 11));
  }

  @Test
  void theSampleOfBiasedKeyIsRefusedWholeAndInPieces() throws IOException {
    Path sample =
        Path.of(System.getProperty("eveproof.biasedKey", "../shared/data/biased-final-key.bin"));
    assumeTrue(
        Files.isReadable(sample), "SKIPPED: no sample of biased key at " + sample.toAbsolutePath());
    assertSampleIsRefused(Files.readAllBytes(sample));
  }

  private static void assertSampleIsRefused(byte[] sample) {
    assertRefused("whole", sample);
    for (int piece : new int[] {1024, 2048, 4096, 8192}) {
      HealthHistory history = HealthHistory.EMPTY;
      int refused = 0;
      int pieces = 0;
      for (int from = 0; from + piece <= sample.length; from += piece) {
        HealthReport report =
            HealthGate.judge(Arrays.copyOfRange(sample, from, from + piece), history);
        history = report.history();
        refused += report.verdict() instanceof HealthVerdict.Refused ? 1 : 0;
        pieces++;
      }
      // A first piece of 1024 bytes may slip through: it has nothing before it.
      assertThat(refused)
          .as("pieces of %d bytes", piece)
          .isGreaterThanOrEqualTo(piece == 1024 ? pieces - 2 : pieces);
    }
    // Pieces of 128 bytes are too short to be told apart alone.
    HealthHistory history = HealthHistory.EMPTY;
    int delivered = 0;
    for (int from = 0; from + 128 <= sample.length; from += 128) {
      HealthReport report = HealthGate.judge(Arrays.copyOfRange(sample, from, from + 128), history);
      history = report.history();
      delivered += report.verdict() instanceof HealthVerdict.Healthy ? 128 : 0;
    }
    assertThat(delivered).isLessThan(2048);
  }

  @Test
  void theStatedBiasIsTheOneThatIsSeen() {
    for (int length : SIZES) {
      double visible = HealthGate.visibleBias(length);
      assertThat(refusals(length, 0.5 + 4.0 / 3 * visible))
          .as("%d bytes", length)
          .isGreaterThanOrEqualTo(18);
      assertThat(refusals(length, 0.5 - visible)).as("%d bytes", length).isBetween(3, 17);
      assertThat(refusals(length, 0.5 + visible / 2)).as("%d bytes", length).isLessThan(2);
    }
    assertThat(HealthGate.visibleBias(256)).isBetween(0.0765, 0.0775);
    assertThat(HealthGate.visibleBias(1024)).isBetween(0.038, 0.039);
    assertThat(HealthGate.visibleBias(4096)).isBetween(0.0185, 0.0195);
    assertThat(HealthGate.visibleBias(65_536)).isBetween(0.0045, 0.0055);
    assertThat(HealthGate.visibleBias(1 << 20)).isBetween(0.00115, 0.00125);
  }

  private static int refusals(int length, double ones) {
    int refused = 0;
    for (int i = 0; i < 20; i++) {
      HealthReport report =
          HealthGate.judge(Keys.biased(length, ones, 100 + i), HealthHistory.EMPTY);
      refused += report.verdict() instanceof HealthVerdict.Refused ? 1 : 0;
    }
    return refused;
  }

  @Test
  void aSmallBiasIsFoundOverSeveralBlocks() {
    HealthHistory history = HealthHistory.EMPTY;
    int blocks = 0;
    Optional<String> reason = Optional.empty();
    while (reason.isEmpty() && blocks < 1000) {
      byte[] block = Keys.biased(1024, 0.506, 1_000 + blocks);
      assertThat(HealthGate.judge(block, HealthHistory.EMPTY).verdict())
          .as("alone")
          .isEqualTo(new HealthVerdict.Healthy());
      HealthReport report = HealthGate.judge(block, history);
      history = HealthHistory.decode(report.history().encode()).orElseThrow();
      reason =
          report.verdict() instanceof HealthVerdict.Refused refused
              ? Optional.of(refused.reason())
              : Optional.empty();
      blocks++;
    }
    assertThat(reason.orElseThrow()).contains("history").doesNotContain("|");
    assertThat(blocks).isBetween(10, 100);
  }

  @Test
  void everyTestHasABlockThatItRefuses() {
    byte[] run = Keys.uniform(4096, 21);
    Arrays.fill(run, 1000, 1008, (byte) 0xff);
    byte[] crowd = Keys.uniform(4096, 22);
    for (int i = 512; i < 1024; i += 16) {
      crowd[i] = crowd[512];
    }
    byte[] leaning = Keys.uniform(4096, 23);
    System.arraycopy(Keys.biased(128, 0.8, 24), 0, leaning, 1024, 128);
    byte[] twice = Keys.uniform(4096, 25);
    System.arraycopy(twice, 5, twice, 3000, 12);
    byte[] favourite = Keys.uniform(4096, 26);
    for (int i = 0; i < 4096; i += 60) {
      favourite[i] = 0x35;
    }
    byte[] delayed = Keys.uniform(4096, 27);
    for (int i = 16; i < 4096; i++) {
      delayed[i] = (byte) ((delayed[i] & 0xf0) | (delayed[i - 16] & 0x0f));
    }
    assertFails("repetition count, bytes", run);
    assertFails("repetition count, bits", run);
    assertFails("adaptive proportion, bytes", crowd);
    assertFails("adaptive proportion, bits", leaning);
    assertFails("most common byte", favourite);
    assertFails("most common bit", Keys.biased(4096, 0.46, 28));
    assertFails("Markov, off the half", Keys.sticky(4096, 0.46, 29));
    assertFails("chi-square, bytes", Keys.evenParity(4096, 30));
    assertFails("repeated string, bytes", twice);
    assertFails("correlation of bits, off the half", delayed);
    HealthHistory leaningHistory = HealthHistory.EMPTY;
    for (int i = 0; i < 40; i++) {
      leaningHistory = HealthGate.judge(Keys.biased(4096, 0.49, 31 + i), leaningHistory).history();
    }
    HealthReport report = HealthGate.judge(Keys.uniform(4096, 32), leaningHistory);
    assertThat(report.verdict().toString()).contains("history");
  }

  private static void assertFails(String test, byte[] block) {
    HealthReport report = HealthGate.judge(block, HealthHistory.EMPTY);
    assertThat(report.findings())
        .filteredOn(finding -> finding.test().equals(test))
        .singleElement()
        .matches(finding -> !finding.holds(), "fails");
    assertThat(report.verdict()).isInstanceOf(HealthVerdict.Refused.class);
  }

  @Test
  void theReasonNamesTheTestsAndNoBits() {
    HealthReport report = HealthGate.judge(new byte[64], HealthHistory.EMPTY);
    assertThat(report.verdict())
        .isInstanceOfSatisfying(
            HealthVerdict.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("repetition count, bytes: 64, NOT below 7")
                    .doesNotContain("\n"));
  }

  @Test
  void theLengthIsBounded() {
    for (int length : new int[] {0, HealthGate.MOST_BYTES + 1}) {
      assertThatThrownBy(() -> HealthGate.judge(new byte[length], HealthHistory.EMPTY))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theBlockIsLeftAsItIs() {
    byte[] block = Keys.uniform(1000, 33);
    byte[] before = block.clone();
    HealthGate.judge(block, HealthHistory.EMPTY);
    assertThat(block).isEqualTo(before);
  }

  private static byte[] text(int length) {
    String sentence = "The quick brown fox jumps over the lazy dog, and then it does so again. ";
    return Arrays.copyOf(
        sentence.repeat(1 + length / 70).getBytes(StandardCharsets.US_ASCII), length);
  }

  private static void assertRefused(String what, byte[] block) {
    assertThat(HealthGate.judge(block, HealthHistory.EMPTY).verdict())
        .as(what)
        .isInstanceOf(HealthVerdict.Refused.class);
  }
}
