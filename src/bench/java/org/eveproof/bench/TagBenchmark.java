package org.eveproof.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.Poly1305KeyGenerator;
import org.bouncycastle.crypto.macs.GMac;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The tag of one message, each under a key that is new to the authenticator. */
@State(Scope.Benchmark)
public class TagBenchmark implements Stage {
  /** The length of the message. */
  @Param({"64", "1024", "16384", "1048576"})
  public int messageBytes;

  private final MessageAuthenticator authenticator = Suite.WEGMAN_CARTER.authenticator();
  private final Mac poly1305 = new Poly1305();
  private final Mac gmac = new GMac(GCMBlockCipher.newInstance(AESEngine.newInstance()));
  private final Cipher cipher;
  private final byte[] nonce = new byte[12];
  private long messages;
  private byte[] message = {};
  private byte[] key = {};

  /** Finds the cipher of the JDK. */
  public TagBenchmark() {
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException(absent);
    }
  }

  /** Draws message and key. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    message = new byte[messageBytes];
    random.nextBytes(message);
    key = new byte[32];
    random.nextBytes(key);
    Poly1305KeyGenerator.clamp(key);
  }

  /** The code: Wegman-Carter. */
  @Benchmark
  public byte[] wegmanCarter() {
    byte[] hashKey = new byte[OneTimeKey.HASH_KEY_BYTES];
    byte[] pad = new byte[OneTimeKey.PAD_BYTES];
    System.arraycopy(key, 0, hashKey, 0, hashKey.length);
    System.arraycopy(key, 16, pad, 0, pad.length);
    try (OneTimeKey oneTime = new OneTimeKey(new KeyIndex(0, 0, 0), hashKey, pad)) {
      return authenticator.tag(oneTime, message);
    }
  }

  /** BouncyCastle's Poly1305. */
  @Benchmark
  public byte[] bouncyCastlePoly1305() {
    poly1305.init(new KeyParameter(key));
    return finish(poly1305);
  }

  /** BouncyCastle's GMAC. */
  @Benchmark
  public byte[] bouncyCastleGmac() {
    next();
    gmac.init(new AEADParameters(new KeyParameter(key), 128, nonce));
    return finish(gmac);
  }

  /** The JDK's AES/GCM with nothing to encrypt. */
  @Benchmark
  public byte[] jdkGmac() throws GeneralSecurityException {
    next();
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(message);
    return cipher.doFinal();
  }

  @Override
  public String name() {
    return "tags";
  }

  @Override
  public List<Class<?>> classes() {
    return List.of(TagBenchmark.class);
  }

  @Override
  public List<NativePeer> peers() {
    return List.of(new NativePeer("openssl", "tags_openssl.c", List.of("-lcrypto"), "libssl-dev"));
  }

  @Override
  public Map<String, Double> demands() {
    return Map.of("ait:16384", RecordedSpeeds.milliseconds(16_384, RecordedSpeeds.AIT_HASH));
  }

  @Override
  public List<Bar> bars() {
    return List.of(
        new Bar("wegmanCarter:16384", "bouncyCastlePoly1305:16384", 1.35),
        new Bar("wegmanCarter:16384", "ait:16384", 20),
        new Bar("wegmanCarter:16384", "jdkGmac:16384", 0.5),
        new Bar("wegmanCarter:16384", "bouncyCastleGmac:16384", 1),
        new Bar("wegmanCarter:16384", "opensslGmac:16384", 0.2),
        new Bar("wegmanCarter:1048576", "bouncyCastlePoly1305:1048576", 1.35));
  }

  private byte[] finish(Mac mac) {
    mac.update(message, 0, message.length);
    byte[] tag = new byte[16];
    mac.doFinal(tag, 0);
    return tag;
  }

  private void next() {
    ByteBuffer.wrap(nonce).putLong(++messages);
  }
}
