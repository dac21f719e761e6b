package org.eveproof.adversary.detection;

import java.util.List;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.decoy.AllOutcomes;
import org.eveproof.quantum.decoy.Detection;
import org.eveproof.quantum.decoy.DetectionSink;
import org.eveproof.quantum.decoy.InterceptResend;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.quantum.decoy.PhotonByPhoton;

/**
 * Intercept-resend against single photons without noise, by exhaustion: every course that the clear
 * simulation can take, none drawn. Probabilities are whole numbers of 64ths to the power of the
 * number of pulses, as six fair coins decide of a pulse; {@code specs/Bb84Counting.tla} counts the
 * same.
 *
 * @param pulses number of pulses in the block
 * @param choices 64^pulses, of which the others are shares
 * @param allSifted choices in which every pulse is sifted
 * @param siftedUnseen those among them in which no bit is wrong ({@code EscapeSifted})
 * @param unseen choices in which no sifted bit is wrong ({@code EscapeTransmitted})
 * @param errors choices, summed over the pulses, in which the bit is sifted and wrong ({@code
 *     QuarterError})
 * @param known choices, summed over the pulses, in which the bit is sifted and Eve has it ({@code
 *     KnowsHalf})
 */
public record InterceptCounts(
    int pulses,
    long choices,
    long allSifted,
    long siftedUnseen,
    long unseen,
    long errors,
    long known) {
  /** Equally likely choices for one pulse. */
  private static final int CHOICES = 64;

  /** More would take hours. */
  private static final int MOST_PULSES = 4;

  /** What one course shows. */
  private static final class Course implements DetectionSink {
    private int sifted;
    private int errors;
    private int known;

    @Override
    public void sent(int level, boolean keyBasis, long pulses) {}

    @Override
    public void detected(long pulse, int code) {
      Detection detection = Detection.of(code);
      if (detection.sifted()) {
        sifted++;
        errors += detection.error() ? 1 : 0;
        known += detection.held() ? 1 : 0;
      }
    }
  }

  /**
   * Counts a block of pulses, of which Eve measures every one.
   *
   * @param pulses 1 to 4
   */
  public static InterceptCounts of(int pulses) {
    if (pulses < 1 || pulses > MOST_PULSES) {
      throw new IllegalArgumentException("pulses=" + pulses);
    }
    long choices = Math.round(Math.pow(CHOICES, pulses));
    long[] sums = new long[5];
    List<AllOutcomes.Outcome<Course>> courses = AllOutcomes.of(chance -> course(pulses, 1, chance));
    for (AllOutcomes.Outcome<Course> each : courses) {
      Course course = each.result();
      long weight = exactly(each.probability() * choices);
      sums[0] += course.sifted == pulses ? weight : 0;
      sums[1] += course.sifted == pulses && course.errors == 0 ? weight : 0;
      sums[2] += course.errors == 0 ? weight : 0;
      sums[3] += weight * course.errors;
      sums[4] += weight * course.known;
    }
    return new InterceptCounts(pulses, choices, sums[0], sums[1], sums[2], sums[3], sums[4]);
  }

  /**
   * Returns the error rate among sifted bits when Eve measures a pulse with probability {@code
   * fraction}, over all courses.
   */
  public static double errorRate(double fraction) {
    double sifted = 0;
    double errors = 0;
    for (AllOutcomes.Outcome<Course> each : AllOutcomes.of(chance -> course(1, fraction, chance))) {
      sifted += each.probability() * each.result().sifted;
      errors += each.probability() * each.result().errors;
    }
    return errors / sifted;
  }

  private static Course course(int pulses, double fraction, Chance chance) {
    Course course = new Course();
    PhotonByPhoton.run(OpticalLink.ideal(), new InterceptResend(fraction), pulses, chance, course);
    return course;
  }

  private static long exactly(double weight) {
    long whole = (long) weight;
    if (whole != weight) {
      throw new IllegalStateException(weight + " is no whole number of choices");
    }
    return whole;
  }
}
