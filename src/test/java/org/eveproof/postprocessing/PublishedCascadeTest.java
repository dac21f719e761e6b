package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Cascade discloses, against what others measured with the same blocks, one range halved after
 * the other. Here all ranges of all passes that differ are halved at once, which asks a little more
 * (what one range tells may have answered a question in another) in far fewer round trips.
 */
final class PublishedCascadeTest {

  /** Martinez-Mateo et al. (2015), table 3: keys of 2^14 bits, fourteen passes. */
  @ParameterizedTest
  @CsvSource({
    "0.005, 256, 1024, 1.04989",
    "0.01, 128, 512, 1.04219",
    "0.02, 64, 512, 1.04006",
    "0.03, 32, 512, 1.03902",
    "0.04, 32, 256, 1.04313",
    "0.05, 16, 256, 1.04313",
    "0.06, 16, 256, 1.04580",
    "0.07, 16, 256, 1.05050",
    "0.08, 8, 256, 1.05465",
    "0.09, 8, 256, 1.05486",
    "0.10, 8, 256, 1.05736",
    "0.11, 8, 256, 1.06130"
  })
  void nearOptimalBlocksDiscloseWhatWasMeasured(
      double errorRate, int first, int second, double published) {
    int keyBits = 1 << 14;
    List<Integer> blocks = new ArrayList<>(List.of(first, second, 4096));
    blocks.addAll(Collections.nCopies(11, keyBits / 2));
    assertThat(efficiency(new CascadeSchedule(keyBits, blocks), errorRate, 100))
        .isBetween(published - 0.01, published + 0.05);
  }

  /** The original blocks on keys of 10^4 bits. */
  @ParameterizedTest
  @CsvSource({
    "0.005, 1.1125", "0.01, 1.1244", "0.02, 1.1352", "0.03, 1.1533", "0.04, 1.1597",
    "0.05, 1.1642", "0.06, 1.1756", "0.08, 1.1899", "0.10, 1.1913", "0.11, 1.2156"
  })
  void originalBlocksDiscloseWhatASequentialProgramDoes(double errorRate, double simulated) {
    assertThat(efficiency(CascadeSchedule.original(10_000, errorRate), errorRate, 200))
        .isBetween(simulated - 0.01, simulated + 0.04);
  }

  private static double efficiency(CascadeSchedule schedule, double errorRate, int keys) {
    SplittableRandom random = new SplittableRandom(Double.hashCode(errorRate));
    SecretRandom secret = SecretRandom.simulated(random);
    List<SecretBits> alice = new ArrayList<>();
    List<SecretBits> bob = new ArrayList<>();
    int length = schedule.keyBits();
    for (int k = 0; k < keys; k++) {
      Bits key = secret.publicBits(length);
      alice.add(SecretBits.copyOf(key));
      bob.add(SecretBits.copyOf(key.xor(Bits.of(length, i -> random.nextDouble() < errorRate))));
    }
    try (ReconciliationTrial trial =
        CascadeTrial.run(alice, bob, schedule, new ErrorVerification(64), secret)) {
      assertThat(trial.refusedKeys()).isLessThanOrEqualTo(3);
      return trial.parityBits() / (keys * (double) length * FiniteKeyRule.binaryEntropy(errorRate));
    }
  }
}
