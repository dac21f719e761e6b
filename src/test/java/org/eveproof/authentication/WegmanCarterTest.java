package org.eveproof.authentication;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WegmanCarterTest {
  private static final WegmanCarter WEGMAN_CARTER = new WegmanCarter();
  private static final byte[] H = hex("000102030405060708090a0b0c0d0e0f");
  private static final byte[] PAD = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");

  @Test
  void agreesWithTestCase2OfTheGcmSpecification() {
    byte[] hash =
        WegmanCarter.hash(
            hex("66e94bd4ef8a2c3b884cfa59ca342b2e"), hex("0388dace60b6a392f328c2b971b2fe78"));
    assertThat(hash).isEqualTo(hex("f38cbb1ad69223dcc3457ae5b6b0f885"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QKD | 214f9902e2580afa00b5bd6fff0457a6",
        "0123456789abcdef | ef765a16947b6818a22e601bb1f52b52",
        "sift:1,0,1,1;basis:ZXZX;round=7 | 77655cd24843299e5831e6c902cd0e5b"
      })
  void agreesWithTagsMadeElsewhere(String message, String tag) {
    try (OneTimeKey key = key(H, PAD)) {
      assertThat(WEGMAN_CARTER.tag(key, message.getBytes(US_ASCII))).isEqualTo(hex(tag));
    }
  }

  /** The tag of the empty message would be the pad. */
  @Test
  void refusesToExposeThePad() {
    try (OneTimeKey key = key(H, PAD)) {
      assertThatThrownBy(() -> WEGMAN_CARTER.tag(key, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesADestroyedKey() {
    OneTimeKey key = key(H, PAD);
    key.close();
    assertThat(key.isDestroyed()).isTrue();
    assertThatThrownBy(() -> WEGMAN_CARTER.tag(key, new byte[1]))
        .isInstanceOf(IllegalStateException.class);
    assertThat(key.toString()).doesNotContain("f0f1");
  }

  /** The school method, bit by bit, on the definition of SP 800-38D section 6.3. */
  @Test
  void agreesWithTheDefinition() {
    Random random = new Random(1);
    for (int length = 1; length < 200; length++) {
      byte[] key = bytes(random, 16);
      byte[] message = bytes(random, length);
      assertThat(WegmanCarter.hash(key, message)).isEqualTo(naive(key, message));
    }
  }

  /** Around whole rows of lanes, and around whole groups of rows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 10, 17})
  void agreesWithTheDefinitionWhereMessagesAreLong(int rows) {
    Random random = new Random(rows);
    int row = 16 * GhashLanes.LANES;
    for (int length : new int[] {rows * row - 1, rows * row, rows * row + 1, rows * row + 100}) {
      byte[] key = bytes(random, 16);
      byte[] message = bytes(random, length);
      assertThat(WegmanCarter.hash(key, message)).isEqualTo(naive(key, message));
    }
  }

  /** The JDK's AES-GCM as a second implementation: our tag opens its ciphertexts. */
  @Test
  void agreesWithTheGcmOfTheJdk() throws Exception {
    Random random = new Random(2);
    for (int length : IntStream.concat(IntStream.range(1, 100), IntStream.of(300_007)).toArray()) {
      SecretKeySpec aes = new SecretKeySpec(bytes(random, 16), "AES");
      byte[] nonce = bytes(random, 12);
      byte[] ciphertext = bytes(random, length);
      Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
      block.init(Cipher.ENCRYPT_MODE, aes);
      byte[] counter = Arrays.copyOf(nonce, 16);
      counter[15] = 1;
      byte[] tag;
      try (OneTimeKey key = key(block.doFinal(new byte[16]), block.doFinal(counter))) {
        tag = WEGMAN_CARTER.tag(key, ciphertext);
      }
      byte[] sealed = Arrays.copyOf(ciphertext, length + 16);
      System.arraycopy(tag, 0, sealed, length, 16);
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(Cipher.DECRYPT_MODE, aes, new GCMParameterSpec(128, nonce));
      assertThat(gcm.doFinal(sealed)).hasSize(length);
      sealed[length + 15] ^= 1;
      gcm.init(Cipher.DECRYPT_MODE, aes, new GCMParameterSpec(128, nonce));
      assertThatThrownBy(() -> gcm.doFinal(sealed)).isInstanceOf(AEADBadTagException.class);
    }
  }

  /** Zeros before or after a message change the tag: the length is hashed too. */
  @Test
  void noZerosCollide() {
    byte[] message = hex("0123456789abcdef");
    byte[][] family = {
      message,
      Arrays.copyOf(message, 9),
      Arrays.copyOf(message, 13),
      Arrays.copyOf(message, 16),
      Arrays.copyOf(message, 1200),
      concatenate(new byte[12], message),
      concatenate(new byte[16], message),
      concatenate(new byte[1200], message)
    };
    try (OneTimeKey key = key(H, PAD)) {
      assertThat(List.of(family))
          .extracting(m -> HexFormat.of().formatHex(WEGMAN_CARTER.tag(key, m)))
          .doesNotHaveDuplicates();
    }
  }

  /**
   * Substitution: for two messages, the difference of their tags that an adversary bets on. Cut to
   * 8 bits, it may come up for at most L of 256 hash keys, L the number of blocks.
   */
  @Test
  void forgeriesSucceedNoMoreOftenThanTheBoundSays() {
    int trials = 200_000;
    SplittableRandom random = new SplittableRandom(3);
    byte[] message = "basis ZXZZXZXX".getBytes(US_ASCII);
    byte[] other = "basis ZXZZXZXZ".getBytes(US_ASCII);
    int blocks = 2;
    int[] differences = new int[256];
    byte[] key = new byte[16];
    for (int i = 0; i < trials; i++) {
      random.nextBytes(key);
      int difference = WegmanCarter.hash(key, message)[0] ^ WegmanCarter.hash(key, other)[0];
      differences[difference & 0xff]++;
    }
    double bound = blocks / 256.0;
    double sigma = Math.sqrt(trials * bound * (1 - bound));
    assertThat(Arrays.stream(differences).max().orElseThrow())
        .isLessThan((int) (trials * bound + 4 * sigma));
    // The other way round: the hash does depend on the key, so no difference is missing.
    assertThat(Arrays.stream(differences).min().orElseThrow()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"1250, -121.68", "125000, -115.07", "1048576, -112.00", "125000000, -105.10"})
  void statesTheForgeryBound(long messageBytes, double log2) {
    double bound = WEGMAN_CARTER.forgeryBound(messageBytes);
    assertThat(Math.log(bound) / Math.log(2))
        .isCloseTo(log2, org.assertj.core.data.Offset.offset(0.02));
  }

  private static OneTimeKey key(byte[] hashKey, byte[] pad) {
    return new OneTimeKey(new KeyIndex(0, 0, 0), hashKey, pad);
  }

  private static byte[] naive(byte[] key, byte[] message) {
    int blocks = (message.length + 15) / 16;
    byte[] padded = Arrays.copyOf(message, 16 * (blocks + 1));
    byte[] bits = BigInteger.valueOf(8L * message.length).toByteArray();
    System.arraycopy(bits, 0, padded, padded.length - bits.length, bits.length);
    BigInteger h = new BigInteger(1, key);
    BigInteger y = BigInteger.ZERO;
    for (int i = 0; i <= blocks; i++) {
      y = times(y.xor(new BigInteger(1, Arrays.copyOfRange(padded, 16 * i, 16 * i + 16))), h);
    }
    byte[] value = y.toByteArray();
    byte[] result = new byte[16];
    for (int i = 0; i < Math.min(16, value.length); i++) {
      result[15 - i] = value[value.length - 1 - i];
    }
    return result;
  }

  private static BigInteger times(BigInteger x, BigInteger y) {
    BigInteger reduction = BigInteger.valueOf(0xe1).shiftLeft(120);
    BigInteger z = BigInteger.ZERO;
    BigInteger v = y;
    for (int i = 127; i >= 0; i--) {
      if (x.testBit(i)) {
        z = z.xor(v);
      }
      boolean carry = v.testBit(0);
      v = v.shiftRight(1);
      if (carry) {
        v = v.xor(reduction);
      }
    }
    return z;
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] concatenate(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
