package org.eveproof.session;

import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Suite;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.quantum.LinkParameters;

/**
 * How a link is run; all of it is public.
 *
 * @param suite how messages are authenticated
 * @param rounds number of exchanges, at least 1
 * @param optics the simulated optical link; its number of pulses is that of each round
 * @param sampleFraction share of the sifted bits that is compared in public, in (0, 1)
 * @param errorLimit greatest error rate of the sample that is tolerated, 0 to 0.5
 * @param secrecyEpsilon how far each key may be from a perfectly secret one, in (0, 1)
 * @param correctnessEpsilon chance that the parties' keys differ unnoticed, in (0, 1)
 * @param blockKeys one-time keys of each direction that a round gives to the ledger if it can
 */
public record LinkSettings(
    Suite suite,
    int rounds,
    LinkParameters optics,
    double sampleFraction,
    double errorLimit,
    double secrecyEpsilon,
    double correctnessEpsilon,
    int blockKeys) {

  /** A run of Cascade on a million bits takes some tens of batches; nobody needs more than this. */
  private static final int MAX_BATCHES = 400;

  /** Checks what the parts do not check. */
  public LinkSettings {
    if (rounds < 1 || blockKeys < 0) {
      throw new IllegalArgumentException("rounds=" + rounds + ", blockKeys=" + blockKeys);
    }
  }

  /** Returns the settings that the command line starts from. */
  public static LinkSettings standard(Suite suite, int rounds, LinkParameters optics) {
    return new LinkSettings(suite, rounds, optics, 0.1, 0.05, 1e-10, 1e-15, 256);
  }

  /** Returns the parameters of each exchange. */
  ExchangeParameters exchange() {
    return new ExchangeParameters(
        ExchangeParameters.share(sampleFraction),
        errorLimit,
        CascadeSchedule::wide,
        MAX_BATCHES,
        ErrorVerification.forEpsilon(optics.pulses(), correctnessEpsilon),
        FiniteKeyRule.of(errorLimit, secrecyEpsilon, correctnessEpsilon));
  }

  /** Returns what both parties must agree on, in words. */
  String agreement() {
    return "auth="
        + suite.label()
        + " rounds="
        + rounds
        + " pulses="
        + optics.pulses()
        + " sample="
        + sampleFraction
        + " qber-limit="
        + errorLimit
        + " secrecy="
        + secrecyEpsilon
        + " correctness="
        + correctnessEpsilon
        + " refill="
        + blockKeys;
  }

  /** Returns the greatest length of a frame on the classical channel, in bytes. */
  public int maxFrameBytes() {
    // The largest message has a bit for each pulse, and a few for each detected one.
    return Math.toIntExact(Math.min(Frame.MAX_BYTES, (1L << 20) + optics.pulses()));
  }
}
