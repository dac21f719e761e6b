package org.eveproof.session;

import java.util.Optional;
import org.eveproof.postprocessing.finitekey.DecoyBounds;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.FixedLength;

/**
 * What the decoys of one round showed; all of it is public.
 *
 * @param counts sifted bits at each intensity; the errors of the key are not known
 * @param bounds what follows of the photons
 * @param limits what a round must show for a key
 * @param missed which limit was missed, if one was
 */
public record DecoyReport(
    DecoyCounts counts, DecoyBounds bounds, FixedLength limits, Optional<String> missed) {

  /** Reports on a round in which so many bits of the key have been disclosed so far. */
  static DecoyReport of(DecoyCounts counts, FixedLength limits, long leakedBits) {
    return new DecoyReport(
        counts,
        limits.rule().bounds(counts),
        limits,
        limits.judge(counts, leakedBits) instanceof FixedLength.Refused refused
            ? Optional.of(refused.reason())
            : Optional.empty());
  }
}
