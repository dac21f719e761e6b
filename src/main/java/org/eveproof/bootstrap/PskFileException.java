package org.eveproof.bootstrap;

/**
 * A file that is no usable pre-shared key. The message says what is wrong, never what the key is.
 */
public final class PskFileException extends Exception {
  private static final long serialVersionUID = 1L;

  PskFileException(String message) {
    super(message);
  }
}
