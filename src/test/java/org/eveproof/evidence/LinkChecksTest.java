package org.eveproof.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eveproof.authentication.Suite;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.transport.Tap;
import org.junit.jupiter.api.Test;

class LinkChecksTest {
  private static final LinkParameters OPTICS = new LinkParameters(60_000, 1, 1, 1e-6, 0.01);

  @Test
  void theLinkDoesWhatItMustHonestlyAndUnderAttack() throws Exception {
    List<Finding> findings = new ArrayList<>();
    for (Check check : LinkChecks.all(5)) {
      findings.add(check.run());
    }
    assertThat(findings).hasSizeGreaterThan(4);
    assertThat(findings)
        .allSatisfy(
            finding ->
                assertThat(finding.verdict())
                    .as(finding.name() + ": " + finding.detail())
                    .isEqualTo(Finding.Verdict.HELD));
  }

  /** A check of the link can fail: on a fibre without Eve there are keys, on a dead one none. */
  @Test
  void aTrialTellsKeysFromNoKeys() {
    FibreEve nobody = new FibreEve.Nothing();
    Tap dead = (sender, frame) -> List.of();
    assertThat(LinkTrial.run(Suite.HMAC_SHA256, 1, OPTICS, nobody, Tap.NONE, true, 5).same())
        .isEqualTo(1);
    LinkTrial mute = LinkTrial.run(Suite.HMAC_SHA256, 1, OPTICS, nobody, dead, true, 5);
    assertThat(mute.same()).isZero();
    assertThat(mute.failure()).isPresent();
  }
}
