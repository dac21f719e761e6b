package org.eveproof.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.CascadeTrial;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.ReconciliationTrial;
import org.eveproof.postprocessing.ldpc.LdpcPlan;
import org.eveproof.postprocessing.ldpc.LdpcTrial;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** What reconciliation discloses, in how many round trips, and how often it fails: no times. */
final class ReconciliationCounts {
  /** Keys that Cascade corrects together. */
  private static final int BATCH = 16;

  private final ErrorVerification verification = new ErrorVerification(64);
  private final SplittableRandom random = new SplittableRandom(1);
  private final SecretRandom seeds = SecretRandom.simulated(random);
  private final Map<String, Double> counts = new HashMap<>();

  private ReconciliationCounts() {}

  /**
   * Counts on fresh keys of {@value ReconciliationBenchmark#BITS} bits with an exact number of
   * errors. The share of frames in error is (failed + 1) / (tried + 2), which is not zero where
   * none was seen to fail.
   *
   * @param keys with syndromes, at each error rate; Cascade, which varies less, is given one batch
   */
  static Map<String, Double> of(int keys) {
    ReconciliationCounts all = new ReconciliationCounts();
    for (int errors : List.of(10, 30, 50)) {
      int bits = ReconciliationBenchmark.BITS;
      all.cascade("wide", CascadeSchedule.wide(bits, errors / 1000.0), errors);
      all.cascade("efficient", CascadeSchedule.efficient(bits, errors / 1000.0), errors);
    }
    all.syndromes(keys);
    return all.counts;
  }

  private void cascade(String name, CascadeSchedule schedule, int errors) {
    List<SecretBits> alice = new ArrayList<>();
    List<SecretBits> bob = new ArrayList<>();
    for (int k = 0; k < BATCH; k++) {
      Bits key = seeds.publicBits(ReconciliationBenchmark.BITS);
      alice.add(SecretBits.copyOf(key));
      bob.add(SecretBits.copyOf(key.xor(ReconciliationBenchmark.noise(errors, random))));
    }
    try (ReconciliationTrial trial = CascadeTrial.run(alice, bob, schedule, verification, seeds)) {
      counts.put(name + "Efficiency:" + errors, trial.parityBits() / (BATCH * limit(errors)));
      counts.put(name + "RoundTripsPerBlock:" + errors, (double) trial.roundTrips() / BATCH);
    }
  }

  private void syndromes(int keys) {
    int most = 0;
    int failed = 0;
    int tried = 0;
    for (int errors : List.of(20, 30, 40, 50)) {
      LdpcPlan plan = LdpcPlan.of(ReconciliationBenchmark.BITS, errors / 1000.0);
      long disclosed = 0;
      for (int k = 0; k < keys; k++) {
        Bits key = seeds.publicBits(ReconciliationBenchmark.BITS);
        List<SecretBits> alice = List.of(SecretBits.copyOf(key));
        List<SecretBits> bob =
            List.of(SecretBits.copyOf(key.xor(ReconciliationBenchmark.noise(errors, random))));
        try (ReconciliationTrial trial = LdpcTrial.run(alice, bob, plan, verification, seeds)) {
          disclosed += trial.parityBits();
          most = Math.max(most, trial.roundTrips());
          failed += trial.refusedKeys();
          tried++;
        }
      }
      counts.put("ldpcEfficiency:" + errors, disclosed / (keys * limit(errors)));
    }
    counts.put("ldpcRoundTrips", (double) most);
    counts.put("ldpcFrameErrors", (failed + 1.0) / (tried + 2.0));
  }

  /** Returns the least that has to be disclosed of a key: n·h(Q). */
  private static double limit(int errors) {
    return ReconciliationBenchmark.BITS * FiniteKeyRule.binaryEntropy(errors / 1000.0);
  }
}
