package org.eveproof.session;

import java.util.Optional;
import org.eveproof.postprocessing.finitekey.DecoyBounds;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.DecoyLimits;
import org.eveproof.postprocessing.finitekey.FixedLength;
import org.eveproof.postprocessing.finitekey.SampleLimits;

/** What a round had to show for a key of its fixed length, and what it showed; all is public. */
public sealed interface LimitsReport {

  /** Returns what a round must show for a key. */
  FixedLength limits();

  /** Returns which limit was missed, if one was. */
  Optional<String> missed();

  /**
   * Of single photons.
   *
   * @param kept number of bits of the key
   * @param sampled number of bits that were compared
   */
  record OfSample(int kept, int sampled, SampleLimits limits, Optional<String> missed)
      implements LimitsReport {}

  /**
   * Of weak pulses with decoys.
   *
   * @param counts sifted bits at each intensity; the errors of the key are not known
   * @param bounds what follows of the photons
   */
  record OfDecoys(
      DecoyCounts counts, DecoyBounds bounds, DecoyLimits limits, Optional<String> missed)
      implements LimitsReport {}

  /** Reports on a round as far as it went; empty if nothing was counted in it. */
  static Optional<LimitsReport> of(FixedLength limits, Findings findings) {
    Optional<String> missed =
        new LengthRule.Fixed(limits)
            .judge(findings)
            .filter(FixedLength.Refused.class::isInstance)
            .map(verdict -> ((FixedLength.Refused) verdict).reason());
    if (limits instanceof DecoyLimits decoys) {
      return findings
          .decoys()
          .map(counts -> new OfDecoys(counts, decoys.rule().bounds(counts), decoys, missed));
    }
    int sampled = findings.sample().ones();
    return sampled == 0
        ? Optional.empty()
        : Optional.of(new OfSample(findings.kept().ones(), sampled, (SampleLimits) limits, missed));
  }
}
