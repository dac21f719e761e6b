package org.eveproof.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eveproof.postprocessing.CascadeAlice;
import org.eveproof.postprocessing.CascadeBob;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ParityQueries;
import org.eveproof.postprocessing.ldpc.LdpcAlice;
import org.eveproof.postprocessing.ldpc.LdpcBob;
import org.eveproof.postprocessing.ldpc.LdpcPlan;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Cascade on blocks of 10<sup>5</sup> bits, both parties, every message encoded and read, and fresh
 * shuffles, which each party makes for itself. The naive one that it is held against has it easier:
 * its parties share their shuffles, and no message is written. Beside it, syndromes of low-density
 * parity-check codes, which take fewer round trips and more time.
 */
@State(Scope.Benchmark)
public class ReconciliationBenchmark implements Stage {
  /** Length of a block. */
  static final int BITS = 100_000;

  /** Wrong bits of a thousand. */
  @Param({"10", "30", "50"})
  public int errorsPerMille;

  private SecretBits alice = SecretBits.copyOf(Bits.of(0, i -> false));
  private SecretBits bob = SecretBits.copyOf(Bits.of(0, i -> false));
  private long seed;

  /** Draws the keys. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    Bits truth = Bits.of(BITS, i -> random.nextBoolean());
    alice = SecretBits.copyOf(truth);
    bob = SecretBits.copyOf(truth.xor(noise(errorsPerMille, random)));
  }

  /** Four passes with ever longer blocks, as first published. */
  @Benchmark
  public int original() {
    return run(CascadeSchedule.original(BITS, errorsPerMille / 1000.0));
  }

  /** The schedule of the reference link. */
  @Benchmark
  public int wide() {
    return run(CascadeSchedule.wide(BITS, errorsPerMille / 1000.0));
  }

  /** The schedule that discloses least. */
  @Benchmark
  public int efficient() {
    return run(CascadeSchedule.efficient(BITS, errorsPerMille / 1000.0));
  }

  /** Syndromes, three messages at most; the code is built once. */
  @Benchmark
  public int ldpc() {
    LdpcPlan plan = LdpcPlan.of(BITS, errorsPerMille / 1000.0);
    LdpcAlice hers = new LdpcAlice(List.of(alice), plan);
    try (LdpcBob his = new LdpcBob(List.of(bob), plan)) {
      Bits parities = hers.open();
      int disclosed = parities.length();
      Optional<Bits> asked = his.take(parities);
      while (asked.isPresent()) {
        parities = hers.answer(asked.get());
        disclosed += parities.length();
        asked = his.take(parities);
      }
      his.corrected().forEach(SecretBits::close);
      return disclosed;
    }
  }

  /** Returns exactly so many wrong bits, at random places. */
  static Bits noise(int errorsPerMille, SplittableRandom random) {
    long[] words = new long[(BITS + 63) / 64];
    int left = BITS / 1000 * errorsPerMille;
    while (left > 0) {
      int position = random.nextInt(BITS);
      if ((words[position >>> 6] >>> position & 1) == 0) {
        words[position >>> 6] |= 1L << position;
        left--;
      }
    }
    return Bits.ofWords(words, BITS);
  }

  /** Returns the number of parities that were disclosed. */
  private int run(CascadeSchedule schedule) {
    Bits shuffles = Bits.ofWords(new long[] {seed++}, CascadeSchedule.SEED_BITS);
    int disclosed = 0;
    try (CascadeAlice hers = new CascadeAlice(alice, schedule, shuffles);
        CascadeBob his = new CascadeBob(bob, schedule, shuffles)) {
      Bits parities = hers.open();
      Optional<ParityQueries> asked = his.take(parities);
      disclosed += parities.length();
      while (asked.isPresent()) {
        byte[] message = asked.get().encode();
        parities = hers.answer(ParityQueries.decode(message, schedule).orElseThrow());
        disclosed += parities.length();
        asked = his.take(parities);
      }
      his.corrected().close();
    }
    return disclosed;
  }

  @Override
  public String name() {
    return "reconciliation";
  }

  @Override
  public List<Class<?>> classes() {
    return List.of(ReconciliationBenchmark.class, NaiveCascadeBenchmark.class);
  }

  /** What the schedules and the codes disclose, and in how many round trips. */
  @Override
  public Map<String, Double> counts(boolean quick) {
    return ReconciliationCounts.of(quick ? 32 : 128);
  }

  @Override
  public Map<String, Double> demands() {
    Map<String, Double> demands = new HashMap<>();
    RecordedSpeeds.CASCADE_CPP_ORIGINAL.forEach(
        (errors, speed) ->
            demands.put("cascadeCppOriginal:" + errors, RecordedSpeeds.milliseconds(BITS, speed)));
    RecordedSpeeds.CASCADE_CPP_YANETAL.forEach(
        (errors, speed) ->
            demands.put("cascadeCppYanetal:" + errors, RecordedSpeeds.milliseconds(BITS, speed)));
    List.of(1.16, 1.06, 1.15, 40.0, 3.0, 0.01)
        .forEach(limit -> demands.put("at most " + limit, limit));
    return demands;
  }

  /** Speeds count only with the efficiencies beside them. */
  @Override
  public List<Bar> bars() {
    return List.of(
        new Bar("wide:10", "naiveCascade:10", 1.5),
        new Bar("wide:30", "naiveCascade:30", 1.2),
        new Bar("wide:50", "naiveCascade:50", 1),
        new Bar("efficient:10", "naiveCascade:10", 1.5),
        new Bar("efficient:30", "naiveCascade:30", 1.2),
        new Bar("efficient:50", "naiveCascade:50", 1),
        new Bar("wide:10", "cascadeCppOriginal:10", 5),
        new Bar("wide:30", "cascadeCppOriginal:30", 5),
        new Bar("wide:50", "cascadeCppOriginal:50", 5),
        new Bar("wideEfficiency:10", "at most 1.16", 1),
        new Bar("wideEfficiency:30", "at most 1.16", 1),
        new Bar("wideEfficiency:50", "at most 1.16", 1),
        new Bar("efficient:10", "cascadeCppYanetal:10", 3),
        new Bar("efficient:30", "cascadeCppYanetal:30", 3),
        new Bar("efficient:50", "cascadeCppYanetal:50", 3),
        new Bar("efficientEfficiency:10", "at most 1.06", 1),
        new Bar("efficientEfficiency:30", "at most 1.06", 1),
        new Bar("efficientRoundTripsPerBlock:10", "at most 40.0", 1),
        new Bar("efficientRoundTripsPerBlock:30", "at most 40.0", 1),
        new Bar("efficientRoundTripsPerBlock:50", "at most 40.0", 1),
        new Bar("ldpcEfficiency:20", "at most 1.15", 1),
        new Bar("ldpcEfficiency:30", "at most 1.15", 1),
        new Bar("ldpcEfficiency:40", "at most 1.15", 1),
        new Bar("ldpcEfficiency:50", "at most 1.15", 1),
        new Bar("ldpcRoundTrips", "at most 3.0", 1),
        new Bar("ldpcFrameErrors", "at most 0.01", 1));
  }
}
