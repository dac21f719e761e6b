package org.eveproof.bootstrap.exchange;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.eveproof.protocol.SecretBits;

/** Diffie-Hellman on Curve25519 (RFC 7748, section 6.1), on keys as byte strings. */
public final class X25519Agreement {
  /** Length of a private key, a public key and a shared secret, in bytes. */
  public static final int BYTES = 32;

  private X25519Agreement() {}

  /**
   * Returns the public key of a private key.
   *
   * @param privateKey {@value #BYTES} bytes
   */
  public static byte[] publicKey(byte[] privateKey) {
    return new X25519PrivateKeyParameters(privateKey).generatePublicKey().getEncoded();
  }

  /**
   * Returns the secret that two keys share.
   *
   * @param privateKey {@value #BYTES} bytes
   * @param publicKey the peer's, as it came; a coordinate that is not reduced is taken modulo the
   *     prime, as RFC 7748 demands
   * @return {@value #BYTES} bytes; empty if the length is wrong, or if the secret is zero, which
   *     only a public key of small order brings about
   */
  public static Optional<SecretBits> agree(byte[] privateKey, byte[] publicKey) {
    if (publicKey.length != BYTES) {
      return Optional.empty();
    }
    byte[] secret = new byte[BYTES];
    try {
      new X25519PrivateKeyParameters(privateKey)
          .generateSecret(new X25519PublicKeyParameters(publicKey), secret, 0);
      return Optional.of(SecretBits.fromBytes(secret, Byte.SIZE * BYTES));
    } catch (IllegalStateException zero) {
      return Optional.empty();
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
