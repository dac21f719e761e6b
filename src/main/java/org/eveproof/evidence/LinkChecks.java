package org.eveproof.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eveproof.authentication.Suite;
import org.eveproof.quantum.FibreEve;
import org.eveproof.transport.Tap;

/** The reference link as a whole: honest, and with Eve on either channel. */
public final class LinkChecks {
  private static final int ROUNDS = 2;
  private static final int PULSES = 60_000;
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
    return checks;
  }

  private static Check check(
      String name, String must, Supplier<LinkTrial> run, Predicate<LinkTrial> holds) {
    return new Check(
        "link",
        Finding.Kind.LINK,
        name,
        ROUNDS + " rounds of " + PULSES + " pulses; " + must,
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
    return LinkTrial.run(suite, ROUNDS, PULSES, eve, tap, sameKey, seed);
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
