package org.eveproof.authentication;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The ways to authenticate a message, as they are named on the wire and on the command line.
 *
 * <p>A number stands for one way for good: 1 and 3 stood for tags over GF(2<sup>128</sup>), and are
 * not used again, so that two devices that hash differently do not agree on a suite.
 */
public enum Suite {
  /** Polynomial hash modulo 2<sup>127</sup> − 1, one-time padded: {@link WegmanCarter}. */
  WEGMAN_CARTER(7, 16, "wegman-carter"),
  /** HMAC-SHA-256 under a key of its own for each message: {@link Hmac}. */
  HMAC_SHA256(2, 32, "hmac-sha-256"),
  /**
   * The same tags as {@link #WEGMAN_CARTER}, but the hash key of the first block that an exchange
   * made stays in use for the rest of its epoch; the pads are fresh. It saves two hash keys in each
   * block.
   */
  WEGMAN_CARTER_RECYCLED(8, 16, "wegman-carter-recycled"),
  /** HMAC-SHA-512 under a key of its own for each message: {@link Hmac}. */
  HMAC_SHA512(4, 64, "hmac-sha-512"),
  /** AES-256-GMAC under a key of its own for each message: {@link Gmac}. */
  GMAC(5, 16, "gmac"),
  /**
   * A signature for each message, which a one-time key only numbers: {@link Signed}. A link signs
   * in its first session only; what follows is authenticated by {@link #WEGMAN_CARTER}, so that
   * nothing rests on the signing keys any more.
   */
  SIGNATURE(6, 50_000, "signature");

  private final int code;
  private final int maxTagBytes;
  private final String label;

  Suite(int code, int maxTagBytes, String label) {
    this.code = code;
    this.maxTagBytes = maxTagBytes;
    this.label = label;
  }

  /** Returns the number that stands for this suite in a frame, 1 to 255. */
  public int code() {
    return code;
  }

  /** Returns the length of every tag of this suite, in bytes; of a signature, the greatest. */
  public int maxTagBytes() {
    return maxTagBytes;
  }

  /** Whether a tag of this suite may have so many bytes. */
  boolean allowsTagBytes(int length) {
    return this == SIGNATURE ? length >= 1 && length <= maxTagBytes : length == maxTagBytes;
  }

  /** Returns the name of this suite on the command line. */
  public String label() {
    return label;
  }

  /**
   * Returns the authenticator that makes and verifies the tags of this suite.
   *
   * @throws IllegalStateException if it needs keys besides the one-time keys: {@link Signed}
   */
  public MessageAuthenticator authenticator() {
    return switch (this) {
      case WEGMAN_CARTER, WEGMAN_CARTER_RECYCLED -> new WegmanCarter(this);
      case HMAC_SHA256, HMAC_SHA512 -> new Hmac(this);
      case GMAC -> new Gmac();
      case SIGNATURE -> throw new IllegalStateException("signatures need the keys of both devices");
    };
  }

  /** Returns the suites that need no keys but the one-time keys. */
  public static List<Suite> symmetric() {
    return Arrays.stream(values()).filter(suite -> suite != SIGNATURE).toList();
  }

  /** Returns the suite of a name on the command line; {@code hmac} is short for the first one. */
  public static Optional<Suite> ofLabel(String label) {
    return label.equals("hmac")
        ? Optional.of(HMAC_SHA256)
        : Arrays.stream(values()).filter(suite -> suite.label.equals(label)).findFirst();
  }

  static Optional<Suite> ofCode(int code) {
    for (Suite suite : values()) {
      if (suite.code == code) {
        return Optional.of(suite);
      }
    }
    return Optional.empty();
  }
}
