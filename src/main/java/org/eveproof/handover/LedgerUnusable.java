package org.eveproof.handover;

/**
 * The files of a ledger are not what they should be, so nothing may rest on them. The message is
 * one line: what is wrong, where, and how to mend it.
 */
public final class LedgerUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the refusal.
   *
   * @param message one line; no secret in it
   */
  public LedgerUnusable(String message) {
    super(message);
  }
}
