package org.eveproof.bench;

import java.util.Map;

/**
 * Speeds of programs that cannot be run beside the benchmarks, as they were recorded once: built
 * from their sources, on one core of an AMD EPYC of the fifth generation (family 26), the kind of
 * machine that the bars are meant for. On another one a ratio to them says little.
 */
final class RecordedSpeeds {
  /**
   * cascade-cpp, its algorithm "original", keys of 10<sup>5</sup> bits of which so many in a
   * thousand are wrong, both parties, fresh shuffles: megabits of key in a second.
   *
   * @see <a href="https://github.com/brunorijsman/cascade-cpp">cascade-cpp, commit 8240cab</a>
   */
  static final Map<Integer, Double> CASCADE_CPP_ORIGINAL = Map.of(10, 13.0, 30, 10.7, 50, 8.7);

  /** The same with its algorithm "yanetal". */
  static final Map<Integer, Double> CASCADE_CPP_YANETAL = Map.of(10, 6.4, 30, 5.7, 50, 5.2);

  /**
   * The QKD software of the AIT, privacy amplification of so many bits to half of them: megabits of
   * key in a second.
   *
   * @see <a href="https://sqt.ait.ac.at/software/">AIT QKD software</a>
   */
  static final Map<Integer, Double> AIT_AMPLIFICATION =
      Map.of(100_000, 2.16, 1_000_000, 1.58, 10_000_000, 1.17);

  /** The same software, its polynomial hash of 128 bits: megabytes in a second. */
  static final double AIT_HASH = 43.6;

  private RecordedSpeeds() {}

  /** Returns in how many milliseconds so many units are done at so many millions in a second. */
  static double milliseconds(long units, double millions) {
    return units / (1000 * millions);
  }
}
