package org.eveproof.quantum.decoy;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.eveproof.quantum.Basis;

/** How well counts agree with the model, as a probability that honest counts lie farther off. */
final class Agreement {
  /** False alarms: a test that draws fresh seeds would fail without cause once in so many. */
  static final double FALSE_ALARM = 1e-9;

  /** Kinds expected more rarely are counted together, so that the limit distribution holds. */
  private static final double LEAST_EXPECTED = 20;

  private Agreement() {}

  /** Runs one of the two engines. */
  static Tallies run(boolean packed, OpticalLink link, LineEve eve, long pulses, long seed) {
    Tallies tallies = new Tallies();
    if (packed) {
      new PackedPulses(link, eve).run(pulses, new PhysicsRandom(seed), tallies);
    } else {
      PhotonByPhoton.run(link, eve, pulses, new PhysicsRandom(seed), tallies);
    }
    return tallies;
  }

  /**
   * Pearson's chi-square over all kinds of detections, and over the undetected pulses of each
   * intensity and basis; for links without memory, whose pulses are independent.
   */
  static double chiSquare(Tallies tallies, OpticalLink link, LineEve eve) {
    ExpectedRates rates = ExpectedRates.of(link, eve);
    List<double[]> kinds = new ArrayList<>();
    long pulses = 0;
    for (int level = 0; level < link.source().levels().size(); level++) {
      for (Basis basis : Basis.values()) {
        pulses += tallies.sent(level, basis);
      }
    }
    for (int level = 0; level < link.source().levels().size(); level++) {
      for (Basis basis : Basis.values()) {
        double key = link.source().keyBasisProbability();
        double sent =
            link.source().levels().get(level).probability() * (basis.bit() ? key : 1 - key);
        long undetected = tallies.sent(level, basis);
        for (int code = 0; code < Detection.CODES; code++) {
          Detection kind = Detection.of(code);
          if (kind.level() == level && kind.aliceBasis() == basis) {
            kinds.add(new double[] {tallies.detections(code), pulses * rates.rate(code)});
            undetected -= tallies.detections(code);
            sent -= rates.rate(code);
          }
        }
        kinds.add(new double[] {undetected, pulses * Math.max(0, sent)});
      }
    }
    return probability(kinds);
  }

  private static double probability(List<double[]> kinds) {
    double statistic = 0;
    int cells = 0;
    double rareSeen = 0;
    double rareExpected = 0;
    for (double[] kind : kinds) {
      if (kind[1] >= LEAST_EXPECTED) {
        statistic += square(kind[0] - kind[1]) / kind[1];
        cells++;
      } else {
        rareSeen += kind[0];
        rareExpected += kind[1];
      }
    }
    if (rareExpected >= LEAST_EXPECTED) {
      statistic += square(rareSeen - rareExpected) / rareExpected;
      cells++;
    } else if (rareSeen > rareExpected + 12 * Math.sqrt(rareExpected) + 12) {
      return 0;
    }
    return ChiSquaredDistribution.of(cells - 1).survivalProbability(statistic);
  }

  /** Student's test of a mean over independent runs, two-sided. */
  static double student(double[] values, double expected) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double variance = 0;
    for (double value : values) {
      variance += square(value - mean) / (values.length - 1);
    }
    double t = Math.abs(mean - expected) / Math.sqrt(variance / values.length);
    return 2 * TDistribution.of(values.length - 1).survivalProbability(t);
  }

  private static double square(double x) {
    return x * x;
  }
}
