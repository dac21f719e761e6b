package org.eveproof.adversary.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Receiver;
import org.eveproof.quantum.decoy.Detection;
import org.eveproof.quantum.decoy.DetectionSink;
import org.eveproof.quantum.decoy.InterceptResend;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.quantum.decoy.PackedPulses;
import org.eveproof.quantum.decoy.PhysicsRandom;

/**
 * Intercept-resend of a fraction of single photons: error rate, Eve's knowledge, and how often a
 * test of so many sifted bits passes.
 *
 * @param fraction share of the pulses that Eve measures, 0 to 1
 * @param honest error rate without her, 0 to 1/2
 * @param tolerated share of errors up to which a test passes, 0 to 1/2
 * @param rounds number of pulses, at least 1
 * @param falseAlarm probability at most that chance alone makes a sound run fail
 */
public record InterceptExperiment(
    double fraction, double honest, double tolerated, long rounds, double falseAlarm) {
  /** Sizes of the samples in which a single error is looked for. */
  private static final List<Integer> SAMPLES = List.of(1, 2, 5, 10, 20, 50, 100);

  /** Sizes of the samples whose share of errors is held against what is tolerated. */
  private static final List<Integer> THRESHOLDS = List.of(20, 50, 100, 200, 500);

  /**
   * How often a test passes.
   *
   * @param bits size of the sample
   * @param passes the samples that pass
   */
  public record Power(int bits, Measurement passes) {}

  /**
   * What was found.
   *
   * @param errorRate share of wrong bits among the sifted ones
   * @param known share of them that Eve has
   * @param escapes samples without any error, by size
   * @param passes samples with no more errors than are tolerated, by size
   */
  public record Result(
      Measurement errorRate, Measurement known, List<Power> escapes, List<Power> passes) {
    /** Returns all measurements. */
    public List<Measurement> all() {
      List<Measurement> all = new ArrayList<>(List.of(errorRate, known));
      escapes.forEach(power -> all.add(power.passes()));
      passes.forEach(power -> all.add(power.passes()));
      return all;
    }

    /** Whether every measurement lies within its bound. */
    public boolean agrees() {
      return all().stream().allMatch(Measurement::agrees);
    }
  }

  /** Cuts the stream of sifted bits into samples of one size. */
  private static final class Samples {
    private final int size;
    private final int limit;
    private int filled;
    private int errors;
    private long tried;
    private long passed;

    Samples(int size, int limit) {
      this.size = size;
      this.limit = limit;
    }

    void add(boolean error) {
      errors += error ? 1 : 0;
      if (++filled == size) {
        tried++;
        passed += errors <= limit ? 1 : 0;
        filled = 0;
        errors = 0;
      }
    }
  }

  /** Takes every sifted bit. */
  private final class Bits implements DetectionSink {
    private final List<Samples> escapes =
        SAMPLES.stream().map(size -> new Samples(size, 0)).toList();
    private final List<Samples> passes =
        THRESHOLDS.stream()
            .map(size -> new Samples(size, (int) Math.floor(tolerated * size)))
            .toList();
    private long sifted;
    private long errors;
    private long known;

    @Override
    public void sent(int level, boolean keyBasis, long pulses) {}

    @Override
    public void detected(long pulse, int code) {
      Detection detection = Detection.of(code);
      if (!detection.sifted()) {
        return;
      }
      sifted++;
      known += detection.held() ? 1 : 0;
      errors += detection.error() ? 1 : 0;
      escapes.forEach(samples -> samples.add(detection.error()));
      passes.forEach(samples -> samples.add(detection.error()));
    }
  }

  /** Runs it; what is found is held against the theory of this experiment. */
  public Result run(long seed) {
    return run(seed, fraction);
  }

  /**
   * Runs it; what is found is held against the theory of another fraction, which it refutes.
   *
   * @param supposed the other fraction, 0 to 1
   */
  public Result run(long seed, double supposed) {
    OpticalLink link =
        new OpticalLink(PulseSource.singlePhotons(), 0, Receiver.ideal().withMisalignment(honest));
    Bits bits = new Bits();
    new PackedPulses(link, new InterceptResend(fraction))
        .run(rounds, new PhysicsRandom(seed), bits);
    double errorRate = InterceptTheory.errorRate(supposed, honest);
    double each = falseAlarm / (2 + SAMPLES.size() + THRESHOLDS.size());
    return new Result(
        new Measurement("errors", bits.errors, bits.sifted, errorRate, 1, each),
        new Measurement(
            "known to Eve", bits.known, bits.sifted, InterceptTheory.known(supposed), 1, each),
        bits.escapes.stream()
            .map(samples -> power(samples, InterceptTheory.escape(errorRate, samples.size), each))
            .toList(),
        bits.passes.stream()
            .map(
                samples ->
                    power(
                        samples, InterceptTheory.passes(errorRate, tolerated, samples.size), each))
            .toList());
  }

  private static Power power(Samples samples, double expected, double falseAlarm) {
    return new Power(
        samples.size,
        new Measurement(
            String.format(
                Locale.ROOT, "tests of %d, at most %d wrong", samples.size, samples.limit),
            samples.passed,
            samples.tried,
            expected,
            1,
            falseAlarm));
  }
}
