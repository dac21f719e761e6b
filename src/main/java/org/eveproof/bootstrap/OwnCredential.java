package org.eveproof.bootstrap;

import org.eveproof.authentication.SigningKey;
import org.eveproof.protocol.Bits;

/**
 * What a device proves itself with: the key, and what it shows so that a peer can judge it.
 *
 * @param shown a certificate chain or an OpenPGP certificate, whole bytes
 * @param key whose public half is in what is shown; owned from here on
 */
public record OwnCredential(Bits shown, SigningKey key) implements AutoCloseable {
  /** Greatest length of what is shown, in bytes: a chain of four SLH-DSA-256s certificates. */
  public static final int MAX_BYTES = 1 << 18;

  /** Checks the length. */
  public OwnCredential {
    if (shown.length() == 0 || shown.length() > Byte.SIZE * MAX_BYTES) {
      throw new IllegalArgumentException("a credential of " + shown.length() / 8 + " bytes");
    }
  }

  @Override
  public void close() {
    key.close();
  }
}
