package org.eveproof.postprocessing.ldpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Optional;
import java.util.SplittableRandom;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.Reconciliation;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LdpcReconciliationTest {
  private static final Bits NO_SEED = Bits.parse("");

  private final SplittableRandom random = new SplittableRandom(7);
  private final SecretRandom secret = SecretRandom.simulated(random);

  private Bits noisy(Bits key, double errorRate) {
    return key.xor(Bits.of(key.length(), i -> random.nextDouble() < errorRate));
  }

  /** One block and several, filled up and not; what is disclosed is what was announced. */
  @ParameterizedTest
  @ValueSource(ints = {8192, 8193, 20_001, 140_000})
  void aKeyOfAnyLengthIsCorrected(int keyBits) {
    Bits hers = secret.publicBits(keyBits);
    Reconciliation plan = LdpcReconciliation.of(keyBits, 0.035).orElseThrow();
    try (SecretBits aliceKey = SecretBits.copyOf(hers);
        SecretBits bobKey = SecretBits.copyOf(noisy(hers, 0.03));
        Reconciliation.Alice alice = plan.alice(aliceKey, NO_SEED);
        Reconciliation.Bob bob = plan.bob(bobKey, NO_SEED)) {
      Bits parities = alice.open();
      assertThat(parities.length()).isEqualTo(plan.openingBits()).isEqualTo(bob.awaitedBits());
      Optional<byte[]> question = bob.take(parities);
      int messages = 1;
      while (question.isPresent()) {
        Bits more = alice.read(question.get()).orElseThrow().answer();
        assertThat(more.length()).isEqualTo(bob.awaitedBits());
        question = bob.take(more);
        messages++;
      }
      assertThat(messages).isLessThanOrEqualTo(3);
      try (SecretBits corrected = bob.corrected()) {
        assertThat(corrected.sameAs(aliceKey)).isTrue();
      }
    }
  }

  /** What the first message discloses over n·h(Q), as it is documented. */
  @ParameterizedTest
  @CsvSource({
    "131072, 0.01, 1.16",
    "131072, 0.02, 1.09",
    "131072, 0.05, 1.09",
    "16384, 0.03, 1.14"
  })
  void theFirstMessageDisclosesWhatIsDocumented(int keyBits, double errorRate, double over) {
    assertThat(LdpcPlan.of(keyBits, errorRate).parities(0))
        .isCloseTo(
            (int) (over * keyBits * FiniteKeyRule.binaryEntropy(errorRate)), withinPercentage(1));
  }

  @Test
  void aQuestionThatBobCannotAskIsNotAnswered() {
    int keyBits = 140_000;
    Reconciliation plan = LdpcReconciliation.of(keyBits, 0.02).orElseThrow();
    try (SecretBits key = secret.secretBits(keyBits);
        Reconciliation.Alice alice = plan.alice(key, NO_SEED)) {
      alice.open();
      assertThat(alice.read(new byte[0])).as("too short").isEmpty();
      assertThat(alice.read(new byte[2])).as("too long").isEmpty();
      assertThat(alice.read(new byte[] {0})).as("about nothing").isEmpty();
      assertThat(alice.read(new byte[] {0x20})).as("about a third block").isEmpty();
      assertThat(alice.read(new byte[] {0x40})).as("about the second").isPresent();
      assertThat(alice.read(new byte[] {(byte) 0x80})).as("nothing was answered yet").isPresent();
      alice.read(new byte[] {0x40}).orElseThrow().answer();
      assertThat(alice.read(new byte[] {(byte) 0x80})).as("about one that was done").isEmpty();
      alice.read(new byte[] {0x40}).orElseThrow().answer();
      assertThat(alice.read(new byte[] {0x40})).as("a fourth one").isEmpty();
    }
  }

  @Test
  void keysThatTheCodesAreNotForAreLeftToOthers() {
    assertThat(LdpcReconciliation.of(8191, 0.03)).isEmpty();
    assertThat(LdpcReconciliation.of(10_000, 0.004)).isEmpty();
    assertThat(LdpcReconciliation.of(10_000, 0.12)).isEmpty();
    assertThat(LdpcReconciliation.of(10_000, Double.NaN)).isEmpty();
    Reconciliation plan = LdpcReconciliation.of(10_000, 0.03).orElseThrow();
    try (SecretBits key = secret.secretBits(10_001)) {
      assertThatThrownBy(() -> plan.alice(key, NO_SEED)).hasMessageContaining("10001 bits");
      assertThatThrownBy(() -> plan.bob(key, NO_SEED)).hasMessageContaining("10001 bits");
    }
  }
}
