package org.eveproof.delivery;

import java.util.Optional;

/**
 * Names a secure application entity, a consumer of keys (ETSI GS QKD 014, clause 3).
 *
 * @param text 1 to {@value #MAX_LENGTH} letters, digits and {@code . _ : @ + -}, and spaces inside
 */
public record SaeId(String text) implements Comparable<SaeId> {

  /** Greatest length, in characters. */
  public static final int MAX_LENGTH = 64;

  private static final String MARKS = "._:@+-";

  /** Checks the form. */
  public SaeId {
    if (!isSaeId(text)) {
      throw new IllegalArgumentException("no SAE ID");
    }
  }

  /** Returns the identifier that a text from outside is; empty if it is none. */
  public static Optional<SaeId> parse(String text) {
    return isSaeId(text) ? Optional.of(new SaeId(text)) : Optional.empty();
  }

  private static boolean isSaeId(String text) {
    int length = text.length();
    if (length < 1 || length > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean inside = i > 0 && i < length - 1;
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && MARKS.indexOf(c) < 0 && !(c == ' ' && inside)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(SaeId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
