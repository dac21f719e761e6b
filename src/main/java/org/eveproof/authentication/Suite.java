package org.eveproof.authentication;

import java.util.Optional;

/** The ways to authenticate a message, as they are named on the wire and on the command line. */
public enum Suite {
  /** Polynomial hash over GF(2<sup>128</sup>), one-time padded: {@link WegmanCarter}. */
  WEGMAN_CARTER(1, 16, "wegman-carter"),
  /** HMAC-SHA-256 under a key of its own for each message: {@link HmacSha256}. */
  HMAC_SHA256(2, 32, "hmac");

  private final int code;
  private final int tagBytes;
  private final String label;

  Suite(int code, int tagBytes, String label) {
    this.code = code;
    this.tagBytes = tagBytes;
    this.label = label;
  }

  /** Returns the number that stands for this suite in a frame, 1 to 255. */
  public int code() {
    return code;
  }

  /** Returns the length of every tag of this suite, in bytes. */
  public int tagBytes() {
    return tagBytes;
  }

  /** Returns the name of this suite on the command line. */
  public String label() {
    return label;
  }

  /** Returns the authenticator that makes and verifies the tags of this suite. */
  public MessageAuthenticator authenticator() {
    return this == WEGMAN_CARTER ? new WegmanCarter() : new HmacSha256();
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
