package org.eveproof.authentication;

import java.security.MessageDigest;

/** Makes and verifies the tag of one message under one one-time key. */
public interface MessageAuthenticator {

  /** Returns how this authenticator is named in a frame. */
  Suite suite();

  /**
   * Returns the tag of a message.
   *
   * @param key used for this message only; the caller closes it
   * @param message at least one byte: the encoding of a header is never empty
   * @return as many bytes as the suite says
   * @throws IllegalArgumentException if the message is empty
   * @throws IllegalStateException if the key has been destroyed
   */
  byte[] tag(OneTimeKey key, byte[] message);

  /**
   * Returns an upper bound on the probability that an adversary who saw at most one tag under the
   * key makes another message of at most this length pass, in one attempt.
   *
   * @param messageBytes length of the longest message, in bytes, at least 1
   */
  double forgeryBound(long messageBytes);

  /** Returns whether this is a tag of the message; the time taken does not tell where not. */
  default boolean verifies(OneTimeKey key, byte[] message, byte[] tag) {
    return MessageDigest.isEqual(tag(key, message), tag);
  }

  /** Refuses to tag nothing: a polynomial hash of nothing is zero under every key. */
  static void requireContent(byte[] message) {
    if (message.length == 0) {
      throw new IllegalArgumentException("an empty message has no tag");
    }
  }

  /** Refuses a length that no message has. */
  static void requireLength(long messageBytes) {
    if (messageBytes < 1) {
      throw new IllegalArgumentException("messageBytes=" + messageBytes + " must be at least 1");
    }
  }
}
