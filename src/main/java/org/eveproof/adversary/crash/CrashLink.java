package org.eveproof.adversary.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.eveproof.adversary.crash.CrashTally.Count;
import org.eveproof.adversary.crash.SiteReport.Ending;
import org.eveproof.adversary.crash.SiteReport.Word;
import org.eveproof.protocol.Party;

/**
 * One link from its first bootstrap to its orderly end, and what happens to it in between: point
 * after point, each of which begins where the one before has left the sites.
 */
final class CrashLink {
  /** More than will be made before the end. */
  static final int MANY_ROUNDS = 1_000_000;

  private static final int LAST_ROUNDS = 2;
  private static final int MOST_MENDS = 6;
  private static final int MOST_STARTS = 20;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** A place that is not passed within so many rounds is not going to be. */
  private static final int ROUNDS_TO_WAIT = 3;

  private final int number;
  private final LinkProcesses sites;
  private final CrashTally tally;
  private final Duration patience;
  private final Evidence evidence = new Evidence();
  private final Map<Party, Integer> failedStarts = new EnumMap<>(Party.class);
  private final FaultyState faults;
  private boolean oldState;
  private int mends;
  private String point = "the first start";
  private String lastPlace = "";

  /**
   * Prepares a link.
   *
   * @param sites that have never run
   * @param tally gets what is seen
   * @param patience how long nothing may happen
   */
  CrashLink(int number, LinkProcesses sites, CrashTally tally, Duration patience) {
    this.patience = patience;
    this.number = number;
    this.sites = sites;
    this.tally = tally;
    this.faults = new FaultyState(this, sites);
  }

  /** Runs all points and the orderly end; what does not hold is in the tally. */
  void run(List<CrashPoint> points, Runnable afterEach) throws IOException, InterruptedException {
    try {
      for (CrashPoint each : points) {
        point = each.toString();
        run(each);
        afterEach.run();
      }
      point += ", then the orderly end";
      settle();
      tally.count(Count.LINKS, 1);
    } catch (BrokenLink broken) {
      // It is in the tally.
    } finally {
      tally.count(Count.PROCESSES, sites.lives());
      tally.count(Count.KEYS_USED, evidence.keysUsed());
      tally.count(Count.BLOCKS_GIVEN, evidence.blocksGiven());
      tally.count(Count.LEFT_BEHIND, evidence.lostWithEpoch());
    }
  }

  private void run(CrashPoint each) throws IOException, InterruptedException, BrokenLink {
    approach(each);
    boolean reached = reach(each);
    kill(each.party());
    String where = lastPlace;
    if (each.both()) {
      kill(each.party().peer());
    }
    Answer answer = faults.apply(each);
    String identity =
        (each.both() ? "both " : "")
            + each.party()
            + " "
            + (reached && each.stop().place() != Place.ANY_TIME ? each.stop() : where)
            + " "
            + each.fault()
            + " "
            + sites.trouble();
    tally.add(
        new CrashTally.Result(point, each.stop().place(), reached, identity, each.fault(), answer));
  }

  /** Brings the link to where the place may be passed next. */
  private void approach(CrashPoint each) throws IOException, InterruptedException, BrokenLink {
    Optional<Stop> stop =
        each.stop().place() == Place.ANY_TIME ? Optional.empty() : Optional.of(each.stop());
    if (each.isOfBootstrap()) {
      boolean stand = sites.end(Party.ALICE).current() >= 0 && sites.end(Party.BOB).current() >= 0;
      kill(Party.ALICE);
      kill(Party.BOB);
      if (stand) {
        bringCredential();
      }
      start(each.party(), stop);
      startIfDown(each.party().peer());
    } else if (each.isOfMeeting()) {
      kill(each.party());
      start(each.party(), stop);
      startIfDown(each.party().peer());
    } else {
      bringTogether();
      stop.ifPresent(place -> sites.stopAt(each.party(), place));
    }
  }

  /** Waits until the site is at the place, and returns whether it was that place. */
  private boolean reach(CrashPoint each) throws IOException, InterruptedException, BrokenLink {
    if (each.stop().place() == Place.ANY_TIME) {
      LockSupport.parkNanos(1000L * each.delayMicros());
      return true;
    }
    int rounds = 0;
    boolean elsewhere = false;
    while (true) {
      SiteReport report = next();
      if (report.word() == Word.STOPPED && report.from() == each.party()) {
        if (each.stop().place().isPassing() && !elsewhere) {
          spin(1000L * each.delayMicros());
        }
        return !elsewhere;
      }
      boolean mended = follow(report);
      rounds += report.word() == Word.ROUND ? 1 : 0;
      if (mended || (!elsewhere && rounds >= 2 * ROUNDS_TO_WAIT)) {
        // Not there: then at the next place of all.
        elsewhere = true;
        sites.stopAt(each.party(), new Stop(Place.HANDLED, Stop.ANY, 1));
      }
    }
  }

  /** Sleeping is too coarse for moments within a write. */
  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** Starts whoever is down, and waits until the ends have met. */
  void bringTogether() throws IOException, InterruptedException, BrokenLink {
    startIfDown(Party.ALICE);
    startIfDown(Party.BOB);
    while (!haveMet()) {
      follow(next());
    }
    served();
  }

  /**
   * Waits until the ends have met or an operator had to mend the link.
   *
   * @return whether that was needed
   */
  boolean meetOrMend() throws IOException, InterruptedException, BrokenLink {
    startIfDown(Party.ALICE);
    startIfDown(Party.BOB);
    boolean mended = false;
    while (!mended && !haveMet()) {
      mended = follow(next());
    }
    return mended;
  }

  private boolean haveMet() {
    return sites.end(Party.ALICE).hasMet() && sites.end(Party.BOB).hasMet();
  }

  private void served() {
    sites.credentialServed();
    oldState = false;
    mends = 0;
  }

  /** Waits for a round that makes a key at this end. */
  void awaitRound(Party party) throws IOException, InterruptedException, BrokenLink {
    boolean made = false;
    while (!made) {
      SiteReport report = next();
      follow(report);
      made = report.from() == party && isKey(report);
    }
  }

  private static boolean isKey(SiteReport report) {
    return report.word() == Word.ROUND && report.text().equals("KEY");
  }

  /** Returns the next report; that none comes is a violation. */
  SiteReport next() throws IOException, InterruptedException, BrokenLink {
    Optional<SiteReport> report = sites.next(patience);
    if (report.isEmpty()) {
      // What they wrote down may say why.
      kill(Party.ALICE);
      kill(Party.BOB);
      throw broken(Property.GOES_ON, "nothing has happened for " + patience.toSeconds() + " s");
    }
    if (isKey(report.get())) {
      tally.count(Count.ROUNDS, 1);
    }
    return report.get();
  }

  /**
   * Does what an operator would do about a report.
   *
   * @return whether the link was bootstrapped anew
   */
  boolean follow(SiteReport report) throws IOException, InterruptedException, BrokenLink {
    if (report.word() != Word.ENDED) {
      return false;
    }
    Party party = report.from();
    Optional<Ending> ending = sites.end(party).ending();
    kill(party);
    if (ending.filter(how -> how == Ending.EXHAUSTED).isPresent()) {
      tally.count(Count.EXHAUSTED, 1);
      mend();
      return true;
    }
    boolean apart = ending.filter(how -> how == Ending.APART).isPresent();
    if (apart && (oldState || sites.isNewEpochWanted())) {
      tally.count(Count.OUT_OF_STEP, 1);
      mend();
      return true;
    }
    if (report.number(0) == 3 && failedStarts.merge(party, 1, Integer::sum) < MOST_STARTS) {
      // The port may be taken for a moment by whoever else runs here.
      LockSupport.parkNanos(PAUSE.toNanos());
      start(party, Optional.empty());
      return false;
    }
    throw broken(
        apart ? Property.ENDS_AGREE : Property.GOES_ON,
        party.specName() + " has stopped with exit code " + report.text().replace('\n', ' '));
  }

  /** Stops both ends, brings both a new credential, and waits until they have met on it. */
  void mend() throws IOException, InterruptedException, BrokenLink {
    if (++mends > MOST_MENDS) {
      throw broken(Property.GOES_ON, "new credentials do not mend the link");
    }
    kill(Party.ALICE);
    kill(Party.BOB);
    bringCredential();
    bringTogether();
  }

  /** The operators of both ends, which are down, bring a new credential. */
  void bringCredential() {
    sites.bringCredential();
    tally.count(Count.NEW_EPOCHS, 1);
  }

  /** Notes that an end's state was replaced by an earlier one. */
  void stateIsOld() {
    oldState = true;
  }

  /** Starts an end that does not run. */
  void startIfDown(Party party) throws IOException, InterruptedException, BrokenLink {
    if (!sites.end(party).isUp()) {
      start(party, Optional.empty());
    }
  }

  /** Starts an end; Alice tells where she listens before Bob can be started. */
  private void start(Party party, Optional<Stop> stop)
      throws IOException, InterruptedException, BrokenLink {
    if (party == Party.BOB && !sites.isPortKnown()) {
      startIfDown(Party.ALICE);
      while (!sites.isPortKnown()) {
        follow(next());
      }
    }
    sites.start(party, stop);
  }

  /** Kills an end, if it runs, and looks at what it has left. */
  void kill(Party party) throws IOException, InterruptedException, BrokenLink {
    Optional<Path> log = sites.kill(party);
    if (log.isEmpty()) {
      return;
    }
    evidence.read(party, log.get());
    lastPlace = SiteLog.lastPlace(log.get());
    try (StateCopy copy = copy(party)) {
      evidence.look(party, copy, oldState);
      if (copy.hasUndoneWrite()) {
        tally.count(Count.WRITES_CUT_SHORT, 1);
      }
    }
    judge();
  }

  /** Returns what an end has left, to be looked at. */
  StateCopy copy(Party party) throws IOException {
    Path place = sites.directory().resolve("copy-" + party);
    return StateCopy.of(sites.end(party).state(), party, place);
  }

  private void judge() throws BrokenLink {
    List<Evidence.Finding> found = evidence.newFindings();
    if (!found.isEmpty()) {
      found.forEach(each -> violation(each.property(), each.text()));
      throw new BrokenLink();
    }
  }

  private void violation(Property property, String text) {
    tally.add(new Violation(property, number, point, text));
  }

  /** Notes a violation that ends this link. */
  BrokenLink broken(Property property, String text) {
    violation(property, text);
    return new BrokenLink();
  }

  /** Lets both ends make a few rounds more in peace, end in order, and compares them. */
  private void settle() throws IOException, InterruptedException, BrokenLink {
    bringTogether();
    kill(Party.ALICE);
    kill(Party.BOB);
    int newest = sites.end(Party.ALICE).newest();
    try (StateCopy alice = copy(Party.ALICE)) {
      newest = alice.image().map(image -> image.blocks() - 1).orElse(newest);
    }
    sites.calm(newest + LAST_ROUNDS);
    startIfDown(Party.ALICE);
    startIfDown(Party.BOB);
    Map<Party, Boolean> done = new EnumMap<>(Party.class);
    while (done.size() < 2) {
      SiteReport report = next();
      boolean orderly =
          report.word() == Word.ENDED
              && sites.end(report.from()).ending().filter(how -> how == Ending.DONE).isPresent()
              && report.number(0) == 0;
      if (orderly) {
        done.put(report.from(), true);
      } else if (report.word() == Word.ENDED) {
        done.clear();
        sites.calm(LAST_ROUNDS);
        follow(report);
      }
    }
    kill(Party.ALICE);
    kill(Party.BOB);
    try (StateCopy alice = copy(Party.ALICE);
        StateCopy bob = copy(Party.BOB)) {
      evidence.compare(alice, bob);
    }
    judge();
  }
}
