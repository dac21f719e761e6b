package org.eveproof.session;

import java.nio.file.Path;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.ActionChain;
import org.eveproof.conformance.QkdSystemBinding;
import org.eveproof.conformance.Run;
import org.eveproof.conformance.SpecChains;

/**
 * Two whole sites with their real bootstraps, exchanges and ledgers, and Eve between them with the
 * bytes that she really has, are judged step by step by the text of {@code specs/QkdSystem.tla},
 * {@code RefinesIdealKeyAgreement} included.
 */
class QkdSystemProperties {
  private static final int CHAINS = 1_000;
  private static final SpecChains CHAINS_SO_FAR =
      new SpecChains(QkdSystemBinding.conformanceCase(Path.of("specs")));

  @Property(tries = CHAINS, seed = "20151", afterFailure = AfterFailureMode.RANDOM_SEED)
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
