package org.eveproof.authentication;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (FIPS 198-1, RFC 2104) under the whole one-time key of each message. Unforgeable as
 * long as the compression function of SHA-256 is pseudo-random: a computational assumption, needed
 * only until the message has been accepted.
 */
public final class HmacSha256 implements MessageAuthenticator {
  private static final String ALGORITHM = "HmacSHA256";

  @Override
  public Suite suite() {
    return Suite.HMAC_SHA256;
  }

  @Override
  public byte[] tag(OneTimeKey key, byte[] message) {
    if (message.length == 0) {
      throw new IllegalArgumentException("an empty message has no tag");
    }
    byte[] secret = key.whole();
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has " + ALGORITHM, e);
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
    if (messageBytes < 1) {
      throw new IllegalArgumentException("messageBytes=" + messageBytes + " must be at least 1");
    }
    return Math.scalb(1.0, -128);
  }
}
