package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Methods;
import org.eveproof.handover.RoleSplit;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.postprocessing.finitekey.SampleLimits;
import org.eveproof.postprocessing.ldpc.LdpcReconciliation;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseSource;
import org.junit.jupiter.api.Test;

final class LinkSettingsTest {
  private static final LinkSettings SETTINGS =
      LinkSettings.standard(
          Methods.preshared(Set.of(Suite.WEGMAN_CARTER)),
          1,
          new LinkParameters(1_000_000, 1, 1, 1e-6, 0.01));

  @Test
  void claimsWhatTheLengthFormulaAndTheHashWereChosenFor() {
    EpsilonBudget epsilon = SETTINGS.epsilon(Suite.WEGMAN_CARTER.authenticator());
    assertThat(epsilon.secrecy()).isEqualTo(SETTINGS.secrecyEpsilon());
    assertThat(epsilon.correctness()).isEqualTo(SETTINGS.correctnessEpsilon());
    assertThat(epsilon.verification())
        .isEqualTo(SETTINGS.exchange().verification().epsilon(1_000_000))
        .isPositive()
        .isLessThanOrEqualTo(SETTINGS.correctnessEpsilon())
        .isLessThanOrEqualTo(0x1p-64);
    assertThat(SETTINGS.exchange().lengthRule())
        .isEqualTo(new LengthRule.Fixed(SETTINGS.acceptance()));
    assertThat(((SampleLimits) SETTINGS.acceptance()).rule())
        .isEqualTo(
            new FiniteKeyRule(
                SETTINGS.errorLimit(), epsilon.secrecy(), epsilon.correctness(), 1, 4));
    // A round is given up at the very limit that its length is computed from.
    assertThat(SETTINGS.exchange().errorLimit()).isEqualTo(SETTINGS.errorLimit());
  }

  @Test
  void comparesTheShareOfTheSiftedBitsThatItSays() {
    SampleRule sampling = SETTINGS.exchange().sampling();
    SecretRandom random = SecretRandom.simulated(new SplittableRandom(1));
    assertThat(sampling.draw(bases(1000), random).sampledBits()).isEqualTo(100);
    assertThat(sampling.draw(bases(1001), random).sampledBits()).isEqualTo(101);
  }

  /** A tenth of the sifted bits is the sample of single photons; of weak light it is a basis. */
  @Test
  void syndromesAreMadeForAnErrorRateThatIsAStandardDeviationHigher() {
    int keyBits = 40_000;
    assertThat(openingBits(syndromes(SETTINGS.optics()), keyBits, 0.02))
        .isEqualTo(openingBits(keyBits, 0.02 + Math.sqrt(0.02 / 4_000)))
        .isGreaterThan(openingBits(keyBits, 0.02));
    // Bases of 0.8 and 0.2: a sixteenth as many bits of the one as of the other.
    assertThat(openingBits(syndromes(weak()), keyBits, 0.02))
        .isEqualTo(openingBits(keyBits, 0.02 + Math.sqrt(0.02 / 2_500)))
        .isGreaterThan(openingBits(keyBits, 0.02 + Math.sqrt(0.02 / 4_000)));
  }

  /** An honest round of a filled-up block would disclose more than its limit. */
  @Test
  void keysThatAreTooShortForSyndromesGoByCascade() {
    int least = 1 << 15;
    assertThat(syndromes(SETTINGS.optics()).exchange().reconciliation().plan(least - 1, 0.02))
        .isInstanceOf(CascadeReconciliation.class);
    assertThat(syndromes(SETTINGS.optics()).exchange().reconciliation().plan(least, 0.02))
        .isInstanceOf(LdpcReconciliation.class);
  }

  /** More errors than are tolerated promise nothing, however many pulses there are. */
  @Test
  void aLinkWorseThanItsErrorLimitPromisesNoKey() {
    LinkParameters noisy = new LinkParameters(10_000_000, 1, 1, 1e-6, 0.051);
    Methods methods = Methods.preshared(Set.of(Suite.WEGMAN_CARTER));
    assertThat(LinkSettings.standard(methods, 1, noisy).acceptance().secretBits()).isPositive();
    assertThat(LinkSettings.standard(methods, 1, noisy).promisesKey()).isFalse();
    assertThat(SETTINGS.promisesKey()).isTrue();
    LinkParameters few = new LinkParameters(1_000, 1, 1, 1e-6, 0.01);
    assertThat(LinkSettings.standard(methods, 1, few).promisesKey()).isFalse();
  }

  /** All but how the first keys are made and messages authenticated, which is negotiated. */
  @Test
  void whateverTheEndsMustHaveAlikeIsAgreedOn() {
    Methods methods = SETTINGS.methods();
    LinkParameters optics = SETTINGS.optics();
    assertThat(
            Stream.of(
                    SETTINGS,
                    new LinkSettings(methods, 2, optics, false, 0.1, 0.05, 1e-10, 1e-15, 256),
                    new LinkSettings(methods, 1, weak(), false, 0.1, 0.05, 1e-10, 1e-15, 256),
                    new LinkSettings(methods, 1, optics, true, 0.1, 0.05, 1e-10, 1e-15, 256),
                    new LinkSettings(methods, 1, optics, false, 0.2, 0.05, 1e-10, 1e-15, 256),
                    new LinkSettings(methods, 1, optics, false, 0.1, 0.06, 1e-10, 1e-15, 256),
                    new LinkSettings(methods, 1, optics, false, 0.1, 0.05, 1e-11, 1e-15, 256),
                    new LinkSettings(methods, 1, optics, false, 0.1, 0.05, 1e-10, 1e-16, 256),
                    new LinkSettings(methods, 1, optics, false, 0.1, 0.05, 1e-10, 1e-15, 257))
                .map(LinkSettings::agreement))
        .doesNotHaveDuplicates();
  }

  /** The ledger gets what two rounds like this one take, and a quarter is the application's. */
  @Test
  void aQuarterOfEachKeyIsLeftToTheApplication() {
    int enough = SETTINGS.keysForLedger(1_000_000, 50);
    assertThat(enough).isEqualTo(256);
    assertThat(SETTINGS.keysForLedger(1_000_000, 200)).isEqualTo(2 * (200 + 16));
    int bytes = 8_000;
    int affordable = SETTINGS.keysForLedger(bytes * Byte.SIZE, 50);
    assertThat(affordable).isPositive().isLessThan(enough);
    assertThat(RoleSplit.leastBytes(affordable)).isLessThanOrEqualTo(bytes - bytes / 4);
    assertThat(RoleSplit.leastBytes(affordable + 2)).isGreaterThan(bytes - bytes / 4);
    assertThat(SETTINGS.keysForLedger(1_000, 50)).as("it pays for no other round").isZero();
    assertThat(SETTINGS.exchange().maxBatches()).isEqualTo(400);
  }

  private static int openingBits(LinkSettings settings, int keyBits, double errorRate) {
    return settings.exchange().reconciliation().plan(keyBits, errorRate).openingBits();
  }

  private static int openingBits(int keyBits, double errorRate) {
    return LdpcReconciliation.of(keyBits, errorRate).orElseThrow().openingBits();
  }

  /** What the hash of a key tells is part of the limit, whatever else is. */
  @Test
  void aLongerHashRaisesTheGreatestLeakByItsBits() {
    for (LinkParameters optics : List.of(SETTINGS.optics(), weak())) {
      for (boolean syndromes : new boolean[] {false, true}) {
        LinkSettings loose = settings(optics, syndromes, 1e-15);
        LinkSettings strict = settings(optics, syndromes, 1e-30);
        int more =
            strict.exchange().verification().tagBits() - loose.exchange().verification().tagBits();
        assertThat(more).isGreaterThan(30);
        assertThat(greatestLeak(strict)).isEqualTo(greatestLeak(loose) + more);
      }
    }
  }

  private static long greatestLeak(LinkSettings settings) {
    return settings.acceptance().greatestLeak();
  }

  private static LinkParameters weak() {
    return new LinkParameters(
        8_000_000,
        PulseSource.weakPulses(List.of(0.5, 0.2, 2e-4), List.of(0.4, 0.45, 0.15), 0.8),
        1,
        1,
        1e-6,
        0.005);
  }

  private static LinkSettings syndromes(LinkParameters optics) {
    return settings(optics, true, 1e-15);
  }

  private static LinkSettings settings(
      LinkParameters optics, boolean syndromes, double correctnessEpsilon) {
    return new LinkSettings(
        SETTINGS.methods(), 1, optics, syndromes, 0.1, 0.05, 1e-10, correctnessEpsilon, 256);
  }

  private static Bits bases(int sifted) {
    return Bits.of(sifted, i -> i % 2 == 0);
  }

  /** An auditor reads these numbers with the proofs. */
  @Test
  void attemptsAndKeysAreThoseThatTheProofsName() throws IOException {
    assertThat(SETTINGS.ledger(Suite.WEGMAN_CARTER.authenticator()).maxAttempts()).isEqualTo(64);
    assertThat(RoleSplit.MAX_KEYS).isEqualTo(1 << 20);
    assertThat(Files.readString(Path.of("proofs", "README.md")))
        .contains("64 attempts under each one-time key", "as two blocks can hold (2·2·2²⁰)");
  }

  /** Two blocks, two directions, every key, every attempt before it is burnt, the longest frame. */
  @Test
  void chargesEveryForgeryThatARoundLeavesTimeFor() {
    for (Suite suite : Suite.symmetric()) {
      MessageAuthenticator authenticator = suite.authenticator();
      long attempts = 4L * RoleSplit.MAX_KEYS * SETTINGS.ledger(authenticator).maxAttempts();
      assertThat(SETTINGS.epsilon(authenticator).authentication())
          .isEqualTo(attempts * authenticator.forgeryBound(SETTINGS.maxFrameBytes()))
          .isLessThan(1e-20);
    }
  }
}
