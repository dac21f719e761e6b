package org.eveproof.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eveproof.postprocessing.Sample;
import org.eveproof.postprocessing.Sifting;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.Tally;
import org.eveproof.protocol.Bits;

/**
 * The intensities that Alice has shown, parted as the sifted bits are. Each list has the digits of
 * the index of the intensity, lowest first; none if there is one intensity only.
 *
 * @param key a bit of each digit for each bit of the key
 * @param sample the same for the sample
 */
record IntensityTallies(List<Bits> key, List<Bits> sample) {

  /**
   * Parts the intensities.
   *
   * @param digits for each detected pulse
   */
  static IntensityTallies of(List<Bits> digits, Sifting sifting, Sample drawn) {
    List<Bits> sifted = digits.stream().map(digit -> digit.select(sifting.matching())).toList();
    return new IntensityTallies(
        sifted.stream().map(digit -> digit.select(drawn.positions().not())).toList(),
        sifted.stream().map(digit -> digit.select(drawn.positions())).toList());
  }

  /** Whether digits stand for indices below {@code intensities} throughout. */
  static boolean areIndices(List<Bits> digits, int intensities) {
    for (int index = intensities; index < 1 << digits.size(); index++) {
      if (marked(digits, index).ones() > 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Counts the bits at each intensity, and the errors in the sample; in the key they are not known.
   *
   * @param wrong which bits of the sample differ
   * @return nothing if there is one intensity only
   */
  Optional<DecoyCounts> counts(Bits wrong, int intensities) {
    if (intensities == 1) {
      return Optional.empty();
    }
    List<Tally> ofKey = new ArrayList<>();
    List<Tally> ofSample = new ArrayList<>();
    for (int index = 0; index < intensities; index++) {
      ofKey.add(new Tally(marked(key, index).ones(), 0));
      Bits here = marked(sample, index);
      ofSample.add(new Tally(here.ones(), wrong.select(here).ones()));
    }
    return Optional.of(new DecoyCounts(ofKey, ofSample));
  }

  /** Returns where the digits say {@code index}. */
  private static Bits marked(List<Bits> digits, int index) {
    Bits differs = Bits.of(digits.get(0).length(), i -> false);
    for (int digit = 0; digit < digits.size(); digit++) {
      Bits own = digits.get(digit);
      differs = differs.or((index >>> digit & 1) == 1 ? own.not() : own);
    }
    return differs.not();
  }
}
