package org.eveproof.session;

import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.ActionChain;
import org.eveproof.conformance.Bb84ExchangeBinding;
import org.eveproof.conformance.Run;
import org.eveproof.conformance.SpecChains;

/**
 * The real Alice and Bob take only steps that {@code specs/Bb84Exchange.tla} allows, refuse all
 * that it forbids, and every property of it holds of every state and step.
 */
class Bb84ExchangeProperties {
  private static final int CHAINS = 1_000;
  private static final SpecChains CASE =
      new SpecChains(Bb84ExchangeBinding.conformanceCases(Path.of("specs")).get(0));

  @Property(tries = CHAINS, seed = "84", shrinking = ShrinkingMode.BOUNDED)
  void theExchangeFollowsItsSpecification(@ForAll("chains") ActionChain<Run> chain) {
    CASE.judge(chain);
  }

  @Provide
  Arbitrary<ActionChain<Run>> chains() {
    return CASE.chains();
  }

  @AfterContainer
  static void everyActionAndEveryGoalWasReached() {
    CASE.assertCoverage(CHAINS);
    CASE.close();
  }
}
