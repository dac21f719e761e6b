package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/** Verification hash and privacy amplification. */
class HashingProperties {

  @Property(tries = 400)
  void fastAmplificationIsTheMatrixProduct(
      @ForAll @IntRange(min = 1, max = 2500) int n, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    assertAmplifiesLikeTheMatrix(n, 1 + random.nextInt(n), random);
  }

  @Example
  void fastAmplificationIsTheMatrixProductWhereTransformsAreLarge() {
    assertAmplifiesLikeTheMatrix(30_011, 9_973, new SplittableRandom(1));
    assertAmplifiesLikeTheMatrix(20_000, 20_000, new SplittableRandom(2));
    assertAmplifiesLikeTheMatrix(70_000, 65, new SplittableRandom(3));
  }

  @Example
  void agreesWithVectorsMadeElsewhere() throws GeneralSecurityException {
    assertThat(amplify(Bits.parse("1011001110001111"), Bits.parse("01101001100101101001011"), 8))
        .isEqualTo(Bits.parse("11010000"));
    // n = 1024, l = 400; key and seed are counter streams of SHA-256 with the tags 'x' and 'r'.
    Bits secret = amplify(stream('x', 1024), stream('r', 1423), 400);
    assertThat(HexFormat.of().formatHex(sha256(secret.toBytes())))
        .isEqualTo("73b29127789c87ae9072ec180d66f534bd8d2bedfd03d16ebe34ca1442df2ff3");
  }

  /** The shorter seed of (I|V), V a Toeplitz matrix: of it the product with V is ours. */
  @Example
  void agreesWithVectorsOfTheModifiedMatrix() throws GeneralSecurityException {
    assertThat(modified(Bits.parse("1011001110001111"), Bits.parse("011010011001011"), 8))
        .isEqualTo(Bits.parse("00101000"));
    Bits secret = modified(stream('x', 1024), stream('s', 1023), 400);
    assertThat(HexFormat.of().formatHex(sha256(secret.toBytes())))
        .isEqualTo("b8eafff8db159bad4cde5243bb497918df32b1fdf8acf499d0d1dd3f8fc0f9a8");
  }

  private static Bits modified(Bits key, Bits seed, int length) {
    return key.slice(0, length).xor(amplify(key.slice(length, key.length()), seed, length));
  }

  @Example
  void theFamilyIsUniversal() {
    // n = 6, l = 3: over all 2^8 seeds no non-zero difference collides more often than 2^-3.
    for (int difference = 1; difference < 64; difference++) {
      int key = difference;
      int collisions = 0;
      for (int r = 0; r < 256; r++) {
        int seed = r;
        Bits image =
            amplify(Bits.of(6, i -> (key >> i & 1) != 0), Bits.of(8, i -> (seed >> i & 1) != 0), 3);
        collisions += image.ones() == 0 ? 1 : 0;
      }
      assertThat(collisions).isLessThanOrEqualTo(256 / 8);
    }
  }

  @Example
  void aMillionBitsAreAmplified() {
    SplittableRandom random = new SplittableRandom(4);
    Bits key = random(1_000_000, random);
    Bits seed = random(1_299_999, random);
    Bits secret = amplify(key, seed, 300_000);
    assertThat(secret.ones()).isBetween(148_500, 151_500);
    for (int i : new int[] {0, 1, 63, 64, 150_001, 299_998, 299_999}) {
      int row = i;
      long ones =
          IntStream.range(0, 1_000_000)
              .filter(j -> key.get(j) && seed.get(row - j + 999_999))
              .count();
      assertThat(secret.get(i)).isEqualTo(ones % 2 != 0);
    }
  }

  @Example
  void theHashIsThatOfGcm() {
    // NIST SP 800-38D test case 2: H, ciphertext block, length block.
    Bits seed = bits("66e94bd4ef8a2c3b884cfa59ca342b2e");
    Bits key = bits("0388dace60b6a392f328c2b971b2fe7800000000000000000000000000000080");
    Bits hash = bits("f38cbb1ad69223dcc3457ae5b6b0f885");
    try (SecretBits secret = SecretBits.copyOf(key)) {
      assertThat(new ErrorVerification(128).hash(secret, seed)).isEqualTo(hash);
      assertThat(new ErrorVerification(50).hash(secret, seed)).isEqualTo(hash.slice(0, 50));
    }
  }

  /** Tags of GHASH under a pad, of messages with their length behind them. */
  @Example
  void ghashUnderAPadIsThatOfOthers() {
    Bits pad = bits("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    Map.of(
            "QKD", "214f9902e2580afa00b5bd6fff0457a6",
            "0123456789abcdef", "ef765a16947b6818a22e601bb1f52b52",
            "sift:1,0,1,1;basis:ZXZX;round=7", "77655cd24843299e5831e6c902cd0e5b")
        .forEach(
            (message, tag) -> {
              byte[] text = message.getBytes(StandardCharsets.US_ASCII);
              ByteBuffer blocks = ByteBuffer.allocate((text.length + 15) / 16 * 16 + 16);
              blocks.put(text).putLong(blocks.capacity() - 8, 8L * text.length);
              try (SecretBits secret =
                  SecretBits.copyOf(bits(HexFormat.of().formatHex(blocks.array())))) {
                assertThat(
                        new ErrorVerification(128)
                            .hash(secret, bits("000102030405060708090a0b0c0d0e0f"))
                            .xor(pad))
                    .isEqualTo(bits(tag));
              }
            });
  }

  @Property(tries = 200)
  void theHashIsTheSumOfMultiplesOfPowersOfTheSeed(
      @ForAll @IntRange(min = 1, max = 1000) int length, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bits key = random(length, random);
    Bits point = random(128, random);
    Bits sum = Bits.of(128, i -> false);
    for (int block = 0; block < length; block += 128) {
      int from = block;
      Bits next = Bits.of(128, i -> from + i < length && key.get(from + i));
      sum = product(sum.xor(next), point);
    }
    try (SecretBits secret = SecretBits.copyOf(key)) {
      assertThat(new ErrorVerification(128).hash(secret, point)).isEqualTo(sum);
    }
  }

  /** Horner's rule over the coefficients of b, highest first. */
  private static Bits product(Bits a, Bits b) {
    Bits reduction = Bits.of(128, i -> i == 0 || i == 1 || i == 2 || i == 7);
    Bits sum = Bits.of(128, i -> false);
    for (int i = 127; i >= 0; i--) {
      boolean carry = sum.get(127);
      Bits doubled = Bits.parse("0").append(sum.slice(0, 127));
      sum = carry ? doubled.xor(reduction) : doubled;
      sum = b.get(i) ? sum.xor(a) : sum;
    }
    return sum;
  }

  @Property(tries = 300)
  void oneBitOfDifferenceIsFoundAndEqualKeysPass(
      @ForAll @IntRange(min = 1, max = 1000) int length, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bits key = random(length, random);
    Bits point = random(128, random);
    int wrong = random.nextInt(length);
    ErrorVerification verification = ErrorVerification.forEpsilon(length, 1e-15);
    try (SecretBits alice = SecretBits.copyOf(key);
        SecretBits same = SecretBits.copyOf(key);
        SecretBits other = SecretBits.copyOf(Bits.of(length, i -> key.get(i) != (i == wrong)))) {
      Bits hash = verification.hash(alice, point);
      assertThat(verification.accepts(same, point, hash)).isTrue();
      assertThat(verification.accepts(other, point, hash)).isFalse();
      assertThat(verification.accepts(same, point, hash.append(Bits.parse("0")))).isFalse();
    }
  }

  @Example
  void shortHashesCollideNoMoreOftenThanStated() {
    SplittableRandom random = new SplittableRandom(7);
    ErrorVerification verification = new ErrorVerification(6);
    Bits zero = Bits.of(300, i -> false);
    Bits difference = random(300, random);
    int collisions = 0;
    int seeds = 20_000;
    try (SecretBits a = SecretBits.copyOf(zero);
        SecretBits b = SecretBits.copyOf(difference)) {
      for (int s = 0; s < seeds; s++) {
        Bits point = random(128, random);
        collisions += verification.accepts(b, point, verification.hash(a, point)) ? 1 : 0;
      }
    }
    assertThat(verification.epsilon(300)).isEqualTo(3.0 / 64);
    assertThat((double) collisions / seeds).isLessThan(3.0 / 64);
  }

  @Example
  void theHashIsAsLongAsItsEpsilonDemands() {
    assertThat(ErrorVerification.forEpsilon(1_000_000, 1e-15)).isEqualTo(new ErrorVerification(63));
    assertThat(new ErrorVerification(128).epsilon(1_000_000)).isBetween(2.2e-35, 2.4e-35);
    assertThatThrownBy(() -> ErrorVerification.forEpsilon(100, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ErrorVerification(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void lengthsThatDoNotFitAreRefused() {
    Bits key = Bits.of(10, i -> false);
    for (int length : new int[] {0, 11}) {
      assertThatThrownBy(() -> amplify(key, Bits.of(9 + length, i -> false), length))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> amplify(key, Bits.of(13, i -> false), 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertAmplifiesLikeTheMatrix(int n, int length, SplittableRandom random) {
    Bits key = random(n, random);
    Bits seed = random(n + length - 1, random);
    assertThat(amplify(key, seed, length)).isEqualTo(matrixProduct(key, seed, length));
  }

  /** Sums, for each one of the key, a column of the matrix: T[i][j] = r[i - j + n - 1]. */
  private static Bits matrixProduct(Bits key, Bits seed, int length) {
    int n = key.length();
    Bits sum = Bits.of(length, i -> false);
    for (int j = 0; j < n; j++) {
      if (key.get(j)) {
        sum = sum.xor(seed.slice(n - 1 - j, n - 1 - j + length));
      }
    }
    return sum;
  }

  private static Bits amplify(Bits key, Bits seed, int length) {
    try (SecretBits secret = SecretBits.copyOf(key);
        SecretBits result = PrivacyAmplification.amplify(secret, seed, length)) {
      return Bits.ofWords(result.toWords(), length);
    }
  }

  private static Bits stream(char tag, int length) throws GeneralSecurityException {
    ByteBuffer bytes = ByteBuffer.allocate((length + 7) / 8 + 32);
    for (int counter = 0; bytes.remaining() >= 32; counter++) {
      bytes.put(sha256(ByteBuffer.allocate(5).put((byte) tag).putInt(counter).array()));
    }
    byte[] packed = Arrays.copyOf(bytes.array(), (length + 7) / 8);
    return Bits.fromBytes(packed, packed.length * 8).slice(0, length);
  }

  private static byte[] sha256(byte[] input) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(input);
  }

  private static Bits bits(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return Bits.fromBytes(bytes, bytes.length * 8);
  }

  private static Bits random(int length, SplittableRandom random) {
    return Bits.of(length, i -> random.nextBoolean());
  }
}
