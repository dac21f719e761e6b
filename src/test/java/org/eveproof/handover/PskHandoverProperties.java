package org.eveproof.handover;

import java.nio.file.Path;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.ActionChain;
import org.eveproof.conformance.PskHandoverBinding;
import org.eveproof.conformance.Run;
import org.eveproof.conformance.SpecChains;

/**
 * Two real ledgers, honest, crashing, losing messages and under attack, are judged step by step by
 * the text of {@code specs/PskHandover.tla}.
 */
class PskHandoverProperties {
  private static final int CHAINS = 1_000;
  private static final SpecChains CHAINS_SO_FAR =
      new SpecChains(PskHandoverBinding.conformanceCase(Path.of("specs")));

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
