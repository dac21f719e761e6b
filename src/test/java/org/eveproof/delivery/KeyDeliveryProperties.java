package org.eveproof.delivery;

import java.nio.file.Path;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.ActionChain;
import org.eveproof.conformance.KeyDeliveryBinding;
import org.eveproof.conformance.Run;
import org.eveproof.conformance.SpecChains;

/**
 * The key management of two sites, honest, crashing, losing messages, asked by strangers and under
 * attack, is judged step by step by the text of {@code specs/KeyDelivery.tla}.
 */
class KeyDeliveryProperties {
  private static final int CHAINS = 300;
  private static final SpecChains CHAINS_SO_FAR =
      new SpecChains(KeyDeliveryBinding.conformanceCase(Path.of("specs")));

  @Property(tries = CHAINS, seed = "20141", afterFailure = AfterFailureMode.RANDOM_SEED)
  void everyStepIsAStepOfTheSpecificationAndEveryPropertyHolds(
      @ForAll("chains") ActionChain<Run> chain) {
    CHAINS_SO_FAR.judge(chain);
  }

  @Provide
  Arbitrary<ActionChain<Run>> chains() {
    return CHAINS_SO_FAR.chains();
  }

  @AfterContainer
  static void everyActionAndGoalWasReached() {
    try (CHAINS_SO_FAR) {
      CHAINS_SO_FAR.assertCoverage(CHAINS);
    }
  }
}
