package org.eveproof.conformance;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/** A seeded generator that can be told what to give next. */
final class ScriptedRandom implements RandomGenerator {
  private final RandomGenerator seeded;
  private final Deque<Long> script = new ArrayDeque<>();

  ScriptedRandom(RandomGenerator seeded) {
    this.seeded = seeded;
  }

  void giveNext(long... words) {
    for (long word : words) {
      script.add(word);
    }
  }

  @Override
  public long nextLong() {
    Long next = script.poll();
    return next == null ? seeded.nextLong() : next;
  }
}
