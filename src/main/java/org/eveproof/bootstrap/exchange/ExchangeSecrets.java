package org.eveproof.bootstrap.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * What a key exchange gave one of its two ends, before it is bound to who they are.
 *
 * <p>{@link #combine} is HKDF-SHA-256 (RFC 5869). The secrets of both parts go into the extraction,
 * in a fixed order, each with its name and its length; the public shares and the context go into
 * the expansion, each with its length. So the output is secret if either part is, as long as
 * HMAC-SHA-256 is a pseudo-random function keyed by either of them (a dual PRF), and no two
 * different exchanges share an output.
 */
public final class ExchangeSecrets implements AutoCloseable {
  private static final String LABEL = "eveproof exchange 1";
  private static final int SEED_BYTES = 32;

  private final KeyEstablishment chosen;
  private final Bits callerShare;
  private final Bits calleeShare;
  private final Optional<SecretBits> x25519;
  private final Optional<SecretBits> mlKem;

  ExchangeSecrets(
      KeyEstablishment chosen,
      Bits callerShare,
      Bits calleeShare,
      Optional<SecretBits> x25519,
      Optional<SecretBits> mlKem) {
    if (chosen.usesX25519() != x25519.isPresent() || chosen.usesMlKem() != mlKem.isPresent()) {
      throw new IllegalArgumentException(chosen + " needs exactly its own parts");
    }
    this.chosen = chosen;
    this.callerShare = callerShare;
    this.calleeShare = calleeShare;
    this.x25519 = x25519;
    this.mlKem = mlKem;
  }

  /**
   * Returns the secret that both ends have if they see the same context.
   *
   * @param context all that the two ends must see alike
   * @return 256 bits
   * @throws IllegalStateException if there was no exchange, or the secrets are destroyed
   */
  public SecretBits combine(byte[] context) {
    if (chosen == KeyEstablishment.NONE) {
      throw new IllegalStateException("no exchange took place");
    }
    Framed secrets = new Framed();
    x25519.ifPresent(secret -> secrets.secret(KeyEstablishment.X25519.label(), secret));
    mlKem.ifPresent(secret -> secrets.secret(KeyEstablishment.ML_KEM_768.label(), secret));
    Framed info = new Framed();
    info.add(chosen.label().getBytes(StandardCharsets.US_ASCII));
    info.add(callerShare.toBytes());
    info.add(calleeShare.toBytes());
    info.add(context);
    byte[] input = secrets.bytes();
    byte[] seed = new byte[SEED_BYTES];
    try {
      HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
      generator.init(
          new HKDFParameters(input, LABEL.getBytes(StandardCharsets.US_ASCII), info.bytes()));
      generator.generateBytes(seed, 0, SEED_BYTES);
      return SecretBits.fromBytes(seed, Byte.SIZE * SEED_BYTES);
    } finally {
      Arrays.fill(input, (byte) 0);
      Arrays.fill(seed, (byte) 0);
      secrets.wipe();
    }
  }

  @Override
  public void close() {
    x25519.ifPresent(SecretBits::destroy);
    mlKem.ifPresent(SecretBits::destroy);
  }

  /** Byte strings one after the other, each behind its length. */
  private static final class Framed {
    /** A stream whose buffer can be overwritten. */
    private static final class Buffer extends ByteArrayOutputStream {
      void wipe() {
        Arrays.fill(buf, (byte) 0);
      }
    }

    private final Buffer out = new Buffer();

    void add(byte[] part) {
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
      out.writeBytes(part);
    }

    void secret(String name, SecretBits secret) {
      add(name.getBytes(StandardCharsets.US_ASCII));
      byte[] bytes = secret.toBytes();
      add(bytes);
      Arrays.fill(bytes, (byte) 0);
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    void wipe() {
      out.wipe();
    }
  }
}
