package org.eveproof.postprocessing.ldpc;

import java.util.List;

/**
 * In how many parity checks the bits of a code take part, for irregular codes on the binary
 * symmetric channel.
 *
 * @param share for each degree, the fraction of edges that lead to bits of this degree; the paper's
 *     λ
 * @see <a href="https://arxiv.org/abs/0901.2140">Elkouss, Leverrier, Alléaume and Boutros,
 *     Efficient reconciliation protocol for discrete-variable quantum key distribution (2009),
 *     table I</a>
 */
record DegreeDistribution(List<Share> share) {
  /**
   * λ of the paper's rate 0.85, whose threshold is 1.99 %; in proportion, since it is printed with
   * a sum of 1.05.
   */
  private static final DegreeDistribution RATE_85 =
      new DegreeDistribution(
          List.of(
              new Share(2, 0.04528),
              new Share(3, 0.20537),
              new Share(4, 0.05878),
              new Share(5, 0.09427),
              new Share(6, 0.08454),
              new Share(7, 0.01176),
              new Share(9, 0.05137),
              new Share(21, 0.50015)));

  /** λ of the paper's rate 0.8, whose threshold is 2.98 %. */
  private static final DegreeDistribution RATE_80 =
      new DegreeDistribution(
          List.of(
              new Share(2, 0.09420),
              new Share(3, 0.18088),
              new Share(6, 0.11972),
              new Share(7, 0.08550),
              new Share(8, 0.09816),
              new Share(17, 0.07194),
              new Share(26, 0.34960)));

  /** λ of the paper's rate 0.6, whose threshold is 7.66 %. */
  private static final DegreeDistribution RATE_60 =
      new DegreeDistribution(
          List.of(
              new Share(2, 0.11040),
              new Share(3, 0.20804),
              new Share(8, 0.14163),
              new Share(9, 0.14858),
              new Share(26, 0.14438),
              new Share(27, 0.08909),
              new Share(46, 0.00748),
              new Share(71, 0.15038)));

  /** λ of the paper's rate 0.55, whose threshold is 9.04 %. */
  private static final DegreeDistribution RATE_55 =
      new DegreeDistribution(
          List.of(
              new Share(2, 0.16880),
              new Share(3, 0.20994),
              new Share(6, 0.18095),
              new Share(15, 0.03846),
              new Share(16, 0.02635),
              new Share(18, 0.23454),
              new Share(19, 0.05815),
              new Share(31, 0.08280)));

  /**
   * The edges of one degree.
   *
   * @param degree of the bits
   * @param edges fraction of all edges
   */
  record Share(int degree, double edges) {}

  /**
   * Returns the one that decodes best.
   *
   * @param checksPerBit number of parity checks over the number of bits, 1 less the rate
   */
  static DegreeDistribution forChecksPerBit(double checksPerBit) {
    if (checksPerBit < 0.13) {
      return RATE_85;
    }
    if (checksPerBit < 0.22) {
      return RATE_80;
    }
    return checksPerBit < 0.38 ? RATE_60 : RATE_55;
  }

  /**
   * Returns the degrees of some bits, lowest first, as near to the distribution as whole numbers
   * come.
   */
  int[] degrees(int bits) {
    double all = share.stream().mapToDouble(s -> s.edges() / s.degree()).sum();
    int[] degrees = new int[bits];
    double upTo = 0;
    int filled = 0;
    for (Share each : share) {
      upTo += each.edges() / each.degree() / all;
      for (; filled < Math.round(upTo * bits); filled++) {
        degrees[filled] = each.degree();
      }
    }
    return degrees;
  }
}
