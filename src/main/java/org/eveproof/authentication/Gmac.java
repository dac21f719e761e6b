package org.eveproof.authentication;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GMAC (NIST SP 800-38D) with a tag of 128 bits, under the whole one-time key.
 *
 * <p>The nonce of 96 bits is the index of the one-time key: epoch, block, index. Nobody passes one
 * in, and no index is handed out twice in a direction, so no nonce repeats; each key is used for
 * one message besides.
 */
public final class Gmac implements MessageAuthenticator {
  private static final int BLOCK = 16;

  @Override
  public Suite suite() {
    return Suite.GMAC;
  }

  @Override
  public byte[] tag(OneTimeKey key, byte[] message) {
    MessageAuthenticator.requireContent(message);
    ByteBuffer nonce = ByteBuffer.allocate(KeyIndex.BYTES);
    key.index().encode(nonce);
    byte[] secret = key.whole();
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(secret, "AES"),
          new GCMParameterSpec(Byte.SIZE * BLOCK, nonce.array()));
      cipher.updateAAD(message);
      return cipher.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has AES in Galois/counter mode", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * Returns (L + 1) 2<sup>-128</sup> for L blocks of 128 bits, the length block included: L for the
   * hash, and one because hash key and pad are two different outputs of one permutation. It holds
   * for a random permutation; that AES with a secret key cannot be told from one is an assumption.
   */
  @Override
  public double forgeryBound(long messageBytes) {
    MessageAuthenticator.requireLength(messageBytes);
    return Math.scalb((double) ((messageBytes - 1) / BLOCK + 3), -128);
  }
}
