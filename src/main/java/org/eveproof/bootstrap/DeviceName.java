package org.eveproof.bootstrap;

/**
 * The name under which a device is enrolled.
 *
 * @param text 1 to {@value #MAX_LENGTH} characters out of a-z, 0-9, hyphen and full stop
 */
public record DeviceName(String text) {
  /** Greatest length of a name, in characters. */
  public static final int MAX_LENGTH = 64;

  /** Checks the characters. */
  public DeviceName {
    if (!isName(text)) {
      throw new IllegalArgumentException("not a device name: 1 to 64 of a-z 0-9 - . are allowed");
    }
  }

  /** Whether a text is a name. */
  public static boolean isName(String text) {
    return text.length() <= MAX_LENGTH && text.matches("[a-z0-9.-]+");
  }

  @Override
  public String toString() {
    return text;
  }
}
