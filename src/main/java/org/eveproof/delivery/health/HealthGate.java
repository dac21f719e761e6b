package org.eveproof.delivery.health;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a block of final key is fit to be delivered.
 *
 * <p>A block of uniform bits is refused with probability at most {@link #FALSE_ALARM}, whatever
 * came before it: half of that is shared among the tests of the block alone, half belongs to the
 * sums over earlier blocks. Over a million blocks that is less than one refusal in a thousand
 * links.
 *
 * <p>What it finds depends on the size. Of N bits, of which a share ½ ± δ are one, half of the
 * blocks are refused at δ = {@link #visibleBias}: 7.7 % for 256 bytes, 3.9 % for 1 KiB, 1.9 % for 4
 * KiB, 0.5 % for 64 KiB, 0.12 % for 1 MiB; a third more, and nearly all are. Smaller biases are
 * left to the sums, which see 0.12 % once they are over a mebibyte. Neither sees a bias below that,
 * nor a repetition of a whole block, nor a generator that is predictable but looks random: those
 * are what privacy amplification and its proof are for.
 */
public final class HealthGate {
  /** Greatest probability with which a block of uniform bits is refused. */
  public static final double FALSE_ALARM = 0x1p-30;

  /** Greatest block (bytes): the memory that a test takes is a small multiple of it. */
  public static final int MOST_BYTES = 1 << 24;

  private static final List<HealthTest> TESTS =
      List.of(
          RepetitionCount::ofBytes,
          RepetitionCount::ofBits,
          AdaptiveProportion::ofBytes,
          AdaptiveProportion::ofBits,
          MostCommonValue::ofBytes,
          MostCommonValue::ofBits,
          MarkovTest::ofBits,
          ChiSquare::ofBytes,
          RepeatedSubstring::ofBytes,
          BitLags::ofBits);

  private HealthGate() {}

  /**
   * Tests a block, alone and together with those before it.
   *
   * <p>A block that fails alone is not remembered: one accident does not stop the blocks after it.
   * One that fails only together with earlier blocks is, so that the refusals go on until a span of
   * healthy bytes has passed, or until the operator begins again with {@link HealthHistory#EMPTY}.
   *
   * @param bytes the block, 1 to {@link #MOST_BYTES} bytes; stays the caller's
   * @param history what the report on the block before said
   * @throws IllegalArgumentException if the length is out of range
   */
  public static HealthReport judge(byte[] bytes, HealthHistory history) {
    if (bytes.length < 1 || bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("a block of " + bytes.length + " bytes");
    }
    List<Finding> findings = new ArrayList<>();
    try (Block block = new Block(bytes)) {
      for (HealthTest test : TESTS) {
        findings.add(test.of(block, ofOneTest()));
      }
      boolean fitAlone = findings.stream().allMatch(Finding::holds);
      HealthCounts counts = HealthCounts.of(block);
      findings.add(history.all().plus(counts).against(FALSE_ALARM / 2));
      return new HealthReport(findings, fitAlone ? history.plus(counts) : history);
    }
  }

  /**
   * Returns the bias of single bits that a block shows with probability one half: the distance from
   * ½ of the share of ones.
   *
   * @param bytes length of the block, or of the history
   */
  public static double visibleBias(long bytes) {
    return TailBound.headsOff(8 * bytes, ofOneTest()) / (8.0 * bytes);
  }

  private static double ofOneTest() {
    return FALSE_ALARM / 2 / TESTS.size();
  }
}
