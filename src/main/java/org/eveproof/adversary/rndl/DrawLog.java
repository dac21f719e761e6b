package org.eveproof.adversary.rndl;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A generator that remembers what it gave: how a break of a primitive is carried out. Whoever may
 * look up where a private key was drawn has, in effect, computed it from the public key.
 */
final class DrawLog implements RandomGenerator {
  private final RandomGenerator source;
  private final List<Long> words = new ArrayList<>();
  private final List<byte[]> strings = new ArrayList<>();

  DrawLog(RandomGenerator source) {
    this.source = source;
  }

  @Override
  public long nextLong() {
    long word = source.nextLong();
    words.add(word);
    return word;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
    strings.add(bytes.clone());
  }

  /** Returns the words in the order in which they were drawn. */
  List<Long> words() {
    return List.copyOf(words);
  }

  /** Returns the byte strings in the order in which they were drawn. */
  List<byte[]> strings() {
    return List.copyOf(strings);
  }
}
