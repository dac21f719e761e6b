package org.eveproof.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.eveproof.spec.SpecOracle;
import org.junit.jupiter.api.Test;

/** Chains in which implementation and specification once disagreed. */
class FoundChainsTest {
  /** Keys that Eve used up at Alice before Bob had the block were not known to Bob afterwards. */
  @Test
  void eveSpeaksToOneEndBeforeTheOtherHasItsBlock() {
    ConformanceCase subject = QkdSystemBinding.conformanceCase(Path.of("specs"));
    String chain =
        """
        seed 2096276438714854565
        Provision
        Bootstrap
        Agree
        Confirm
        Fetch(p = "bob")
        Corrupt(p = "alice")
        Fetch(p = "alice")
        FailRound
        disturb 266865305122453737
        Commit(p = "alice")
        Intrude(p = "alice")
        Agree
        Commit(p = "bob")
        Intrude(p = "bob")
        ForgeAbort
        Discard(p = "bob")
        FailRound
        Discard(p = "alice")
        Agree
        """;
    try (SpecOracle oracle = SpecOracle.load(subject.source());
        Run run = Run.replay(subject, oracle, chain.lines().toList())) {
      assertThat(run.performed()).containsEntry("Agree", 2);
    }
  }
}
