package org.eveproof.bootstrap;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.eveproof.bootstrap.exchange.ExchangeSecrets;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * A key that two devices share beforehand, with what is registered about it.
 *
 * <p>Proofs are HMAC-SHA-256 (FIPS 198-1) under a key derived from it; seeds are derived from it
 * and the transcript, both by HKDF (RFC 5869) with a label of their own. That makes the bootstrap
 * computational: it must hold until the first session is over and not a moment longer.
 */
public final class PresharedKey implements PeerKey, AutoCloseable {
  /** Least length of the secret, in bits. */
  public static final int LEAST_BITS = 256;

  private static final String HMAC = "HmacSHA256";
  private static final int DERIVED_BYTES = 32;

  private final Credential credential;
  private final SecretBits secret;

  /**
   * Makes a key that owns a copy of the secret.
   *
   * @param credential what is registered about it
   * @param secret at least {@value #LEAST_BITS} bits, whole bytes, not all alike; the caller
   *     destroys it
   */
  public PresharedKey(Credential credential, SecretBits secret) {
    if (secret.length() < LEAST_BITS || secret.length() % Byte.SIZE != 0) {
      throw new IllegalArgumentException(
          "a pre-shared key has at least " + LEAST_BITS + " bits, not " + secret.length());
    }
    this.credential = credential;
    this.secret = secret.slice(0, secret.length());
    byte[] bytes = secret.toBytes();
    int differences = 0;
    for (byte b : bytes) {
      differences |= b ^ bytes[0];
    }
    Arrays.fill(bytes, (byte) 0);
    if (differences == 0) {
      this.secret.destroy();
      throw new IllegalArgumentException("all bytes of the pre-shared key are alike");
    }
  }

  /** Returns what is registered about it. */
  public Credential credential() {
    return credential;
  }

  @Override
  public CredentialId id() {
    return credential.id();
  }

  /** Returns the length of the secret, in bits. */
  public int bits() {
    return secret.length();
  }

  /** Returns a copy of the secret, for the caller to destroy: to write it to a file. */
  SecretBits secret() {
    return secret.slice(0, secret.length());
  }

  @Override
  public Bits prove(ProofKind kind, Transcript transcript) {
    byte[] key = derive("proof", credential.id().bytes());
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      byte[] proof = mac.doFinal(transcript.covered(kind));
      return Bits.fromBytes(proof, Byte.SIZE * proof.length);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has " + HMAC, e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public boolean verifies(ProofKind kind, Transcript transcript, Bits proof) {
    return MessageDigest.isEqual(prove(kind, transcript).toBytes(), proof.toBytes());
  }

  /** The key itself is the secret: an exchange, if there was one, is not needed. */
  @Override
  public SecretBits seed(Transcript transcript, Optional<ExchangeSecrets> exchange) {
    return seed(transcript);
  }

  /** Returns the seed that this key and a transcript give. */
  public SecretBits seed(Transcript transcript) {
    byte[] seed = derive("seed", transcript.covered(ProofKind.ACCEPT));
    try {
      return SecretBits.fromBytes(seed, Byte.SIZE * DERIVED_BYTES);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private byte[] derive(String label, byte[] context) {
    byte[] input = secret.toBytes();
    try {
      HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
      generator.init(
          new HKDFParameters(
              input, context, ("eveproof psk " + label).getBytes(StandardCharsets.US_ASCII)));
      byte[] derived = new byte[DERIVED_BYTES];
      generator.generateBytes(derived, 0, DERIVED_BYTES);
      return derived;
    } finally {
      Arrays.fill(input, (byte) 0);
    }
  }

  /** Whether the secret is gone. */
  public boolean isDestroyed() {
    return secret.isDestroyed();
  }

  @Override
  public void destroy() {
    secret.destroy();
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public String toString() {
    return "PresharedKey[" + credential + (isDestroyed() ? ", destroyed]" : "]");
  }
}
