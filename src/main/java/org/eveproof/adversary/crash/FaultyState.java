package org.eveproof.adversary.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.adversary.crash.SiteReport.Word;
import org.eveproof.handover.LedgerImage;
import org.eveproof.protocol.Party;

/** Does to a killed site what a {@link Fault} says, and sees whether it is found out. */
final class FaultyState {
  private static final String LEDGER = "ledger.db";
  private static final String UNDO = "ledger.db-journal";
  private static final String GUARD = "ledger.guard";
  private static final int REFUSED = 2;
  private static final int ENVIRONMENT = 3;
  private static final int BLOCK_BYTES = 512;
  private static final Duration BEFORE_THE_CREDENTIAL = Duration.ofDays(365);

  /** Room for the campaign's own log. */
  private static final int LEAST_BLOCKS = SiteLog.FILE_BYTES / BLOCK_BYTES;

  /** A ledger that was written so often had room enough. */
  private static final int ROUNDS_ON_FULL_DISK = 6;

  private final CrashLink link;
  private final LinkProcesses sites;

  FaultyState(CrashLink link, LinkProcesses sites) {
    this.link = link;
    this.sites = sites;
  }

  /** Does to the dead site what the point says; afterwards the link can go on. */
  Answer apply(CrashPoint point) throws IOException, InterruptedException, BrokenLink {
    Party party = point.party();
    Path state = sites.end(party).state();
    if (point.fault() == Fault.NONE || Files.notExists(state.resolve(LEDGER))) {
      return Answer.WENT_ON;
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(point.seed());
    return switch (point.fault()) {
      case TRUNCATED,
          BIT_FLIPPED,
          JOURNAL_CUT,
          JOURNAL_CHANGED,
          UNDO_TRUNCATED,
          UNDO_FLIPPED,
          GUARD_GONE ->
          damage(point, state, random);
      case DISK_FULL -> fillDisk(party, state, random);
      case DISK_FILLS -> fillDiskMeanwhile(party);
      case CLOCK_BACK -> setClockBack(party);
      case CLOCK_BACK_BOOTSTRAP -> bootstrapWithClockBack();
      case SECOND_PROCESS -> startSecond(party);
      case OLD_LEDGER, OLD_DIRECTORY -> putBack(party, state, point.fault());
      case NONE -> Answer.WENT_ON;
    };
  }

  private Answer damage(CrashPoint point, Path state, RandomGenerator random)
      throws IOException, InterruptedException, BrokenLink {
    Path good = sites.directory().resolve("good");
    StateCopy.copy(state, good);
    Path ledger = state.resolve(LEDGER);
    Path undo = state.resolve(UNDO);
    boolean isUndone = Files.exists(undo) && Files.size(undo) > 0;
    boolean damaged =
        switch (point.fault()) {
          case TRUNCATED -> Damage.truncate(ledger, random);
          case BIT_FLIPPED -> Damage.flip(ledger, random);
          case JOURNAL_CUT -> Damage.removeEntry(ledger, random);
          case JOURNAL_CHANGED -> Damage.changeEntry(ledger, random);
          case UNDO_TRUNCATED -> isUndone && Damage.truncate(undo, random);
          case UNDO_FLIPPED -> isUndone && Damage.flip(undo, random);
          default -> Files.deleteIfExists(state.resolve(GUARD));
        };
    Answer answer = Answer.WENT_ON;
    if (damaged) {
      answer = startDamaged(point, good);
    }
    sites.kill(point.party());
    StateCopy.copy(good, state);
    StateCopy.delete(good);
    return answer;
  }

  private Answer startDamaged(CrashPoint point, Path good)
      throws IOException, InterruptedException, BrokenLink {
    Party party = point.party();
    sites.start(party, Optional.of(new Stop(Place.STARTED, MessageName.NOTHING, 1)));
    SiteReport report = nextOf(party, Word.STOPPED);
    if (report.word() == Word.ENDED) {
      return ended(party, report, REFUSED, Answer.REFUSED);
    }
    sites.kill(party);
    try (StateCopy was = StateCopy.of(good, party, sites.directory().resolve("copy-good"));
        StateCopy is = link.copy(party)) {
      boolean same =
          is.imageDigest().equals(was.imageDigest()) && is.entries().equals(was.entries());
      // A write that can no longer be undone may be there as a whole: that takes keys, gives none.
      boolean later = isOfUndo(point.fault()) && version(is) == version(was) + 1;
      if (!is.audit().isEmpty() || !(same || later)) {
        throw link.broken(
            Property.BAD_STATE_REFUSED,
            party.specName()
                + " takes a damaged ledger for good: version "
                + version(is)
                + ", where it was "
                + version(was)
                + " "
                + is.audit());
      }
    }
    return Answer.HARMLESS;
  }

  private static boolean isOfUndo(Fault fault) {
    return fault == Fault.UNDO_TRUNCATED || fault == Fault.UNDO_FLIPPED;
  }

  private static long version(StateCopy copy) {
    return copy.image().map(LedgerImage::version).orElse(0L);
  }

  /** Waits for a word of one site, or its end; the other may say what it likes. */
  private SiteReport nextOf(Party party, Word word)
      throws IOException, InterruptedException, BrokenLink {
    SiteReport report = link.next();
    while (report.from() != party || (report.word() != word && report.word() != Word.ENDED)) {
      report = link.next();
    }
    return report;
  }

  /** Sees whether a process has ended with this exit code, and one line that says why. */
  private Answer ended(Party party, SiteReport report, int code, Answer answer) throws BrokenLink {
    String[] said = report.text().split(" ", 2);
    if (report.number(0) != code || said[1].isEmpty() || said[1].contains("\n")) {
      throw link.broken(
          Property.BAD_STATE_REFUSED,
          party.specName()
              + " should end with exit code "
              + code
              + " and one line, not with "
              + report.text().replace('\n', '|'));
    }
    return answer;
  }

  private Answer fillDisk(Party party, Path state, RandomGenerator random)
      throws IOException, InterruptedException, BrokenLink {
    int blocks = Math.toIntExact(Files.size(state.resolve(LEDGER)) / BLOCK_BYTES);
    if (blocks <= LEAST_BLOCKS) {
      return Answer.WENT_ON;
    }
    int limit = LEAST_BLOCKS + (int) (random.nextDouble() * (blocks - LEAST_BLOCKS));
    sites.start(party, Optional.empty(), Duration.ZERO, OptionalInt.of(limit));
    link.startIfDown(party.peer());
    return awaitStop(party);
  }

  private Answer fillDiskMeanwhile(Party party)
      throws IOException, InterruptedException, BrokenLink {
    sites.start(party, Optional.empty());
    link.startIfDown(party.peer());
    link.bringTogether();
    sites.limit(party, SiteLog.FILE_BYTES);
    return awaitStop(party);
  }

  /** Waits until an end stops because it cannot write. */
  private Answer awaitStop(Party party) throws IOException, InterruptedException, BrokenLink {
    Answer answer = Answer.WENT_ON;
    int rounds = 0;
    while (answer == Answer.WENT_ON && rounds < ROUNDS_ON_FULL_DISK) {
      SiteReport report = link.next();
      if (report.from() == party && report.word() == Word.ENDED) {
        answer = ended(party, report, ENVIRONMENT, Answer.STOPPED);
      } else if (report.word() == Word.ENDED) {
        // Whatever ails the other end shows again when there is room.
        rounds = ROUNDS_ON_FULL_DISK;
      }
      rounds += report.word() == Word.ROUND ? 1 : 0;
    }
    link.kill(party);
    return answer;
  }

  private Answer setClockBack(Party party) throws IOException, InterruptedException, BrokenLink {
    if (sites.isNewEpochWanted() || sites.end(party).current() <= 0) {
      // A credential would be needed, and that is refused: there is nothing to wait for.
      return Answer.WENT_ON;
    }
    sites.start(party, Optional.empty(), BEFORE_THE_CREDENTIAL, OptionalInt.empty());
    link.bringTogether();
    return Answer.WENT_ON;
  }

  /** Both operators bring a credential, and Alice's clock says that it is not valid yet. */
  private Answer bootstrapWithClockBack() throws IOException, InterruptedException, BrokenLink {
    link.kill(Party.ALICE);
    link.kill(Party.BOB);
    link.bringCredential();
    sites.start(Party.ALICE, Optional.empty(), BEFORE_THE_CREDENTIAL, OptionalInt.empty());
    SiteReport opened = nextOf(Party.ALICE, Word.OPENED);
    link.startIfDown(Party.BOB);
    while (opened.word() != Word.ENDED) {
      if (opened.word() == Word.MET) {
        throw link.broken(Property.BAD_STATE_REFUSED, "a credential is used before its time");
      }
      opened = nextOf(Party.ALICE, Word.MET);
    }
    link.kill(Party.ALICE);
    link.bringTogether();
    return Answer.REFUSED;
  }

  private Answer startSecond(Party party) throws IOException, InterruptedException, BrokenLink {
    sites.start(party, Optional.empty());
    SiteReport first = nextOf(party, Word.OPENED);
    if (first.word() == Word.ENDED) {
      link.follow(first);
      return Answer.WENT_ON;
    }
    return ended(party, sites.second(party, CrashCampaign.PATIENCE), REFUSED, Answer.REFUSED);
  }

  private Answer putBack(Party party, Path state, Fault fault)
      throws IOException, InterruptedException, BrokenLink {
    Path old = sites.directory().resolve("old");
    StateCopy.copy(state, old);
    link.bringTogether();
    link.awaitRound(party);
    link.awaitRound(party.peer());
    link.kill(party);
    if (fault == Fault.OLD_DIRECTORY) {
      StateCopy.copy(old, state);
    } else {
      Files.deleteIfExists(state.resolve(UNDO));
      for (String file : new String[] {LEDGER, UNDO}) {
        if (Files.exists(old.resolve(file))) {
          Files.copy(
              old.resolve(file),
              state.resolve(file),
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    StateCopy.delete(old);
    link.stateIsOld();
    sites.start(party, Optional.empty());
    SiteReport opened = nextOf(party, Word.OPENED);
    if (fault == Fault.OLD_LEDGER
        && (opened.word() == Word.ENDED || sites.end(party).current() >= 0)) {
      throw link.broken(
          Property.BAD_STATE_REFUSED,
          party.specName() + "'s ledger.db is an old copy, and its guard did not find out");
    }
    if (link.meetOrMend()) {
      return Answer.FOUND_OUT;
    }
    throw link.broken(
        Property.BAD_STATE_REFUSED,
        party.specName() + "'s state is an old copy, and the other end did not find out");
  }
}
