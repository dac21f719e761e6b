package org.eveproof.cli;

/**
 * The call or its input is wrong. The message is the one line that the user sees: what is wrong,
 * where, and how to mend it.
 */
public final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the refusal.
   *
   * @param message one line; no secret in it
   */
  public BadInput(String message) {
    super(message);
  }
}
