package org.eveproof.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a secure application entity, a consumer of keys (ETSI GS QKD 014, clause 3).
 *
 * @param text 1 to {@value #MAX_LENGTH} letters, digits and {@code . _ : @ + -}, and spaces inside
 */
public record SaeId(String text) implements Comparable<SaeId> {

  /** Greatest length, in characters. */
  public static final int MAX_LENGTH = 64;

  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9._:@+-]([A-Za-z0-9._:@+ -]{0,62}[A-Za-z0-9._:@+-])?");

  /** Checks the form. */
  public SaeId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("no SAE ID");
    }
  }

  /** Returns the identifier that a text from outside is; empty if it is none. */
  public static Optional<SaeId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new SaeId(text)) : Optional.empty();
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
