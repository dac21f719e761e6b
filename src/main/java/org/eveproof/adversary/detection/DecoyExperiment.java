package org.eveproof.adversary.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.finitekey.DecoyBounds;
import org.eveproof.postprocessing.finitekey.DecoyCounts;
import org.eveproof.postprocessing.finitekey.Lim2014;
import org.eveproof.postprocessing.finitekey.Tally;
import org.eveproof.quantum.Basis;
import org.eveproof.quantum.decoy.Detection;
import org.eveproof.quantum.decoy.ExpectedRates;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.quantum.decoy.PackedPulses;
import org.eveproof.quantum.decoy.PhysicsRandom;
import org.eveproof.quantum.decoy.Tallies;
import org.eveproof.session.Acceptance;

/**
 * A run of BB84 with two decoys, and what key the parties may make of its counts.
 *
 * @param link with three intensities of laser light
 * @param eve on its fibre
 * @param pulses number of pulses, at least 1
 * @param efficiency what error correction discloses over n·h(e), at least 1
 * @param secrecyEpsilon ε_sec of the length, in (0, 1)
 * @param correctnessEpsilon ε_cor, in (0, 1)
 * @param falseAlarm probability at most that chance alone makes a sound run fail
 */
public record DecoyExperiment(
    OpticalLink link,
    LineEve eve,
    long pulses,
    double efficiency,
    double secrecyEpsilon,
    double correctnessEpsilon,
    double falseAlarm) {
  private static final int LEVELS = 3;

  /**
   * What the pulses of one intensity came to in one basis.
   *
   * @param level index of the intensity, 0 for the signal
   * @param basis X makes the key, Z tests
   * @param gain Q, share of the pulses prepared in it that were detected, in either basis of Bob's
   * @param errorRate E, share of wrong bits among those that were sifted
   */
  public record Row(int level, Basis basis, Measurement gain, Measurement errorRate) {}

  /**
   * What the run is worth.
   *
   * @param counts the sifted bits of both bases
   * @param bounds what the decoys show of the photons
   * @param leakedBits disclosed by error correction
   * @param secretBits ℓ of Lim et al. 2014; 0 if there is no key
   * @param trustingBits what the parties would take for secret if they believed that every pulse
   *     has one photon: n(1 − h(e)) less the leak, in the limit of endless data; at least 0
   * @param heldBits sifted bits of the key's basis that Eve has
   */
  public record Worth(
      DecoyCounts counts,
      DecoyBounds bounds,
      double leakedBits,
      long secretBits,
      long trustingBits,
      long heldBits) {

    /** Returns the sifted bits of the key's basis. */
    public long siftedBits() {
      return Math.round(counts.keyBits());
    }

    /** Returns the sifted bits of the key's basis that Eve does not have. */
    public long unknownBits() {
      return siftedBits() - heldBits;
    }

    /** Whether the decoys promise no more bits than Eve does not have. */
    public boolean promiseHolds() {
      return bounds.vacuum() + bounds.singles() <= unknownBits();
    }
  }

  /**
   * What was found.
   *
   * @param rows gains and error rates against the analytic model
   * @param held share of the sifted bits that Eve has, against the model
   * @param live share of the gates in which the detectors are on, by the model
   * @param key what it is worth
   */
  public record Result(List<Row> rows, Measurement held, double live, Worth key) {
    /** Whether every measurement lies within its bound. */
    public boolean agrees() {
      return held.agrees()
          && rows.stream().allMatch(row -> row.gain().agrees() && row.errorRate().agrees());
    }
  }

  /** Returns the same run with another Eve. */
  public DecoyExperiment with(LineEve another) {
    return new DecoyExperiment(
        link, another, pulses, efficiency, secrecyEpsilon, correctnessEpsilon, falseAlarm);
  }

  /** Runs it; what is found is held against the model of this experiment. */
  public Result run(long seed) {
    return run(seed, ExpectedRates.of(link, eve));
  }

  /** Runs it; what is found is held against another model. */
  Result run(long seed, ExpectedRates model) {
    Tallies tallies = new Tallies();
    new PackedPulses(link, eve).run(pulses, new PhysicsRandom(seed), tallies);
    Measurement held =
        new Measurement(
            "sifted bits that Eve has",
            tallies.count(d -> d.sifted() && d.held()),
            tallies.count(Detection::sifted),
            model.rate(d -> d.sifted() && d.held()) / model.rate(Detection::sifted),
            1,
            eachFalseAlarm());
    Worth key =
        key(
            new DecoyCounts(counts(tallies, Basis.X), counts(tallies, Basis.Z)),
            tallies.count(DecoyExperiment::heldInKeyBasis));
    return new Result(rows(tallies, model), held, model.live(), key);
  }

  /** Returns what the model says of the rows, with nothing counted. */
  public List<Row> model() {
    return rows(new Tallies(), ExpectedRates.of(link, eve));
  }

  /** Returns what a run is worth whose counts are those that the model expects. */
  public Worth expected() {
    ExpectedRates model = ExpectedRates.of(link, eve);
    return key(
        new DecoyCounts(counts(model, Basis.X), counts(model, Basis.Z)),
        Math.round(pulses * model.rate(DecoyExperiment::heldInKeyBasis)));
  }

  private static boolean heldInKeyBasis(Detection detection) {
    return detection.sifted() && detection.aliceBasis() == Basis.X && detection.held();
  }

  /** All measurements together may give one false alarm in so many. */
  private double eachFalseAlarm() {
    return falseAlarm / (4 * LEVELS + 1);
  }

  private List<Row> rows(Tallies tallies, ExpectedRates model) {
    List<Row> rows = new ArrayList<>();
    for (Basis basis : List.of(Basis.X, Basis.Z)) {
      for (int level = 0; level < LEVELS; level++) {
        rows.add(row(level, basis, tallies, model));
      }
    }
    return rows;
  }

  private Row row(int level, Basis basis, Tallies tallies, ExpectedRates model) {
    double key = link.source().keyBasisProbability();
    double sent =
        link.source().levels().get(level).probability() * (basis == Basis.X ? key : 1 - key);
    double sifted = model.sifted(level, basis);
    Predicate<Detection> prepared = d -> d.level() == level && d.aliceBasis() == basis;
    String name = String.format(Locale.ROOT, "intensity %d in %s", level + 1, basis);
    return new Row(
        level,
        basis,
        new Measurement(
            "gain of " + name,
            tallies.count(prepared),
            tallies.sent(level, basis),
            sent > 0 ? model.rate(prepared) / sent : 0,
            clustering(),
            eachFalseAlarm()),
        new Measurement(
            "error rate of " + name,
            tallies.errors(level, basis),
            tallies.sifted(level, basis),
            sifted > 0 ? model.errors(level, basis) / sifted : 0,
            1,
            eachFalseAlarm()));
  }

  /**
   * Returns by how much afterpulses raise the variance of a count at most: a click and what it
   * brings about are a geometric number K of clicks, and clusters of them that come independently
   * have the variance E[K²]/E[K] = (1 + p)/(1 − p) times the mean. Dead time lowers it.
   */
  private double clustering() {
    double p = link.receiver().afterpulseProbability();
    return (1 + p) / (1 - p);
  }

  private Worth key(DecoyCounts counts, long heldBits) {
    Lim2014 rule =
        new Lim2014(Acceptance.source(link.source()), secrecyEpsilon, correctnessEpsilon);
    DecoyBounds bounds = rule.bounds(counts);
    double leak =
        Math.ceil(
            counts.keyBits()
                * Math.min(
                    1,
                    efficiency
                        * FiniteKeyRule.binaryEntropy(Math.min(0.5, counts.keyErrorRate()))));
    double phase = Math.min(0.5, errorRate(counts.test()));
    return new Worth(
        counts,
        bounds,
        leak,
        rule.secretBits(bounds, leak),
        (long) Math.max(0, counts.keyBits() * (1 - FiniteKeyRule.binaryEntropy(phase)) - leak),
        heldBits);
  }

  private static double errorRate(List<Tally> tallies) {
    double detections = tallies.stream().mapToDouble(Tally::detections).sum();
    double errors = tallies.stream().mapToDouble(Tally::errors).sum();
    return detections == 0 ? 0.5 : errors / detections;
  }

  private static List<Tally> counts(Tallies tallies, Basis basis) {
    List<Tally> counts = new ArrayList<>();
    for (int level = 0; level < LEVELS; level++) {
      counts.add(new Tally(tallies.sifted(level, basis), tallies.errors(level, basis)));
    }
    return counts;
  }

  private List<Tally> counts(ExpectedRates model, Basis basis) {
    List<Tally> counts = new ArrayList<>();
    for (int level = 0; level < LEVELS; level++) {
      counts.add(
          new Tally(
              pulses * model.sifted(level, basis),
              pulses * Math.min(model.sifted(level, basis), model.errors(level, basis))));
    }
    return counts;
  }
}
