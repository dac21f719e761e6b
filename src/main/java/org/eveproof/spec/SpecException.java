package org.eveproof.spec;

/**
 * A specification or its configuration cannot be used: it does not parse, a name is not defined, a
 * constant has no value, or an expression cannot be evaluated. The message is one line and carries
 * the position where TLC or SANY knows it.
 */
public final class SpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; white space in the message is reduced to single blanks. */
  public SpecException(String message) {
    super(message.strip().replaceAll("\\s+", " "));
  }

  /** Makes the exception with what led to it. */
  public SpecException(String message, Throwable cause) {
    super(message.strip().replaceAll("\\s+", " "), cause);
  }
}
