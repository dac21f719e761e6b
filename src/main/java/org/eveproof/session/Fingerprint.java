package org.eveproof.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eveproof.protocol.SecretBits;

/**
 * What two people read to each other, over a channel that Eve does not control, to learn whether
 * their devices share a key with each other or each with Eve. It is the only thing that ends the
 * stay of somebody who was in the middle of the bootstrap (theory section 10.6).
 *
 * <p>HMAC-SHA-256 under the key, cut to 40 bits: two keys that differ have the same fingerprint
 * with probability 2<sup>-40</sup>. It costs at most as many bits of the key's secrecy, which is
 * why a key has no second fingerprint.
 *
 * @param hex ten hexadecimal digits
 */
public record Fingerprint(String hex) {
  private static final int BYTES = 5;
  private static final String HMAC = "HmacSHA256";

  /** Checks the form. */
  public Fingerprint {
    if (!hex.matches("[0-9a-f]{10}")) {
      throw new IllegalArgumentException("a fingerprint has ten hexadecimal digits, not " + hex);
    }
  }

  /**
   * Returns the fingerprint of a key.
   *
   * @param key at least 128 bits; the caller keeps it
   */
  public static Fingerprint of(SecretBits key) {
    if (key.length() < 128) {
      throw new IllegalArgumentException("a key of " + key.length() + " bits is too short");
    }
    byte[] bytes = key.toBytes();
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(bytes, HMAC));
      byte[] digest = mac.doFinal("eveproof fingerprint".getBytes(StandardCharsets.US_ASCII));
      return new Fingerprint(HexFormat.of().formatHex(digest, 0, BYTES));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has " + HMAC, e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
