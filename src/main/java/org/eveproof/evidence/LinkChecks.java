package org.eveproof.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eveproof.authentication.Suite;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseSource;
import org.eveproof.transport.Tap;

/** The reference link as a whole: honest, and with Eve on either channel. */
public final class LinkChecks {
  private static final int ROUNDS = 2;
  private static final LinkParameters SINGLE = new LinkParameters(60_000, 1, 1, 1e-6, 0.01);
  private static final LinkParameters WEAK =
      new LinkParameters(
          1_200_000,
          PulseSource.weakPulses(List.of(0.5, 0.2, 2e-4), List.of(0.4, 0.45, 0.15), 0.8),
          1,
          1,
          1e-6,
          0.005);
  private static final FibreEve NO_EVE = new FibreEve.Nothing();

  private LinkChecks() {}

  /**
   * Returns the checks.
   *
   * @param seed of all of them
   */
  public static List<Check> all(long seed) {
    List<Check> checks = new ArrayList<>();
    for (Suite suite : Suite.symmetric()) {
      checks.add(
          check(
              "honest, " + suite.label(),
              "the same key at both ends in every round",
              () -> trial(suite, NO_EVE, Tap.NONE, true, seed),
              trial -> trial.same() == ROUNDS && clean(trial)));
    }
    checks.add(
        check(
            "Eve intercepts every pulse",
            "no key in any round",
            () -> trial(Suite.WEGMAN_CARTER, intercept(1), Tap.NONE, true, seed),
            LinkChecks::noKey));
    checks.add(
        check(
            "Eve intercepts half of the pulses",
            "no key in any round",
            () -> trial(Suite.WEGMAN_CARTER, intercept(0.5), Tap.NONE, true, seed),
            LinkChecks::noKey));
    checks.add(
        check(
            "frames dropped, doubled, damaged",
            "the same key at both ends in every round",
            () -> trial(Suite.HMAC_SHA256, NO_EVE, trouble(seed), true, seed),
            trial -> trial.same() == ROUNDS && clean(trial)));
    checks.add(
        check(
            "different pre-shared keys",
            "no key in any round",
            () -> trial(Suite.WEGMAN_CARTER, NO_EVE, Tap.NONE, false, seed),
            LinkChecks::noKey));
    checks.add(
        check(
            "weak pulses with decoys",
            WEAK,
            "the same key at both ends in every round",
            () -> weak(NO_EVE, seed),
            trial -> trial.same() == ROUNDS && clean(trial)));
    checks.add(
        check(
            "weak pulses with decoys, Eve intercepts one in ten",
            WEAK,
            "no key in any round",
            () -> weak(intercept(0.1), seed),
            LinkChecks::noKey));
    return checks;
  }

  private static Check check(
      String name, String must, Supplier<LinkTrial> run, Predicate<LinkTrial> holds) {
    return check(name, SINGLE, must, run, holds);
  }

  private static Check check(
      String name,
      LinkParameters optics,
      String must,
      Supplier<LinkTrial> run,
      Predicate<LinkTrial> holds) {
    return new Check(
        "link",
        Finding.Kind.LINK,
        name,
        ROUNDS + " rounds of " + optics.pulses() + " pulses; " + must,
        asked -> asked.equals("link"),
        () -> {
          LinkTrial trial = run.get();
          String seen =
              trial.same()
                  + " keys the same at both ends, "
                  + trial.different()
                  + " different, "
                  + trial.oneSided()
                  + " at one end only"
                  + trial.failure().map(reason -> "; " + reason).orElse("");
          return holds.test(trial)
              ? Check.Sight.held(0, seen)
              : Check.Sight.failed(0, must + "; seen: " + seen);
        });
  }

  private static boolean clean(LinkTrial trial) {
    return trial.different() == 0 && trial.oneSided() == 0;
  }

  private static boolean noKey(LinkTrial trial) {
    return trial.same() == 0 && clean(trial);
  }

  private static LinkTrial trial(Suite suite, FibreEve eve, Tap tap, boolean sameKey, long seed) {
    return LinkTrial.run(suite, ROUNDS, SINGLE, eve, tap, sameKey, seed);
  }

  private static LinkTrial weak(FibreEve eve, long seed) {
    return LinkTrial.run(Suite.WEGMAN_CARTER, ROUNDS, WEAK, eve, Tap.NONE, true, seed);
  }

  private static FibreEve intercept(double fraction) {
    return new FibreEve.InterceptResend(fraction, FibreEve.BasisChoice.RANDOM);
  }

  /** A channel on which one frame in four is lost, doubled or damaged in one bit. */
  private static Tap trouble(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return (sender, frame) -> {
      switch (random.nextInt(12)) {
        case 0:
          return List.of();
        case 1:
          return List.of(frame, frame);
        case 2:
          frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
          return List.of(frame);
        default:
          return List.of(frame);
      }
    };
  }
}
