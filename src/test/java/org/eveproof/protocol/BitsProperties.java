package org.eveproof.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BitsProperties {
  @Property(tries = 300)
  void operationsAgreeWithTheirDefinitionsBitByBit(
      @ForAll @IntRange(max = 200) int length, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bits a = Bits.of(length, i -> random.nextBoolean());
    Bits b = Bits.of(length, i -> random.nextBoolean());
    int from = random.nextInt(length + 1);
    int to = from + random.nextInt(length - from + 1);

    assertThat(a.slice(from, to)).isEqualTo(Bits.of(to - from, i -> a.get(from + i)));
    assertThat(a.xor(b)).isEqualTo(Bits.of(length, i -> a.get(i) != b.get(i)));
    assertThat(a.not()).isEqualTo(Bits.of(length, i -> !a.get(i)));
    assertThat(a.append(b))
        .isEqualTo(Bits.of(2 * length, i -> i < length ? a.get(i) : b.get(i - length)));
    int[] chosen = IntStream.range(0, length).filter(b::get).toArray();
    assertThat(a.select(b)).isEqualTo(Bits.of(chosen.length, i -> a.get(chosen[i])));
    assertThat(b.ones()).isEqualTo(chosen.length);
    assertThat(a.select(b).spread(b)).isEqualTo(Bits.of(length, i -> a.get(i) && b.get(i)));
    assertThat(Bits.fromBytes(a.toBytes(), length)).isEqualTo(a);
    assertThat(Bits.ofWords(a.toWords(), length)).isEqualTo(a);
    if (length <= 64) {
      assertThat(Bits.parse(a.toString())).isEqualTo(a);
    }
  }

  @Property(tries = 200)
  void bitsAreChosenAndSpreadHoweverDenseTheMask(
      @ForAll @IntRange(max = 700) int length,
      @ForAll @IntRange(max = 64) int density,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bits bits = Bits.of(length, i -> random.nextBoolean());
    Bits mask = Bits.of(length, i -> random.nextInt(64) < density);
    int[] chosen = IntStream.range(0, length).filter(mask::get).toArray();
    Bits selected = Bits.of(chosen.length, i -> bits.get(chosen[i]));
    assertThat(bits.select(mask)).isEqualTo(selected);
    assertThat(selected.spread(mask)).isEqualTo(Bits.of(length, i -> mask.get(i) && bits.get(i)));
    assertThatThrownBy(() -> selected.append(Bits.parse("1")).spread(mask))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Masks are looked at in parts of many words. */
  @Property(tries = 10)
  void bitsOfLongVectorsAreChosenAndSpread(
      @ForAll @IntRange(min = 16_000, max = 50_000) int length, @ForAll long seed) {
    bitsAreChosenAndSpreadHoweverDenseTheMask(length, (int) (seed & 63), seed);
  }

  @Property(tries = 200)
  void theFirstBitIsTheTopBitOfTheFirstByte(
      @ForAll @IntRange(max = 200) int length, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bits bits = Bits.of(length, i -> random.nextBoolean());
    byte[] bytes = new byte[(length + 7) / 8];
    for (int i = 0; i < length; i++) {
      bytes[i / 8] |= (byte) (bits.get(i) ? 0x80 >>> i % 8 : 0);
    }
    assertThat(bits.toBytes()).isEqualTo(bytes);
    assertThat(Bits.fromBytes(bytes, length)).isEqualTo(bits);
  }

  @Property(tries = 200)
  void secretBitsHoldWhatPublicBitsHold(
      @ForAll @IntRange(min = 1, max = 200) int length, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bits plain = Bits.of(length, i -> random.nextBoolean());
    Bits mask = Bits.of(length, i -> random.nextBoolean());
    int flipped = random.nextInt(length);
    try (SecretBits secret = SecretBits.copyOf(plain);
        SecretBits copy = SecretBits.fromBytes(plain.toBytes(), length);
        SecretBits other = SecretBits.copyOf(Bits.of(length, i -> plain.get(i) != (i == flipped)));
        SecretBits selected = secret.select(mask);
        SecretBits selectedPlain = SecretBits.copyOf(plain.select(mask))) {
      assertThat(secret.sameAs(copy)).isTrue();
      assertThat(secret.sameAs(other)).isFalse();
      assertThat(secret.toBytes()).isEqualTo(plain.toBytes());
      assertThat(secret.disclose(mask)).isEqualTo(plain.select(mask));
      assertThat(selected.sameAs(selectedPlain)).isTrue();
      assertThat(secret.toString()).isEqualTo("SecretBits[" + length + " bits]");
    }
  }

  @Property(tries = 200)
  void subsetsHaveTheirSize(@ForAll @IntRange(max = 300) int size, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int chosen = random.nextInt(size + 1);
    assertThat(SecretRandom.simulated(random).subset(size, chosen).ones()).isEqualTo(chosen);
    assertThatThrownBy(() -> SecretRandom.secure().subset(size, size + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
