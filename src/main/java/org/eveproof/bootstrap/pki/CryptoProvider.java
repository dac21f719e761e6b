package org.eveproof.bootstrap.pki;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The provider of all algorithms here, registered: its composite signatures look it up by name. */
final class CryptoProvider {
  static final Provider BC = registered();

  private CryptoProvider() {}

  private static Provider registered() {
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      Security.addProvider(new BouncyCastleProvider());
    }
    return Security.getProvider(BouncyCastleProvider.PROVIDER_NAME);
  }
}
