package org.eveproof.postprocessing.keyrate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/**
 * A number from the literature, and what this code makes of the same conditions. Differences are
 * shown, not tuned away.
 *
 * @param protocol the analysis that it belongs to
 * @param source authors, year and place
 * @param quantity what the number is, with its unit and conditions
 * @param value the published number
 * @param kilometres the distance that it is for, if it is for one
 * @param rate the published rate in bits for each pulse, 0 at the end of a reach; none if the
 *     number is something else
 * @param recomputation computes the number from the stated conditions; none if they are not all
 *     stated
 */
public record PublishedPoint(
    Protocol protocol,
    String source,
    String quantity,
    double value,
    OptionalDouble kilometres,
    OptionalDouble rate,
    Optional<DoubleSupplier> recomputation) {
  private static final double FARTHEST = 250;
  private static final SecrecyTarget PER_BIT = new SecrecyTarget(1e-15, true);

  private static final String MA =
      "Ma, Qi, Zhao and Lo, Phys. Rev. A 72, 012326 (2005), link of Gobby, Yuan and Shields";
  private static final String LIM = "Lim et al., Phys. Rev. A 89, 022307 (2014), section IV";
  private static final String TOMAMICHEL =
      "Tomamichel et al., Nat. Commun. 3, 634 (2012), table II";

  /** Returns the published numbers that belong to an analysis. */
  public static List<PublishedPoint> of(Protocol protocol) {
    return ALL.stream().filter(point -> point.protocol() == protocol).toList();
  }

  /** Returns the number as this code computes it; none if the conditions are not all stated. */
  public OptionalDouble computed() {
    return recomputation.isPresent()
        ? OptionalDouble.of(recomputation.get().getAsDouble())
        : OptionalDouble.empty();
  }

  private static final List<PublishedPoint> ALL =
      List.of(
          reach(
              Protocol.LIM2014,
              LIM,
              "reach in km, block of 1e4 bits",
              135,
              () -> KeyRates.reach(Protocol.LIM2014, lim(10_000, 0), FARTHEST)),
          new PublishedPoint(
              Protocol.LIM2014,
              LIM,
              "rate with blocks of 1e9 over rate with 1e7, at 100 km",
              1.75,
              OptionalDouble.of(100),
              OptionalDouble.empty(),
              Optional.of(
                  () ->
                      KeyRates.best(Protocol.LIM2014, lim(1_000_000_000, 100)).rate()
                          / KeyRates.best(Protocol.LIM2014, lim(10_000_000, 100)).rate())),
          new PublishedPoint(
              Protocol.RUSCA2018,
              "Boaron et al., Phys. Rev. Lett. 121, 190502 (2018), measured, three states",
              "bits for each pulse at 405 km of ultra-low-loss fibre (6.5 bit/s at 2.5 GHz)",
              2.6e-9,
              OptionalDouble.of(405),
              OptionalDouble.of(2.6e-9),
              Optional.empty()),
          table(10_000, 0.010, 0.117),
          table(10_000, 0.025, 0.068),
          table(100_000, 0.010, 0.304),
          table(100_000, 0.025, 0.215),
          table(1_000_000, 0.010, 0.478),
          table(1_000_000, 0.025, 0.357),
          reach(
              Protocol.GLLP,
              MA,
              "reach in km, endless decoys, signal 0.48",
              142.05,
              () -> gysReach(EndlessModel::rate)),
          reach(
              Protocol.GLLP,
              MA,
              "reach in km, vacuum and weak decoy 0.05, signal 0.48",
              140.55,
              () ->
                  gysReach(
                      (question, signal, sifted) ->
                          EndlessModel.rateWithDecoys(question, signal, 0.05, sifted))));

  private static PublishedPoint reach(
      Protocol protocol,
      String source,
      String quantity,
      double kilometres,
      DoubleSupplier recomputation) {
    return new PublishedPoint(
        protocol,
        source,
        quantity,
        kilometres,
        OptionalDouble.of(kilometres),
        OptionalDouble.of(0),
        Optional.of(recomputation));
  }

  private static RateQuestion lim(int blockBits, double kilometres) {
    return new RateQuestion(FibreLink.LIM2014, kilometres, blockBits, 1.16, PER_BIT, 1e-15, 0, 0);
  }

  /** A row of the table: no loss, f = 1.1, and 10⁻¹⁴ for each bit, of which secrecy gets half. */
  private static PublishedPoint table(int blockBits, double errorRate, double rate) {
    RateQuestion question =
        new RateQuestion(
            new FibreLink(0, 1, 0, 0, errorRate),
            0,
            blockBits,
            1.1,
            new SecrecyTarget(5e-15, true),
            5e-15 * blockBits,
            0,
            0);
    return new PublishedPoint(
        Protocol.TOMAMICHEL2012,
        TOMAMICHEL,
        String.format(
            Locale.ROOT,
            "bits for each detected pulse, block of %.0e bits, %.1f %% errors",
            (double) blockBits,
            100 * errorRate),
        rate,
        OptionalDouble.of(0),
        OptionalDouble.of(rate),
        Optional.of(() -> KeyRates.best(Protocol.TOMAMICHEL2012, question).rate()));
  }

  /** A rate for a question, a signal and a share of pulses with equal bases. */
  private interface Rate {
    double of(RateQuestion question, double signal, double siftedShare);
  }

  private static double gysReach(Rate rate) {
    RateQuestion question = new RateQuestion(FibreLink.GYS, 0, 1, 1.22, PER_BIT, 1e-15, 0, 0);
    return KeyRates.lastAbove(km -> rate.of(question.at(km), 0.48, 0.5), FARTHEST);
  }
}
