package org.eveproof.quantum.decoy;

import java.util.List;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.PhotonNumber;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Range;

/**
 * Counts the photons of each pulse without disturbing it. Of two or more she keeps one, to measure
 * it when the bases are announced, and sends the others over a fibre without loss; single photons
 * she blocks, or lets them pass over that fibre. She holds every bit of which she kept a photon,
 * without causing an error. That Bob does not count fewer clicks she sees to by her two
 * probabilities.
 *
 * @param splitProbability that she splits a pulse of two or more photons and sends it on, 0 to 1;
 *     the others she blocks
 * @param singlePassProbability that she lets a single photon pass, 0 to 1
 * @see <a href="https://doi.org/10.1103/PhysRevLett.85.1330">Brassard, Lütkenhaus, Mor and Sanders,
 *     Limitations on practical quantum cryptography, Phys. Rev. Lett. 85, 1330 (2000)</a>
 */
public record PhotonNumberSplitting(double splitProbability, double singlePassProbability)
    implements LineEve {
  /** Checks the ranges. */
  public PhotonNumberSplitting {
    Range.require("splitProbability", splitProbability, 0, 1);
    Range.require("singlePassProbability", singlePassProbability, 0, 1);
  }

  @Override
  public Light pass(Light pulse, Chance chance) {
    if (pulse.photons() >= 2) {
      return chance.happens(splitProbability)
          ? pulse.sentOn(pulse.photons() - 1, 1, true)
          : pulse.sentOn(0, 1, true);
    }
    return pulse.photons() == 1 && chance.happens(singlePassProbability)
        ? pulse.sentOn(1, 1, false)
        : pulse.sentOn(0, 1, false);
  }

  /**
   * Returns the attack that leaves the gain of the signal, the first level, as it would be without
   * Eve, and lets as few single photons pass as that allows. On a fibre with next to no loss there
   * is none: what comes closest is returned.
   */
  public static PhotonNumberSplitting unnoticedWithoutDecoys(OpticalLink link) {
    PhotonNumber signal = link.source().levels().get(0).light();
    double honest = gain(link, signal, new Nobody());
    double nothing = gain(link, signal, new PhotonNumberSplitting(0, 0));
    double splits = gain(link, signal, new PhotonNumberSplitting(1, 0)) - nothing;
    double singles = gain(link, signal, new PhotonNumberSplitting(0, 1)) - nothing;
    double wanted = honest - nothing;
    return splits >= wanted
        ? new PhotonNumberSplitting(splits > 0 ? Math.max(0, wanted / splits) : 0, 0)
        : new PhotonNumberSplitting(1, singles > 0 ? Math.min(1, (wanted - splits) / singles) : 0);
  }

  /** Returns the probability of a click; the same for all states, as both detectors are alike. */
  private static double gain(OpticalLink link, PhotonNumber light, LineEve eve) {
    return 1
        - PatternTable.of(
                new OpticalLink(
                    new PulseSource(
                        List.of(new PulseSource.Level(light, 1)),
                        link.source().keyBasisProbability()),
                    link.lossDecibels(),
                    link.receiver()),
                eve)
            .silence(0);
  }
}
