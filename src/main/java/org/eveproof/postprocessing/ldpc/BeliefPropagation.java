package org.eveproof.postprocessing.ldpc;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the errors that explain a syndrome: the sum-product algorithm, row by row, so that each row
 * already sees what those before it have found out.
 *
 * <p>A belief is the logarithm of the odds that a bit is right, in sixteenths; it is below zero if
 * the bit is likely wrong. A check tells a bit φ⁻¹(Σ φ(|b|)) over its other bits, with φ(x) = −ln
 * tanh(x/2), and the product of their signs. φ and its inverse, which is itself, are tables.
 *
 * @see <a href="https://doi.org/10.1109/SIPS.2004.1363033">Hocevar, A reduced complexity decoder
 *     architecture via layered decoding of LDPC codes (2004)</a>
 */
final class BeliefPropagation {
  /** Beliefs are counted in such parts. */
  private static final int PARTS = 16;

  /** The greatest belief that a check tells apart; above it φ is less than a step. */
  private static final int TOP = 15 * PARTS;

  /** Steps of φ. The sum over a check of degree 200 stays below 2^31. */
  private static final int STEPS = 1 << 21;

  /** Bits of a sum's mantissa that select the entry of the inverse. */
  private static final int MANTISSA = 6;

  private static final int MANTISSA_SHIFT = 23 - MANTISSA;
  private static final int ONE = Float.floatToIntBits(1) >>> MANTISSA_SHIFT;

  /** φ in steps, of beliefs in parts. */
  private static final int[] PHI = new int[TOP + 1];

  /** The inverse in parts, of sums in steps: by exponent and first bits of the mantissa. */
  private static final short[] INVERSE = new short[31 << MANTISSA];

  static {
    for (int belief = 0; belief <= TOP; belief++) {
      // No belief at all would be infinite; a quarter of a part stands for it.
      PHI[belief] = (int) Math.round(STEPS * phi(Math.max(belief, 0.25) / PARTS));
    }
    for (int entry = 0; entry < INVERSE.length; entry++) {
      int middle = ((entry + ONE) << MANTISSA_SHIFT) + (1 << (MANTISSA_SHIFT - 1));
      double sum = Float.intBitsToFloat(middle);
      INVERSE[entry] = (short) Math.min(TOP, Math.round(PARTS * phi(sum / STEPS)));
    }
  }

  private final LdpcCode code;
  private final int mostIterations;
  private final int[] beliefs;

  /** Of one row: the sum of φ for each check, and the product of signs. */
  private final int[] sums;

  private final int[] signs;

  /** What the checks have told the bits last, row by row and block by block. */
  private short[] told = new short[0];

  /**
   * Makes room.
   *
   * @param mostIterations how often each check is looked at before giving up
   */
  BeliefPropagation(LdpcCode code, int mostIterations) {
    this.code = code;
    this.mostIterations = mostIterations;
    this.beliefs = new int[code.bits()];
    this.sums = new int[code.lift()];
    this.signs = new int[code.lift()];
  }

  private static double phi(double x) {
    return -Math.log(Math.tanh(x / 2));
  }

  /**
   * Looks for errors.
   *
   * @param checks rows with together as many blocks as the code
   * @param syndrome parities of the errors, of each row's checks, as signs
   * @param keyBits how many of the code's first bits may be wrong
   * @param errorRate what share of them is, about
   * @return whether {@link #isWrong} fits the syndrome now
   */
  boolean decode(List<CheckRow> checks, int[] syndrome, int keyBits, double errorRate) {
    int channel = (int) Math.round(PARTS * Math.log((1 - errorRate) / errorRate));
    Arrays.fill(beliefs, 0, keyBits, channel);
    Arrays.fill(beliefs, keyBits, beliefs.length, 4 * TOP);
    int blocks = checks.stream().mapToInt(CheckRow::degree).sum();
    Arrays.fill(told, (short) 0);
    told = told.length == blocks * code.lift() ? told : new short[blocks * code.lift()];
    for (int iteration = 0; iteration < mostIterations; iteration++) {
      int at = 0;
      for (int r = 0; r < checks.size(); r++) {
        update(checks.get(r), syndrome, r * code.lift(), at);
        at += checks.get(r).degree() * code.lift();
      }
      if (fits(checks, syndrome)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a bit is found wrong. */
  boolean isWrong(int bit) {
    return beliefs[bit] < 0;
  }

  void wipe() {
    Arrays.fill(beliefs, 0);
    Arrays.fill(sums, 0);
    Arrays.fill(signs, 0);
    Arrays.fill(told, (short) 0);
  }

  private boolean fits(List<CheckRow> checks, int[] syndrome) {
    for (int r = 0; r < checks.size(); r++) {
      System.arraycopy(syndrome, r * code.lift(), signs, 0, code.lift());
      Parities.add(checks.get(r), beliefs, signs, 0, code.lift());
      int any = 0;
      for (int sign : signs) {
        any |= sign;
      }
      if (any < 0) {
        return false;
      }
    }
    return true;
  }

  private void update(CheckRow row, int[] syndrome, int check, int message) {
    int lift = code.lift();
    Arrays.fill(sums, 0);
    System.arraycopy(syndrome, check, signs, 0, lift);
    int at = message;
    for (CheckRow.Block block : row.blocks()) {
      int start = block.column() * lift;
      int shift = block.shift();
      gather(beliefs, start + shift, told, at, sums, signs, 0, lift - shift);
      gather(beliefs, start, told, at + lift - shift, sums, signs, lift - shift, shift);
      at += lift;
    }
    at = message;
    for (CheckRow.Block block : row.blocks()) {
      int start = block.column() * lift;
      int shift = block.shift();
      tell(beliefs, start + shift, told, at, sums, signs, 0, lift - shift);
      tell(beliefs, start, told, at + lift - shift, sums, signs, lift - shift, shift);
      at += lift;
    }
  }

  /** Takes back what the checks told the bits before, and sums up what is left. */
  private static void gather(
      int[] beliefs, int bit, short[] told, int at, int[] sums, int[] signs, int check, int count) {
    for (int i = 0; i < count; i++) {
      int belief = beliefs[bit + i] - told[at + i];
      beliefs[bit + i] = belief;
      sums[check + i] += PHI[Math.min(TOP, Math.abs(belief))];
      signs[check + i] ^= belief;
    }
  }

  /** Tells each bit what the others of its check say. */
  private static void tell(
      int[] beliefs, int bit, short[] told, int at, int[] sums, int[] signs, int check, int count) {
    for (int i = 0; i < count; i++) {
      int belief = beliefs[bit + i];
      int others = sums[check + i] - PHI[Math.min(TOP, Math.abs(belief))];
      int entry = (Float.floatToRawIntBits(Math.max(1, others)) >>> MANTISSA_SHIFT) - ONE;
      int sign = (signs[check + i] ^ belief) >> 31;
      int message = (INVERSE[entry] ^ sign) - sign;
      told[at + i] = (short) message;
      beliefs[bit + i] = belief + message;
    }
  }
}
