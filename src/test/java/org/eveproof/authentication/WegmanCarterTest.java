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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WegmanCarterTest {
  private static final WegmanCarter WEGMAN_CARTER = new WegmanCarter();
  private static final byte[] H = hex("000102030405060708090a0b0c0d0e0f");
  private static final byte[] PAD = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QKD | 46a71239eee198100b4b92a23c2215d6",
        "0123456789abcdef | 150d251c6bca816d6dfabb210753309f",
        "sift:1,0,1,1;basis:ZXZX;round=7 | 38ae53108369d7bc3ca05ec25623efe4"
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

  /** Integers of any size, on the definition: all lengths up to 24 groups. */
  @Test
  void agreesWithTheDefinition() {
    Random random = new Random(1);
    for (int length = 1; length <= 2020; length++) {
      byte[] key = bytes(random, 16);
      byte[] pad = bytes(random, 16);
      byte[] message = bytes(random, length);
      assertThat(tag(key, pad, message)).isEqualTo(defined(key, pad, message));
    }
    byte[] key = bytes(random, 16);
    byte[] message = bytes(random, 300_007);
    assertThat(tag(key, PAD, message)).isEqualTo(defined(key, PAD, message));
  }

  /** Digits, carries and sums as great or as small as they get. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000000000000000",
        "00000000000000000000000000000001",
        "00ffffffffffffff0000000000000000",
        "3fffffffffffffffffffffffffffffff",
        "40000000000000000000000000000000",
        "7fffffffffffffff7fffffffffffffff",
        "7fffffffffffffff8000000000000000",
        "7ffffffffffffffffffffffffffffffd",
        "7ffffffffffffffffffffffffffffffe",
        "7fffffffffffffffffffffffffffffff",
        "80000000000000000000000000000000",
        "80000000000000000000000000000001",
        "fffffffffffffffffffffffffffffffd",
        "fffffffffffffffffffffffffffffffe",
        "ffffffffffffffffffffffffffffffff"
      })
  void agreesWithTheDefinitionAtTheExtremes(String extreme) {
    byte[] key = hex(extreme);
    for (int length : IntStream.rangeClosed(1, 500).toArray()) {
      byte[] zeros = new byte[length];
      byte[] ones = new byte[length];
      Arrays.fill(ones, (byte) 0xff);
      assertThat(tag(key, PAD, ones)).isEqualTo(defined(key, PAD, ones));
      assertThat(tag(key, key, zeros)).isEqualTo(defined(key, key, zeros));
      assertThat(tag(PAD, key, ones)).isEqualTo(defined(PAD, key, ones));
    }
  }

  /** Each block, at each place in its group, is hashed with its own power of the key. */
  @Test
  void everyBitOfAMessageCounts() {
    int length = 3 * PolynomialHash.GROUP * PolynomialHash.BLOCK + 20;
    Random random = new Random(4);
    byte[] message = bytes(random, length);
    byte[] key = bytes(random, 16);
    byte[] before = tag(key, PAD, message);
    for (int bit = 0; bit < 8 * length; bit++) {
      message[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(tag(key, PAD, message)).isEqualTo(defined(key, PAD, message)).isNotEqualTo(before);
      message[bit / 8] ^= (byte) (1 << bit % 8);
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
      int difference = tag(key, PAD, message)[15] - tag(key, PAD, other)[15];
      differences[difference & 0xff]++;
    }
    double bound = blocks / 256.0;
    double sigma = Math.sqrt(trials * bound * (1 - bound));
    assertThat(Arrays.stream(differences).max().orElseThrow())
        .isLessThan((int) (trials * bound + 4 * sigma));
    // The other way round: the hash does depend on the key, so no difference is missing.
    assertThat(Arrays.stream(differences).min().orElseThrow()).isPositive();
  }

  /** All bits of a hash key count: it is a number modulo the prime. */
  @Test
  void keysAgreeThatAreCongruent() {
    byte[] message = "basis ZXZZXZXX".getBytes(US_ASCII);
    assertThat(tag(hex("00000000000000000000000000000005"), PAD, message))
        .isEqualTo(tag(hex("80000000000000000000000000000004"), PAD, message))
        .isNotEqualTo(tag(hex("80000000000000000000000000000005"), PAD, message));
    assertThat(tag(hex("00000000000000000000000000000001"), PAD, message))
        .isEqualTo(tag(hex("80000000000000000000000000000000"), PAD, message))
        .isEqualTo(tag(hex("ffffffffffffffffffffffffffffffff"), PAD, message));
  }

  @ParameterizedTest
  @CsvSource({"1250, -120.48", "125000, -113.88", "1048576, -110.81", "125000000, -103.91"})
  void statesTheForgeryBound(long messageBytes, double log2) {
    double bound = WEGMAN_CARTER.forgeryBound(messageBytes);
    assertThat(Math.log(bound) / Math.log(2))
        .isCloseTo(log2, org.assertj.core.data.Offset.offset(0.02));
  }

  /** Blocks have 14 bytes, and the length is one more; all bounds are multiples of a power of 2. */
  @Test
  void countsTheLengthBlockAndOneMore() {
    assertThat(WEGMAN_CARTER.forgeryBound(1)).isEqualTo(3 * 0x1p-127);
    assertThat(WEGMAN_CARTER.forgeryBound(14)).isEqualTo(3 * 0x1p-127);
    assertThat(WEGMAN_CARTER.forgeryBound(15)).isEqualTo(4 * 0x1p-127);
  }

  private static OneTimeKey key(byte[] hashKey, byte[] pad) {
    return new OneTimeKey(new KeyIndex(0, 0, 0), hashKey, pad);
  }

  private static byte[] tag(byte[] hashKey, byte[] pad, byte[] message) {
    try (OneTimeKey key = key(hashKey, pad)) {
      return WEGMAN_CARTER.tag(key, message);
    }
  }

  /** The tag by its definition. */
  private static byte[] defined(byte[] hashKey, byte[] pad, byte[] message) {
    BigInteger prime = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);
    BigInteger h = new BigInteger(1, hashKey);
    BigInteger hash = BigInteger.ZERO;
    for (int at = 0; at < message.length; at += 14) {
      BigInteger block = new BigInteger(1, Arrays.copyOfRange(message, at, at + 14));
      hash = hash.add(block).multiply(h).mod(prime);
    }
    hash = hash.add(BigInteger.valueOf(8L * message.length)).multiply(h).mod(prime);
    byte[] tag = hash.add(new BigInteger(1, pad)).mod(BigInteger.TWO.pow(128)).toByteArray();
    byte[] result = new byte[16];
    int length = Math.min(16, tag.length);
    System.arraycopy(tag, tag.length - length, result, 16 - length, length);
    return result;
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
