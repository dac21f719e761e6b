package org.eveproof.authentication;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * A message as it travels: header, payload and a tag over both.
 *
 * <p>The encoding is canonical: every frame has exactly one, and no two frames share one. The tag
 * covers every byte before it, the length of the payload included, and is all that follows the
 * payload: its length is that of the suite, or, for signatures, whatever is left. All numbers are
 * big-endian.
 *
 * <pre>
 * version 1 | suite 1 | sender 1 | type 1 | session 8 | round 4 | sequence 4
 * | epoch 4 | block 4 | index 4 | payload length 4 | payload | tag
 * </pre>
 *
 * <p>A frame in hand says nothing about who made it: {@link #verifies} does.
 */
public final class Frame {

  /** Greatest length of a payload, in bytes. */
  public static final int MAX_PAYLOAD = 1 << 26;

  private static final int OVERHEAD = Header.BYTES + Integer.BYTES;

  /** Greatest length of an encoded frame, in bytes. */
  public static final int MAX_BYTES = OVERHEAD + MAX_PAYLOAD + Suite.SIGNATURE.maxTagBytes();

  private final Header header;
  private final int payloadBytes;
  private final byte[] encoded;

  private Frame(Header header, int payloadBytes, byte[] encoded) {
    this.header = header;
    this.payloadBytes = payloadBytes;
    this.encoded = encoded;
  }

  /**
   * Makes a frame with a valid tag.
   *
   * @param header whose suite is that of the authenticator and whose index is that of the key
   * @param payload at most {@link #MAX_PAYLOAD} bytes
   * @param key used for this frame only; the caller closes it
   */
  public static Frame seal(
      MessageAuthenticator authenticator, OneTimeKey key, Header header, byte[] payload) {
    if (header.suite() != authenticator.suite() || !header.key().equals(key.index())) {
      throw new IllegalArgumentException(
          header + " does not go with " + authenticator.suite() + " and " + key.index());
    }
    return withTag(header, payload, authenticator.tag(key, authenticated(header, payload)));
  }

  /** Makes a frame with any tag of a length that the suite allows: for whoever has no key. */
  public static Frame withTag(Header header, byte[] payload, byte[] tag) {
    if (payload.length > MAX_PAYLOAD || !header.suite().allowsTagBytes(tag.length)) {
      throw new IllegalArgumentException(
          "payload of " + payload.length + " bytes, tag of " + tag.length);
    }
    byte[] message = authenticated(header, payload);
    byte[] encoded = Arrays.copyOf(message, message.length + tag.length);
    System.arraycopy(tag, 0, encoded, message.length, tag.length);
    return new Frame(header, payload.length, encoded);
  }

  /**
   * Reads a frame from untrusted bytes. Allocates no more than it was given.
   *
   * @return the frame whose one encoding these bytes are; empty if there is none
   */
  public static Optional<Frame> parse(byte[] bytes) {
    if (bytes.length < OVERHEAD || bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Optional<Header> header = Header.decode(in);
    int length = in.getInt();
    if (header.isEmpty() || length < 0 || length > MAX_PAYLOAD) {
      return Optional.empty();
    }
    if (!header.get().suite().allowsTagBytes(in.remaining() - length)) {
      return Optional.empty();
    }
    return Optional.of(new Frame(header.get(), length, bytes.clone()));
  }

  private static byte[] authenticated(Header header, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(OVERHEAD + payload.length);
    header.encode(out);
    return out.putInt(payload.length).put(payload).array();
  }

  /** Returns what the frame says about itself. */
  public Header header() {
    return header;
  }

  /** Returns a copy of the payload. */
  public byte[] payload() {
    return Arrays.copyOfRange(encoded, OVERHEAD, tagStart());
  }

  /** Returns a copy of the tag. */
  public byte[] tag() {
    return Arrays.copyOfRange(encoded, tagStart(), encoded.length);
  }

  /** Returns a copy of the bytes on the wire. */
  public byte[] encode() {
    return encoded.clone();
  }

  /** Returns whether the tag is the one that this suite and this very key give. */
  public boolean verifies(MessageAuthenticator authenticator, OneTimeKey key) {
    return header.suite() == authenticator.suite()
        && header.key().equals(key.index())
        && authenticator.verifies(key, Arrays.copyOf(encoded, tagStart()), tag());
  }

  private int tagStart() {
    return OVERHEAD + payloadBytes;
  }

  /** Two frames are equal exactly when their bytes on the wire are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Frame frame && MessageDigest.isEqual(encoded, frame.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "Frame[" + header + ", payload of " + payloadBytes + " bytes]";
  }
}
