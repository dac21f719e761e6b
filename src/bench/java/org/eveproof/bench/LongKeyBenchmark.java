package org.eveproof.bench;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eveproof.postprocessing.PrivacyAmplification;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Toeplitz hashing of one block of 10<sup>8</sup> bits to half of them, once: that it ends at all
 * says that 4 GiB are enough, for the virtual machine has no more.
 */
@State(Scope.Benchmark)
public class LongKeyBenchmark implements Stage {
  /** Length of the longest block that a speed was recorded for. */
  private static final int RECORDED = 10_000_000;

  /** The length of the key. */
  @Param("100000000")
  public int keyBits;

  private SecretBits key = SecretBits.copyOf(Bits.of(0, i -> false));
  private Bits seed = Bits.of(0, i -> false);

  /** Draws key and seed. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    key = SecretBits.copyOf(bits(keyBits, random));
    seed = bits(PrivacyAmplification.seedBits(keyBits, keyBits / 2), random);
  }

  /** The code. */
  @Benchmark
  public SecretBits amplifyLong() {
    return PrivacyAmplification.amplify(key, seed, keyBits / 2);
  }

  private static Bits bits(int length, SplittableRandom random) {
    return Bits.ofWords(random.longs((length + 63) / 64).toArray(), length);
  }

  @Override
  public String name() {
    return "long-key";
  }

  @Override
  public List<Class<?>> classes() {
    return List.of(LongKeyBenchmark.class);
  }

  @Override
  public boolean once() {
    return true;
  }

  /** What a block of ten times the length would take at the speed of a shorter one. */
  @Override
  public Map<String, Double> demands() {
    double speed = RecordedSpeeds.AIT_AMPLIFICATION.getOrDefault(RECORDED, Double.NaN);
    return Map.of("ait", RecordedSpeeds.milliseconds(10L * RECORDED, speed));
  }

  @Override
  public List<Bar> bars() {
    return List.of(new Bar("amplifyLong:100000000", "ait", 1));
  }
}
