package org.eveproof.bootstrap;

import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.exchange.KeyEstablishment;

/**
 * How the first authentication keys are made, and how messages are authenticated with them.
 *
 * @param establishment of the first keys
 * @param suite of the tags
 */
public record Method(KeyEstablishment establishment, Suite suite) {
  @Override
  public String toString() {
    return establishment.label() + " with " + suite.label();
  }
}
