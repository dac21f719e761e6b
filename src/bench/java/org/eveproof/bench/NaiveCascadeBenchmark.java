package org.eveproof.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.protocol.Bits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The original Cascade as the paper describes it: one error after the other, parities summed up bit
 * by bit, and shuffles by Fisher and Yates that the parties share, since they are not apart.
 */
@State(Scope.Benchmark)
public class NaiveCascadeBenchmark {
  /** Wrong bits of a thousand. */
  @Param({"10", "30", "50"})
  public int errorsPerMille;

  private final SplittableRandom random = new SplittableRandom(1);
  private boolean[] alice = {};
  private boolean[] noisy = {};

  private record Pass(int[] positions, int[] indices, int blockBits) {}

  private record Block(Pass pass, int number) {}

  /** Draws the keys. */
  @Setup
  public void draw() {
    Bits noise = ReconciliationBenchmark.noise(errorsPerMille, random);
    alice = new boolean[ReconciliationBenchmark.BITS];
    noisy = new boolean[alice.length];
    for (int i = 0; i < alice.length; i++) {
      alice[i] = random.nextBoolean();
      noisy[i] = alice[i] ^ noise.get(i);
    }
  }

  /** The naive baseline; returns the number of parities that were disclosed. */
  @Benchmark
  public int naiveCascade() {
    return correct(alice, noisy.clone(), errorsPerMille / 1000.0, random);
  }

  /** Corrects Bob's key, and returns the number of parities that were disclosed. */
  static int correct(boolean[] alice, boolean[] bob, double errorRate, SplittableRandom random) {
    CascadeSchedule schedule = CascadeSchedule.original(bob.length, errorRate);
    List<Pass> passes = new ArrayList<>();
    int disclosed = 0;
    for (int p = 0; p < schedule.passes(); p++) {
      Pass pass = shuffled(bob.length, schedule.blockBits().get(p), random);
      passes.add(pass);
      Deque<Block> odd = new ArrayDeque<>();
      for (int b = 0; b < schedule.blocks(p); b++) {
        disclosed++;
        odd.add(new Block(pass, b));
      }
      while (!odd.isEmpty()) {
        Block block = odd.remove();
        int from = block.number() * block.pass().blockBits();
        int to = Math.min(bob.length, from + block.pass().blockBits());
        if (differs(alice, bob, block.pass(), from, to)) {
          while (to - from > 1) {
            int middle = (from + to) / 2;
            disclosed++;
            if (differs(alice, bob, block.pass(), from, middle)) {
              to = middle;
            } else {
              from = middle;
            }
          }
          int position = block.pass().positions()[from];
          bob[position] = !bob[position];
          for (Pass each : passes) {
            odd.addFirst(new Block(each, each.indices()[position] / each.blockBits()));
          }
        }
      }
    }
    return disclosed;
  }

  private static boolean differs(boolean[] alice, boolean[] bob, Pass pass, int from, int to) {
    boolean sum = false;
    for (int i = from; i < to; i++) {
      int position = pass.positions()[i];
      sum ^= alice[position] ^ bob[position];
    }
    return sum;
  }

  private static Pass shuffled(int length, int blockBits, SplittableRandom random) {
    int[] positions = new int[length];
    for (int i = 1; i < positions.length; i++) {
      int j = random.nextInt(i + 1);
      positions[i] = positions[j];
      positions[j] = i;
    }
    int[] indices = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      indices[positions[i]] = i;
    }
    return new Pass(positions, indices, blockBits);
  }
}
