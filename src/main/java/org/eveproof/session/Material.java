package org.eveproof.session;

import org.eveproof.protocol.SecretBits;

/**
 * The secret bits of a party: one for each pulse, and those that make its key. Both are held until
 * the session is decided, and wiped then.
 *
 * @param raw a bit for each pulse
 * @param key the bits of the key; Bob's with errors, until he has corrected it
 */
public record Material(SecretBits raw, SecretBits key) implements AutoCloseable {

  /** Returns the material with a corrected key; the old key is wiped. */
  Material corrected(SecretBits better) {
    key.close();
    return new Material(raw, better);
  }

  /** Wipes all. */
  @Override
  public void close() {
    raw.close();
    key.close();
  }
}
