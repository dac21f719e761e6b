package org.eveproof.quantum.decoy;

import java.util.function.Predicate;
import org.eveproof.quantum.Basis;
import org.eveproof.quantum.Receiver;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The analytic model: how often each kind of detection is to be expected for each pulse, exactly,
 * in the long run. Gates are independent but for dead time and traps; which of the two traps are
 * filled is a Markov chain over the gates in which the detectors are on, and its stationary
 * distribution the solution of four linear equations.
 */
public final class ExpectedRates {
  private static final int STATES = 4;

  private final double[] rate = new double[Detection.CODES];
  private final double live;

  private ExpectedRates(OpticalLink link, PatternTable table) {
    double[] settings = PatternTable.settings(link.source());
    double[] patterns = new double[STATES];
    for (int setting = 0; setting < 4 * table.levels(); setting++) {
      for (int entry = 0; entry < Detection.ENTRIES; entry++) {
        patterns[Detection.pattern(entry)] += settings[setting] * table.of(setting, entry);
      }
    }
    double[] releases = releases(link.receiver(), patterns);
    live = 1 / (1 + link.receiver().deadTime() * (1 - patterns[0] * releases[0]));
    for (int setting = 0; setting < 4 * table.levels(); setting++) {
      for (int entry = 0; entry < Detection.ENTRIES; entry++) {
        for (int released = 0; released < STATES; released++) {
          int shown = entry | released << 1;
          double each = live * releases[released] * settings[setting] * table.of(setting, entry);
          if (Detection.pattern(shown) == Detection.BOTH) {
            rate[Detection.code(setting, shown, false)] += each / 2;
            rate[Detection.code(setting, shown, true)] += each / 2;
          } else if (Detection.pattern(shown) != 0) {
            rate[Detection.code(setting, shown, false)] += each;
          }
        }
      }
    }
  }

  /** Computes the rates of a link with an Eve. */
  public static ExpectedRates of(OpticalLink link, LineEve eve) {
    return new ExpectedRates(link, PatternTable.of(link, eve));
  }

  /**
   * Returns the probabilities, in a gate with the detectors on, that no trap, the one of detector
   * 0, that of detector 1, or both empty.
   *
   * @param patterns probabilities of clicks without traps
   */
  private static double[] releases(Receiver receiver, double[] patterns) {
    RealMatrix balance = MatrixUtils.createRealMatrix(STATES, STATES);
    double[][] empties = new double[STATES][STATES];
    double survives = Math.pow(1 - receiver.afterpulseDecay(), receiver.deadTime());
    for (int filled = 0; filled < STATES; filled++) {
      for (int released = 0; released < STATES; released++) {
        empties[filled][released] = subset(filled, released, receiver.afterpulseDecay());
        for (int pattern = 0; pattern < STATES; pattern++) {
          int clicks = pattern | released;
          double stays = clicks == 0 ? 1 : survives;
          for (int kept = 0; kept < STATES; kept++) {
            for (int refilled = 0; refilled < STATES; refilled++) {
              balance.addToEntry(
                  kept | refilled,
                  filled,
                  empties[filled][released]
                      * patterns[pattern]
                      * subset(filled & ~released, kept, stays)
                      * subset(clicks, refilled, receiver.afterpulseProbability()));
            }
          }
        }
      }
    }
    for (int state = 0; state < STATES; state++) {
      balance.addToEntry(state, state, -1);
      balance.setEntry(0, state, 1);
    }
    RealVector one = new ArrayRealVector(new double[] {1, 0, 0, 0}, false);
    RealVector stationary = new LUDecomposition(balance, 1e-300).getSolver().solve(one);
    double[] releases = new double[STATES];
    for (int filled = 0; filled < STATES; filled++) {
      for (int released = 0; released < STATES; released++) {
        releases[released] += stationary.getEntry(filled) * empties[filled][released];
      }
    }
    return releases;
  }

  /** Returns the probability that just {@code part} of two is chosen out of {@code whole}. */
  private static double subset(int whole, int part, double each) {
    if ((part & ~whole) != 0) {
      return 0;
    }
    int chosen = Integer.bitCount(part);
    return Math.pow(each, chosen) * Math.pow(1 - each, Integer.bitCount(whole) - chosen);
  }

  /** Returns the share of the gates in which the detectors are on, 0 to 1. */
  public double live() {
    return live;
  }

  /** Returns how many detections that meet a condition are expected for each pulse sent. */
  public double rate(Predicate<Detection> condition) {
    double sum = 0;
    for (int code = 0; code < rate.length; code++) {
      if (rate[code] > 0 && condition.test(Detection.of(code))) {
        sum += rate[code];
      }
    }
    return sum;
  }

  /** Returns how many bits of an intensity are sifted in a basis, for each pulse sent. */
  public double sifted(int level, Basis basis) {
    return rate(d -> d.sifted() && d.level() == level && d.aliceBasis() == basis);
  }

  /** Returns how many of them are wrong, for each pulse sent. */
  public double errors(int level, Basis basis) {
    return rate(d -> d.sifted() && d.level() == level && d.aliceBasis() == basis && d.error());
  }

  /** Returns how often one kind of detection is expected, for each pulse sent. */
  double rate(int code) {
    return rate[code];
  }
}
