package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The fast product, its transform and its products of elements, each against the school method. */
class CyclicProductProperties {

  @Property(tries = 200)
  void theTransformIsTakenBack(
      @ForAll @IntRange(min = 0, max = 5) int stages,
      @ForAll @IntRange(min = 1, max = 7) int times,
      @ForAll long seed) {
    int count = (int) Math.pow(3, stages);
    TernaryTransform transform = random(count, Math.max(1, count / 3) * times, seed);
    long[][] before = elements(transform);
    transform.forward();
    transform.inverse();
    assertThat(elements(transform)).isDeepEqualTo(before);
  }

  /** The first value is the sum of all elements: a one among the roots of unity is 1 itself. */
  @Property(tries = 50)
  void theFirstValueIsTheSum(@ForAll @IntRange(min = 1, max = 200) int times, @ForAll long seed) {
    TernaryTransform transform = random(9, 3 * times, seed);
    long[] sum = new long[transform.low(0).length];
    for (int e = 0; e < 9; e++) {
      for (int w = 0; w < sum.length; w++) {
        sum[w] ^= transform.low(e)[w];
      }
    }
    transform.forward();
    assertThat(transform.low(0)).isEqualTo(sum);
  }

  @Property(tries = 100)
  void elementsAreMultipliedAsPolynomials(
      @ForAll @IntRange(min = 1, max = 300) int bits, @ForAll long seed) {
    TernaryTransform a = random(3, bits, seed);
    TernaryTransform b = random(3, bits, seed + 1);
    boolean[][] expected = new boolean[3][];
    for (int e = 0; e < 3; e++) {
      expected[e] = schoolProduct(coefficients(a, e), coefficients(b, e), bits);
    }
    new LaneProducts(bits).multiply(a, b);
    for (int e = 0; e < 3; e++) {
      assertThat(coefficients(a, e)).isEqualTo(expected[e]);
    }
  }

  /** More elements than lanes, so that the last lanes are filled in part. */
  @Example
  void everyPairIsMultiplied() {
    TernaryTransform a = random(729, 70, 1);
    TernaryTransform b = random(729, 70, 2);
    boolean[] last = schoolProduct(coefficients(a, 728), coefficients(b, 728), 70);
    new LaneProducts(70).multiply(a, b);
    assertThat(coefficients(a, 728)).isEqualTo(last);
  }

  @Example
  void nothingIsLeftOfTheFactors() {
    TernaryTransform transform = random(27, 90, 3);
    transform.forward();
    transform.wipe();
    for (long[] element : elements(transform)) {
      assertThat(element).containsOnly(0);
    }
  }

  /** Modulo x^2L + x^L + 1, coefficient by coefficient. */
  private static boolean[] schoolProduct(boolean[] a, boolean[] b, int bits) {
    boolean[] product = new boolean[4 * bits];
    for (int i = 0; i < 2 * bits; i++) {
      for (int j = 0; j < 2 * bits; j++) {
        product[i + j] ^= a[i] && b[j];
      }
    }
    for (int i = 4 * bits - 1; i >= 2 * bits; i--) {
      product[i - bits] ^= product[i];
      product[i - 2 * bits] ^= product[i];
    }
    return Arrays.copyOf(product, 2 * bits);
  }

  private static boolean[] coefficients(TernaryTransform transform, int element) {
    int bits = transform.bits();
    boolean[] coefficients = new boolean[2 * bits];
    for (int i = 0; i < bits; i++) {
      coefficients[i] = (transform.low(element)[i >> 6] >>> i & 1) != 0;
      coefficients[bits + i] = (transform.high(element)[i >> 6] >>> i & 1) != 0;
    }
    return coefficients;
  }

  private static long[][] elements(TernaryTransform transform) {
    long[][] elements = new long[2 * transform.count()][];
    for (int e = 0; e < transform.count(); e++) {
      elements[2 * e] = transform.low(e).clone();
      elements[2 * e + 1] = transform.high(e).clone();
    }
    return elements;
  }

  private static TernaryTransform random(int count, int bits, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TernaryTransform transform = new TernaryTransform(count, bits);
    for (int e = 0; e < count; e++) {
      for (int i = 0; i < bits; i++) {
        transform.low(e)[i >> 6] |= (random.nextInt() & 1L) << i;
        transform.high(e)[i >> 6] |= (random.nextInt() & 1L) << i;
      }
    }
    return transform;
  }
}
