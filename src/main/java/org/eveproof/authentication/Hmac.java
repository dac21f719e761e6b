package org.eveproof.authentication;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 or HMAC-SHA-512 (FIPS 198-1, RFC 2104), not truncated, under the whole one-time key
 * of each message. Unforgeable as long as the compression function is pseudo-random: a
 * computational assumption, needed only until the message has been accepted.
 */
public final class Hmac implements MessageAuthenticator {
  private final Suite suite;

  /** Prepares {@link Suite#HMAC_SHA256} or {@link Suite#HMAC_SHA512}. */
  Hmac(Suite suite) {
    this.suite = suite;
  }

  @Override
  public Suite suite() {
    return suite;
  }

  @Override
  public byte[] tag(OneTimeKey key, byte[] message) {
    MessageAuthenticator.requireContent(message);
    String algorithm = suite == Suite.HMAC_SHA256 ? "HmacSHA256" : "HmacSHA512";
    byte[] secret = key.whole();
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret, algorithm));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * Returns 2<sup>-128</sup>, whatever the length: the pad is the part of the key that is fresh,
   * and guessing its 128 bits is the best attack known. It is a belief, not a theorem.
   */
  @Override
  public double forgeryBound(long messageBytes) {
    MessageAuthenticator.requireLength(messageBytes);
    return Math.scalb(1.0, -128);
  }
}
