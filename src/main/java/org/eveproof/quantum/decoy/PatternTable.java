package org.eveproof.quantum.decoy;

import java.util.List;
import org.eveproof.quantum.Basis;
import org.eveproof.quantum.PhotonNumber;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Receiver;

/**
 * What one gate shows when the detectors are on and hold no trapped charge: the exact
 * probabilities, for each setting of Alice's, of Bob's basis, of which detectors click, and of
 * whether Eve has the bit. What Eve does is taken over all its courses; over the photons, which
 * fare independently, the sum is closed: none of n photons makes detector d click with probability
 * (1 − η_d s_d)ⁿ, with s_d the share that goes to it.
 */
final class PatternTable {
  private final double[][] probability = new double[Detection.SETTINGS][Detection.ENTRIES];
  private final int levels;

  private PatternTable(int levels) {
    this.levels = levels;
  }

  static PatternTable of(OpticalLink link, LineEve eve) {
    PatternTable table = new PatternTable(link.source().levels().size());
    for (int level = 0; level < table.levels; level++) {
      PhotonNumber number = link.source().levels().get(level).light();
      for (Basis basis : Basis.values()) {
        for (boolean bit : new boolean[] {false, true}) {
          double[] row = table.probability[Detection.setting(level, basis, bit)];
          for (int photons = 0; photons <= number.most(); photons++) {
            Light pulse = Light.leaving(basis, bit, photons, link.transmittance());
            for (AllOutcomes.Outcome<Light> passed :
                AllOutcomes.of(chance -> eve.pass(pulse, chance))) {
              add(
                  row,
                  passed.result(),
                  number.probability(photons) * passed.probability(),
                  link.receiver());
            }
          }
        }
      }
    }
    return table;
  }

  private static void add(double[] row, Light light, double weight, Receiver receiver) {
    for (Basis basis : Basis.values()) {
      double key = receiver.keyBasisProbability();
      double[] patterns = patterns(light, basis, receiver);
      for (int pattern = 0; pattern < patterns.length; pattern++) {
        row[Detection.entry(basis, pattern, light.held())] +=
            weight * (basis.bit() ? key : 1 - key) * patterns[pattern];
      }
    }
  }

  /** Returns the probabilities of no click, a click of detector 0, of detector 1, and of both. */
  static double[] patterns(Light light, Basis basis, Receiver receiver) {
    double toOne =
        light.basis() != basis
            ? 0.5
            : light.bit() ? 1 - receiver.misalignment() : receiver.misalignment();
    double each = light.transmittance() * receiver.efficiency();
    double zero = each * light.zeroSensitivity() * (1 - toOne);
    double one = each * light.oneSensitivity() * toOne;
    double dark = receiver.darkCountProbability();
    double zeroClicks = clicks(zero, light.photons(), dark);
    double oneClicks = clicks(one, light.photons(), dark);
    // Clicks of the two exclude each other a little, as a photon goes to one of them only.
    double neither = 1 - zero - one;
    double apart =
        neither > 0
            ? Math.pow(neither, light.photons())
                * Math.expm1(light.photons() * Math.log1p(zero * one / neither))
            : Math.pow(1 - zero, light.photons()) * Math.pow(1 - one, light.photons())
                - (light.photons() == 0 ? 1 : 0);
    double both = Math.max(0, zeroClicks * oneClicks - (1 - dark) * (1 - dark) * apart);
    return new double[] {
      1 - zeroClicks - oneClicks + both,
      Math.max(0, zeroClicks - both),
      Math.max(0, oneClicks - both),
      both
    };
  }

  /** Returns 1 − (1 − dark)(1 − detected)ⁿ, also when it is small. */
  private static double clicks(double detected, int photons, double dark) {
    if (photons == 0 || detected == 0) {
      return dark;
    }
    return detected >= 1 ? 1 : -Math.expm1(Math.log1p(-dark) + photons * Math.log1p(-detected));
  }

  int levels() {
    return levels;
  }

  double of(int setting, int entry) {
    return probability[setting][entry];
  }

  /** Returns the probability that neither detector clicks. */
  double silence(int setting) {
    double sum = 0;
    for (int entry = 0; entry < Detection.ENTRIES; entry++) {
      sum += Detection.pattern(entry) == 0 ? probability[setting][entry] : 0;
    }
    return sum;
  }

  /** Returns the probability of a click. */
  double clicks(int setting) {
    double sum = 0;
    for (int entry = 0; entry < Detection.ENTRIES; entry++) {
      sum += Detection.pattern(entry) == 0 ? 0 : probability[setting][entry];
    }
    return sum;
  }

  /** Returns the probabilities of Alice's settings. */
  static double[] settings(PulseSource source) {
    double[] settings = new double[Detection.SETTINGS];
    List<PulseSource.Level> levels = source.levels();
    for (int level = 0; level < levels.size(); level++) {
      double key = source.keyBasisProbability();
      for (Basis basis : Basis.values()) {
        for (boolean bit : new boolean[] {false, true}) {
          settings[Detection.setting(level, basis, bit)] =
              levels.get(level).probability() * (basis.bit() ? key : 1 - key) / 2;
        }
      }
    }
    return settings;
  }
}
