package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ResidueTest {
  private static final BigInteger PRIME = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);
  private static final long[] LOW = {0, 1, (1L << 56) - 1, 1L << 56, (1L << 57) + 12345};
  private static final long[] MIDDLE = {0, 255, (1L << 56) - 1, 1L << 56, (1L << 57) + 300};
  private static final long[] HIGH = {
    0, 1, (1L << 14) - 1, 1 << 14, (1L << 15) - 1, 1 << 15, (1 << 16) + (1 << 11)
  };

  @Test
  void multipliesWhateverProductsLeave() {
    List<Residue> all = extremes();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      all.add(
          new Residue(
              random.nextLong(1L << 57), random.nextLong(1L << 57), random.nextLong(1L << 16)));
    }
    for (Residue factor : all) {
      Multiplier multiplier = new Multiplier(factor);
      for (int i = 0; i < 40; i++) {
        Residue other = all.get(random.nextInt(all.size()));
        assertThat(value(other.copy().multiply(multiplier)))
            .isEqualTo(value(other).multiply(value(factor)).mod(PRIME));
      }
    }
  }

  /** Products of products, for the digits that they leave. */
  @Test
  void productsCanBeMultipliedAgain() {
    for (Residue factor : extremes()) {
      Multiplier multiplier = new Multiplier(factor);
      Residue power = factor.copy();
      BigInteger expected = value(factor);
      for (int i = 0; i < 40; i++) {
        power.multiply(multiplier);
        expected = expected.multiply(value(factor)).mod(PRIME);
        assertThat(value(power)).isEqualTo(expected);
        assertThat(power.low()).isBetween(0L, 1L << 56);
        assertThat(power.middle()).isBetween(0L, (1L << 57) + 300);
        assertThat(power.high()).isBetween(0L, (1L << 16) + (1L << 11));
      }
    }
  }

  @Test
  void shiftsAndReduces() {
    for (Residue each : extremes()) {
      assertThat(value(each.copy().reduce().shift()))
          .isEqualTo(value(each).multiply(BigInteger.TWO.pow(56)).mod(PRIME));
      assertThat(exact(each.copy().reduce())).isEqualTo(value(each));
    }
  }

  /** The numbers around p, 2^127 and 2p: p itself is 0. */
  @Test
  void reducesToTheLeastNumber() {
    for (int multiple = 0; multiple <= 2; multiple++) {
      for (int distance = -3; distance <= 3; distance++) {
        BigInteger number =
            PRIME.multiply(BigInteger.valueOf(multiple)).add(BigInteger.valueOf(distance));
        if (number.signum() >= 0 && number.bitLength() <= 128) {
          assertThat(exact(Residue.of(bytes(number)).reduce())).isEqualTo(number.mod(PRIME));
        }
      }
    }
  }

  @Test
  void addsModulo128Bits() {
    for (Residue each : extremes()) {
      for (BigInteger pad :
          List.of(
              BigInteger.ZERO,
              BigInteger.ONE,
              PRIME,
              PRIME.add(BigInteger.ONE),
              PRIME.shiftLeft(1),
              BigInteger.TWO.pow(128).subtract(BigInteger.ONE))) {
        assertThat(new BigInteger(1, each.copy().plusModulo128(bytes(pad))))
            .isEqualTo(value(each).add(pad).mod(BigInteger.TWO.pow(128)));
      }
    }
  }

  /**
   * The most that is summed before a reduction, with halves of the factor as far out as they go.
   */
  @Test
  void aGroupOfProductsDoesNotOverflow() {
    long digit = (1L << 56) - 1;
    Residue first = new Residue(2 * digit, 3 * digit - 111, (1 << 16) + (1 << 11));
    List<Residue> factors = extremes();
    for (int power = 0; power < 127; power++) {
      for (int distance = -1; distance <= 1; distance++) {
        BigInteger number = BigInteger.TWO.pow(power).add(BigInteger.valueOf(distance));
        factors.add(Residue.of(bytes(number)));
        factors.add(Residue.of(bytes(number.multiply(BigInteger.TWO.pow(71)).mod(PRIME))));
        factors.add(Residue.of(bytes(PRIME.subtract(number))));
      }
    }
    for (Residue factor : factors) {
      Multiplier m = new Multiplier(factor);
      long others = PolynomialHash.GROUP - 1;
      long a0 = m.lowerOfEven(first.low(), first.middle(), first.high());
      long a1 = m.upperOfEven(first.low(), first.middle(), first.high());
      long b0 = m.lowerOfOdd(first.low(), first.middle(), first.high());
      long b1 = m.upperOfOdd(first.low(), first.middle(), first.high());
      long top = m.ofTop(first.low(), first.middle(), first.high());
      for (int i = 0; i < others; i++) {
        a0 += m.lowerOfEven(digit, digit);
        a1 += m.upperOfEven(digit, digit);
        b0 += m.lowerOfOdd(digit, digit);
        b1 += m.upperOfOdd(digit, digit);
        top += m.ofTop(digit, digit);
      }
      BigInteger block = BigInteger.TWO.pow(112).subtract(BigInteger.ONE);
      assertThat(
              value(
                  new Residue(
                      Multiplier.low(a0, b0, b1, top),
                      Multiplier.middle(a0, a1, b0, b1, top),
                      Multiplier.high(a0, a1, b0, top))))
          .isEqualTo(
              block
                  .multiply(BigInteger.valueOf(others))
                  .add(value(first))
                  .multiply(value(factor))
                  .mod(PRIME));
    }
  }

  private static List<Residue> extremes() {
    List<Residue> all = new ArrayList<>();
    for (long low : LOW) {
      for (long middle : MIDDLE) {
        for (long high : HIGH) {
          all.add(new Residue(low, middle, high));
        }
      }
    }
    return all;
  }

  private static BigInteger exact(Residue residue) {
    return BigInteger.valueOf(residue.low())
        .add(BigInteger.valueOf(residue.middle()).shiftLeft(56))
        .add(BigInteger.valueOf(residue.high()).shiftLeft(112));
  }

  private static BigInteger value(Residue residue) {
    return exact(residue).mod(PRIME);
  }

  private static byte[] bytes(BigInteger number) {
    byte[] digits = number.toByteArray();
    byte[] result = new byte[16];
    int length = Math.min(16, digits.length);
    System.arraycopy(digits, digits.length - length, result, 16 - length, length);
    return result;
  }
}
