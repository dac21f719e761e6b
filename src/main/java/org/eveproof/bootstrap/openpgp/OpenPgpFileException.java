package org.eveproof.bootstrap.openpgp;

/**
 * A file that does not hold what was looked for. The message is one line: what is wrong and how to
 * mend it, never a secret, and not the file's name, which the caller knows.
 */
public final class OpenPgpFileException extends Exception {
  private static final long serialVersionUID = 1L;

  OpenPgpFileException(String message) {
    super(message);
  }
}
