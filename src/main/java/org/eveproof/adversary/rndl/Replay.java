package org.eveproof.adversary.rndl;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** Gives again what is known of the draws of another generator, and guesses the rest. */
final class Replay implements RandomGenerator {
  private final Deque<Long> words;
  private final Deque<byte[]> strings;
  private final RandomGenerator guess;

  Replay(List<Long> words, List<byte[]> strings, RandomGenerator guess) {
    this.words = new ArrayDeque<>(words);
    this.strings = new ArrayDeque<>(strings);
    this.guess = guess;
  }

  @Override
  public long nextLong() {
    Long known = words.poll();
    return known == null ? guess.nextLong() : known;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    byte[] known = strings.poll();
    if (known == null) {
      guess.nextBytes(bytes);
    } else {
      System.arraycopy(Arrays.copyOf(known, bytes.length), 0, bytes, 0, bytes.length);
    }
  }
}
