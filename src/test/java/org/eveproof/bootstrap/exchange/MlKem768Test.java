package org.eveproof.bootstrap.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.eveproof.protocol.SecretBits;
import org.junit.jupiter.api.Test;

/** Known answers of FIPS 203, and encapsulation keys that are none. */
class MlKem768Test {
  private static final int Q = 3329;

  /** An endless stream of bytes that depends on nothing. */
  private static final class Stream extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient SHAKEDigest shake = new SHAKEDigest(128);

    @Override
    public void nextBytes(byte[] bytes) {
      shake.doOutput(bytes, 0, bytes.length);
    }
  }

  /**
   * The accumulated vectors of the Community Cryptography Test Vectors (C2SP): a hundred times a
   * key from d and z, an encapsulation of m, its decapsulation, and the decapsulation of a
   * ciphertext of random bytes, which is rejected implicitly.
   */
  @Test
  void accumulatedKnownAnswers() {
    Stream input = new Stream();
    SHAKEDigest seen = new SHAKEDigest(128);
    for (int i = 0; i < 100; i++) {
      KeyPair pair = MlKem768.generate(input);
      byte[] encapsulationKey = MlKem768.encapsulationKey(pair.getPublic());
      absorb(seen, encapsulationKey);
      MlKem768.Encapsulated made = MlKem768.encapsulate(encapsulationKey, input).orElseThrow();
      absorb(seen, made.ciphertext().toBytes());
      absorb(seen, made.secret().toBytes());
      try (SecretBits same = decapsulate(pair, made.ciphertext().toBytes())) {
        assertThat(same.sameAs(made.secret())).isTrue();
      }
      byte[] noise = new byte[MlKem768.CIPHERTEXT_BYTES];
      input.nextBytes(noise);
      try (SecretBits rejected = decapsulate(pair, noise)) {
        absorb(seen, rejected.toBytes());
      }
    }
    byte[] digest = new byte[32];
    seen.doFinal(digest, 0, digest.length);
    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo("1114b1b6699ed191734fa339376afa7e285c9e6acf6ff0177d346696ce564415");
  }

  /** The modulus check of FIPS 203, section 7.2: every coefficient is below q. */
  @Test
  void encapsulationKeysThatAreNotReducedAreRefused() {
    Stream random = new Stream();
    byte[] key = MlKem768.encapsulationKey(MlKem768.generate(random).getPublic());
    for (int coefficient : new int[] {0, 1, 2, 255, 256, 511, 512, 766, 767}) {
      for (int value : new int[] {0, Q - 1, Q, Q + 1, 4095}) {
        assertThat(MlKem768.encapsulate(with(key, coefficient, value), random).isPresent())
            .as("coefficient %s is %s", coefficient, value)
            .isEqualTo(value < Q);
      }
    }
  }

  @Test
  void otherLengthsAreRefused() {
    Stream random = new Stream();
    KeyPair pair = MlKem768.generate(random);
    for (int length : new int[] {0, 1, MlKem768.KEY_BYTES - 1, MlKem768.KEY_BYTES + 1, 1568}) {
      assertThat(MlKem768.encapsulate(new byte[length], random)).isEmpty();
    }
    for (int length : new int[] {0, MlKem768.CIPHERTEXT_BYTES - 1, MlKem768.CIPHERTEXT_BYTES + 1}) {
      assertThat(MlKem768.decapsulate(pair.getPrivate(), new byte[length])).isEmpty();
    }
  }

  /** Puts a number of twelve bits in the place of a coefficient (ByteEncode12, section 4.2.1). */
  private static byte[] with(byte[] key, int coefficient, int value) {
    byte[] changed = key.clone();
    int at = coefficient / 2 * 3;
    if (coefficient % 2 == 0) {
      changed[at] = (byte) value;
      changed[at + 1] = (byte) ((changed[at + 1] & 0xF0) | value >> 8);
    } else {
      changed[at + 1] = (byte) ((changed[at + 1] & 0x0F) | (value & 0xF) << 4);
      changed[at + 2] = (byte) (value >> 4);
    }
    return changed;
  }

  private static SecretBits decapsulate(KeyPair pair, byte[] ciphertext) {
    return MlKem768.decapsulate(pair.getPrivate(), ciphertext).orElseThrow();
  }

  private static void absorb(SHAKEDigest digest, byte[] bytes) {
    digest.update(bytes, 0, bytes.length);
  }
}
