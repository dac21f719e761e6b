package org.eveproof.postprocessing.ldpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * What both parties know before the reconciliation starts: the code, and how many parities Alice
 * discloses at first and for blocks that Bob has not decoded yet.
 *
 * <p>The first message has about 1.09 times the Shannon limit n·h(Q), and 1.16 times at Q = 1 %,
 * which is mostly enough for blocks of 10<sup>5</sup> bits if Q is their error rate. The second and
 * the third, of 4 % and 16 % of the first, make up for more errors than expected; so there are
 * three round trips at most.
 *
 * <p>Blocks below {@value #SHORT_BITS} bits vary more and decode worse: their first message has
 * 0.05·n·h(Q) more, and the others 6 % and 44 % of it. Where Q is the error rate, at most three of
 * 1,000 blocks failed in each run of {@code eveproof reconcile} at 8,192, 20,000 and 100,000 bits
 * with Q = 1, 2, 3 and 5 %.
 */
public final class LdpcPlan {
  /** Shortest key, in bits; a shorter one would not make a sparse graph. */
  public static final int LEAST_BITS = 8192;

  /** Longest key, in bits. */
  public static final int MOST_BITS = 1 << 20;

  /** Lowest error rate. */
  public static final double LEAST_ERROR_RATE = 0.005;

  /** Highest error rate; above it BB84 makes no key. */
  public static final double MOST_ERROR_RATE = 0.11;

  /** Length, in bits, from which on the first message needs no more than {@link #opening}. */
  static final int SHORT_BITS = 1 << 15;

  private static final double SHORT_OPENING = 0.05;

  private static final int COLUMNS = 512;

  private static final long SEED = 1;

  private static final int MOST_CODES = 64;

  /** The codes that were used last, since one takes a second or so to build. */
  private static final Map<List<Integer>, LdpcCode> CODES =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Integer>, LdpcCode> eldest) {
          return size() > MOST_CODES;
        }
      };

  private final LdpcCode code;
  private final int keyBits;
  private final double errorRate;

  /** Rows disclosed after each of Alice's messages. */
  private final List<Integer> rows;

  LdpcPlan(LdpcCode code, int keyBits, double errorRate, List<Integer> rows) {
    this.code = code;
    this.keyBits = keyBits;
    this.errorRate = errorRate;
    this.rows = List.copyOf(rows);
  }

  /**
   * Returns the plan for a key.
   *
   * @param keyBits length of the key, {@value #LEAST_BITS} to {@value #MOST_BITS}
   * @param errorRate Q, expected error rate of the key, {@value #LEAST_ERROR_RATE} to {@value
   *     #MOST_ERROR_RATE}
   * @throws IllegalArgumentException if one of them is out of range
   */
  public static LdpcPlan of(int keyBits, double errorRate) {
    if (keyBits < LEAST_BITS
        || keyBits > MOST_BITS
        || !(errorRate >= LEAST_ERROR_RATE && errorRate <= MOST_ERROR_RATE)) {
      throw new IllegalArgumentException("keyBits=" + keyBits + ", errorRate=" + errorRate);
    }
    int lift = lift(keyBits);
    int columns = ceil(keyBits, lift);
    double limit = columns * binaryEntropy(errorRate);
    boolean isShort = keyBits < SHORT_BITS;
    int first = (int) Math.ceil(limit * (opening(errorRate) + (isShort ? SHORT_OPENING : 0)));
    int second = (int) Math.ceil(first * (isShort ? 1.06 : 1.04));
    int third = (int) Math.ceil(first * (isShort ? 1.5 : 1.2));
    return new LdpcPlan(
        code(columns, first, lift), keyBits, errorRate, List.of(first, second, third));
  }

  /**
   * Returns what the first message discloses over n·h(Q), for blocks that are not short. The codes
   * of high rate are worse.
   *
   * @param errorRate Q, 0 to 1
   */
  public static double opening(double errorRate) {
    return 1.09 + 7 * Math.max(0, 0.02 - errorRate);
  }

  /**
   * Returns a prime number of shifts that makes about {@value #COLUMNS} columns. A way round
   * through a few columns that comes back shifted closes after as many rounds as its shift needs to
   * become a multiple of the lift: with a prime these are as many as the lift has, while 20 of 40
   * would make an error of a few bits that no check sees.
   */
  private static int lift(int keyBits) {
    return IntStream.iterate(ceil(keyBits, COLUMNS), lift -> lift + 1)
        .filter(lift -> IntStream.rangeClosed(2, lift / 2).allMatch(by -> lift % by != 0))
        .findFirst()
        .orElseThrow();
  }

  private static int ceil(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static LdpcCode code(int columns, int rows, int lift) {
    synchronized (CODES) {
      return CODES.computeIfAbsent(
          List.of(columns, rows, lift),
          key -> {
            DegreeDistribution degrees =
                DegreeDistribution.forChecksPerBit((double) rows / columns);
            return ProgressiveEdgeGrowth.code(degrees.degrees(columns), rows, lift, SEED);
          });
    }
  }

  /** Returns the length of the key in bits. */
  public int keyBits() {
    return keyBits;
  }

  /** Returns the greatest number of messages with parities. */
  public int rounds() {
    return rows.size();
  }

  /**
   * Returns the number of parities that Alice discloses about a key in one message.
   *
   * @param round which message, from 0
   */
  public int parities(int round) {
    return (rows.get(round) - before(round)) * code.lift();
  }

  double errorRate() {
    return errorRate;
  }

  LdpcCode code() {
    return code;
  }

  /** Returns the rows whose parities are disclosed in one message. */
  List<CheckRow> disclosed(int round) {
    return code.disclosed(before(round), rows.get(round));
  }

  /** Returns the number of rows that are split after one message. */
  int split(int round) {
    return rows.get(round) - code.rows().size();
  }

  /**
   * Adds what is disclosed, as signs, to the parities of the checks after one message: a row that
   * is not split has its own, the first half of a split row has its own, too, and the second half
   * has the sum of both.
   */
  void spread(Bits disclosed, int round, int[] parities) {
    int lift = code.lift();
    int split = split(round);
    int all = code.rows().size();
    for (int r = 0; r < all; r++) {
      for (int i = 0; i < lift; i++) {
        int own = disclosed.get(r * lift + i) ? -1 : 0;
        if (r < split) {
          int half = disclosed.get((all + r) * lift + i) ? -1 : 0;
          parities[2 * r * lift + i] ^= half;
          parities[(2 * r + 1) * lift + i] ^= own ^ half;
        } else {
          parities[(split + r) * lift + i] ^= own;
        }
      }
    }
  }

  /** Checks that keys go with this plan. */
  List<SecretBits> requireKeys(List<SecretBits> keys) {
    for (SecretBits key : keys) {
      if (key.length() != keyBits) {
        throw new IllegalArgumentException("key of " + key.length() + " bits, not " + keyBits);
      }
    }
    if (keys.isEmpty() || (long) keys.size() * keyBits > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(keys.size() + " keys of " + keyBits + " bits");
    }
    return List.copyOf(keys);
  }

  /** The same bits on every machine, so that both parties come to the same plan. */
  private static double binaryEntropy(double x) {
    return -(x * StrictMath.log(x) + (1 - x) * StrictMath.log(1 - x)) / StrictMath.log(2);
  }

  private int before(int round) {
    return round == 0 ? 0 : rows.get(round - 1);
  }
}
