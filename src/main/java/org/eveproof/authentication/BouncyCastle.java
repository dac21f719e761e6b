package org.eveproof.authentication;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The provider of the signature primitives, one object for the whole process. */
public final class BouncyCastle {

  /**
   * The provider, to be named in each request.
   *
   * <p>It is also registered, last in the list and only if nobody has done so: its composite
   * signatures look up their parts by the name of the provider, and find nothing otherwise. Last
   * means that whoever names no provider goes on getting what the platform has.
   */
  public static final Provider PROVIDER = registered();

  private BouncyCastle() {}

  private static synchronized Provider registered() {
    Provider present = Security.getProvider(BouncyCastleProvider.PROVIDER_NAME);
    if (present != null) {
      return present;
    }
    Provider own = new BouncyCastleProvider();
    Security.addProvider(own);
    return own;
  }
}
