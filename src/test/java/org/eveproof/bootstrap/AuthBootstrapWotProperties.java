package org.eveproof.bootstrap;

import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.ActionChain;
import org.eveproof.conformance.AuthBootstrapBinding;
import org.eveproof.conformance.Run;
import org.eveproof.conformance.SpecChains;
import org.jspecify.annotations.NullUnmarked;

/**
 * Every step of two real devices that introducers vouch for, and of Eve is a step of AuthBootstrap,
 * and keeps its properties.
 */
@NullUnmarked
class AuthBootstrapWotProperties {
  private static final int CHAINS = 400;
  private static SpecChains chains;

  @BeforeContainer
  static void load() {
    chains = new SpecChains(AuthBootstrapBinding.conformanceCases(Path.of("specs")).get(2));
  }

  @AfterContainer
  static void sawEnough() {
    try (SpecChains all = chains) {
      all.assertCoverage(CHAINS);
    }
  }

  @Property(tries = CHAINS, seed = "1")
  void everyStepIsAStepOfTheSpecification(@ForAll("chains") ActionChain<Run> chain) {
    chains.judge(chain);
  }

  @Provide
  Arbitrary<ActionChain<Run>> chains() {
    return chains.chains();
  }
}
