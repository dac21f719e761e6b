package org.eveproof.bootstrap.pki;

import java.io.IOException;

/** Where the passphrase of an encrypted key comes from; asked only if there is one. */
@FunctionalInterface
public interface Passphrase {
  /**
   * Returns the passphrase; whoever asks wipes it.
   *
   * @throws PkiFileException if there is none
   * @throws IOException if it cannot be read
   */
  char[] get() throws PkiFileException, IOException;
}
