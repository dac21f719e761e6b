package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Methods;
import org.eveproof.handover.RoleSplit;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.postprocessing.finitekey.SampleLimits;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.LinkParameters;
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
