package org.eveproof.bench;

import java.util.HashMap;
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

/** Toeplitz hashing of n bits to n/2. */
@State(Scope.Benchmark)
public class PrivacyAmplificationBenchmark implements Stage {
  /** The length of the key, n. */
  @Param({"100000", "1000000", "10000000"})
  public int keyBits;

  private SecretBits key = SecretBits.copyOf(Bits.of(0, i -> false));
  private Bits seed = Bits.of(0, i -> false);

  /** Draws key and seed. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    key = SecretBits.copyOf(Bits.of(keyBits, i -> random.nextBoolean()));
    seed = Bits.of(PrivacyAmplification.seedBits(keyBits, keyBits / 2), i -> random.nextBoolean());
  }

  /** The code. */
  @Benchmark
  public SecretBits amplify() {
    return PrivacyAmplification.amplify(key, seed, keyBits / 2);
  }

  @Override
  public String name() {
    return "privacy-amplification";
  }

  @Override
  public List<Class<?>> classes() {
    return List.of(PrivacyAmplificationBenchmark.class, NaiveToeplitzBenchmark.class);
  }

  @Override
  public List<NativePeer> peers() {
    return List.of(
        new NativePeer("gf2x", "toeplitz_gf2x.c", List.of("-lgf2x"), "libgf2x-dev"),
        new NativePeer(
            "gf2xNative",
            "toeplitz_gf2x.c",
            List.of(
                "-DNAME=\"gf2xNative\"",
                "-Itarget/bench/gf2x-native/include",
                "target/bench/gf2x-native/lib/libgf2x.a"),
            "src/bench/native-gf2x to have run"),
        new NativePeer("fftw", "toeplitz_fftw.c", List.of("-lfftw3", "-lm"), "libfftw3-dev"));
  }

  @Override
  public Map<String, Double> demands() {
    Map<String, Double> demands = new HashMap<>();
    RecordedSpeeds.AIT_AMPLIFICATION.forEach(
        (bits, speed) -> demands.put("ait:" + bits, RecordedSpeeds.milliseconds(bits, speed)));
    return demands;
  }

  @Override
  public List<Bar> bars() {
    return List.of(
        new Bar("amplify:100000", "naiveMatrix:100000", 5),
        new Bar("amplify:1000000", "gf2x:1000000", 5),
        new Bar("amplify:1000000", "fftw:1000000", 2.5),
        new Bar("amplify:1000000", "ait:1000000", 60),
        new Bar("amplify:1000000", "gf2xNative:1000000", 0.6),
        new Bar("amplify:10000000", "gf2x:10000000", 5));
  }
}
