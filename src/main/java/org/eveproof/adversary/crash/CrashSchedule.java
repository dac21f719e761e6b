package org.eveproof.adversary.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.adversary.crash.Catalogue.Target;
import org.eveproof.protocol.Party;

/**
 * Which kills and faults each link gets: drawn from the seed, so that the places come in turn and
 * none twice before all have come once. What a link gets depends on the seed and its number alone.
 */
final class CrashSchedule {
  /** Points of each link; the first ones while its ends authenticate each other. */
  static final int POINTS = 12;

  private static final List<Trouble> TROUBLES = List.of(Trouble.values());
  private static final List<Fault> FAULTS =
      Arrays.stream(Fault.values()).filter(fault -> fault != Fault.NONE).toList();
  private static final int BOOTSTRAP_POINTS = 2;
  private static final int FAULTY_PERCENT = 25;
  private static final int ANY_TIME_PERCENT = 17;
  private static final int MOST_DELAY_MICROS = 4_000;
  private static final int MOST_WAIT_MICROS = 900_000;

  private final long seed;
  private final List<Deal> bootstrap;
  private final List<Deal> others;

  /** A target, and whether both ends are killed. */
  private record Deal(Target target, boolean both) {}

  CrashSchedule(long seed) {
    this.seed = seed;
    RandomGenerator random = generator(seed);
    this.bootstrap = shuffled(Catalogue.bootstrap(), random);
    this.others = shuffled(Catalogue.others(), random);
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static List<Deal> shuffled(List<Target> targets, RandomGenerator random) {
    List<Deal> deals = new ArrayList<>();
    for (Target target : targets) {
      deals.add(new Deal(target, false));
      deals.add(new Deal(target, true));
    }
    for (int last = deals.size() - 1; last > 0; last--) {
      Collections.swap(deals, last, random.nextInt(last + 1));
    }
    return deals;
  }

  /** Returns what happens to messages of a link. */
  static Trouble trouble(int link) {
    return TROUBLES.get(link % TROUBLES.size());
  }

  /** Returns the seed of everything else that is random about a link. */
  long seed(int link) {
    return seed * 1_000_003 + link;
  }

  /** Returns the points of a link, numbered from 0. */
  List<CrashPoint> points(int link) {
    RandomGenerator random = generator(seed(link));
    List<CrashPoint> points = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      boolean early = i < BOOTSTRAP_POINTS;
      int ordinary = link * (POINTS - BOOTSTRAP_POINTS) + i - BOOTSTRAP_POINTS;
      Deal deal =
          early
              ? bootstrap.get((link * BOOTSTRAP_POINTS + i) % bootstrap.size())
              : others.get(ordinary % others.size());
      // Drawn whether needed or not, so that no draw depends on another's result.
      boolean anyTime = random.nextInt(100) < ANY_TIME_PERCENT;
      int wait = random.nextInt(MOST_WAIT_MICROS);
      int delay = random.nextInt(MOST_DELAY_MICROS);
      boolean faulty = random.nextInt(100) < FAULTY_PERCENT;
      Fault any = FAULTS.get(random.nextInt(FAULTS.size()));
      Fault undo = random.nextBoolean() ? Fault.UNDO_TRUNCATED : Fault.UNDO_FLIPPED;
      boolean undone = random.nextBoolean();
      long own = random.nextLong();
      Party party = deal.target.party();
      Stop stop =
          anyTime && !early
              ? new Stop(Place.ANY_TIME, random.nextBoolean() ? MessageName.NOTHING : Stop.ANY, 1)
              : deal.target.stop();
      // What undoes a write is seldom there after any other kill.
      Fault fault = stop.place() == Place.LEDGER_DURING && undone ? undo : any;
      points.add(
          new CrashPoint(
              party,
              deal.both,
              stop,
              stop.place() == Place.ANY_TIME ? wait : delay,
              faulty && !early ? fault : Fault.NONE,
              own));
    }
    return points;
  }
}
