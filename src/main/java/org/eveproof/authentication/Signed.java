package org.eveproof.authentication;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/**
 * A signature for each message, of any {@link SignatureScheme}. The one-time key gives no secret
 * here; its index, which the signed header has in it, numbers the messages, so that each is
 * accepted once.
 *
 * <p>What is signed begins with words of its own: a device may prove itself with the same key
 * elsewhere, and no proof of that kind is a frame.
 */
public final class Signed implements MessageAuthenticator {
  private static final byte[] PURPOSE = "eveproof frame\0".getBytes(StandardCharsets.US_ASCII);

  private final SigningKey own;
  private final VerifyingKey peer;

  /**
   * Joins the keys of the two directions.
   *
   * @param own to sign with; the caller destroys it at the end
   * @param peer to verify with
   */
  public Signed(SigningKey own, VerifyingKey peer) {
    this.own = own;
    this.peer = peer;
  }

  @Override
  public Suite suite() {
    return Suite.SIGNATURE;
  }

  @Override
  public byte[] tag(OneTimeKey key, byte[] message) {
    MessageAuthenticator.requireContent(message);
    if (key.isDestroyed()) {
      throw new IllegalStateException(key + " numbers no message any more");
    }
    byte[] signature = own.sign(framed(message));
    return own.verifying().key() instanceof ECPublicKey ec ? lowest(ec, signature) : signature;
  }

  @Override
  public boolean verifies(OneTimeKey key, byte[] message, byte[] tag) {
    return !key.isDestroyed()
        && peer.verifies(framed(message), tag)
        && !(peer.key() instanceof ECPublicKey ec && !MessageDigest.isEqual(lowest(ec, tag), tag));
  }

  private static byte[] framed(byte[] message) {
    byte[] framed = Arrays.copyOf(PURPOSE, PURPOSE.length + message.length);
    System.arraycopy(message, 0, framed, PURPOSE.length, message.length);
    return framed;
  }

  /**
   * Returns the one of two forms of a signature that is used here. With ECDSA anybody can turn (r,
   * s) into (r, n - s), which holds as well: a second encoding of the same frame.
   */
  private static byte[] lowest(ECPublicKey key, byte[] signature) {
    BigInteger order = key.getParams().getOrder();
    try {
      BigInteger[] parts = StandardDSAEncoding.INSTANCE.decode(order, signature);
      return StandardDSAEncoding.INSTANCE.encode(
          order, parts[0], parts[1].min(order.subtract(parts[1])));
    } catch (IOException e) {
      throw new AssertionError("a signature that holds is in DER", e);
    }
  }

  /**
   * Returns 2<sup>-112</sup>, whatever the length: no attack on the weakest key that is taken (RSA
   * with 2048 bits) is known to do better. It is a belief, not a theorem, and one about adversaries
   * without a quantum computer for Ed25519, ECDSA and RSA.
   */
  @Override
  public double forgeryBound(long messageBytes) {
    MessageAuthenticator.requireLength(messageBytes);
    return Math.scalb(1.0, -112);
  }
}
