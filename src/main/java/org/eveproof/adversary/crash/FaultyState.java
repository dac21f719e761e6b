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

  /** Room for the log of a life up to its first write to the ledger. */
  private static final int LEAST_BLOCKS = 16;

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
      case TRUNCATED, BIT_FLIPPED, JOURNAL_CUT, JOURNAL_CHANGED, GUARD_GONE ->
          damage(point, state, random);
      case DISK_FULL -> fillDisk(party, state, random);
      case CLOCK_BACK -> setClockBack(party);
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
    boolean damaged =
        switch (point.fault()) {
          case TRUNCATED -> Damage.truncate(ledger, random);
          case BIT_FLIPPED -> Damage.flip(ledger, random);
          case JOURNAL_CUT -> Damage.removeEntry(ledger, random);
          case JOURNAL_CHANGED -> Damage.changeEntry(ledger, random);
          default -> Files.deleteIfExists(state.resolve(GUARD));
        };
    Answer answer = Answer.WENT_ON;
    if (damaged) {
      answer = startDamaged(point.party(), good);
    }
    sites.kill(point.party());
    StateCopy.copy(good, state);
    StateCopy.delete(good);
    return answer;
  }

  private Answer startDamaged(Party party, Path good)
      throws IOException, InterruptedException, BrokenLink {
    sites.start(party, Optional.of(new Stop(Place.STARTED, MessageName.NOTHING, 1)));
    SiteReport report = nextOf(party, Word.STOPPED);
    if (report.word() == Word.ENDED) {
      return ended(party, report, REFUSED, Answer.REFUSED);
    }
    Optional<Long> was;
    try (StateCopy copy = StateCopy.of(good, party, sites.directory().resolve("copy-good"))) {
      was = copy.image().map(LedgerImage::version);
    }
    Optional<Long> is = version(party);
    if (!was.equals(is)) {
      throw link.broken(
          Property.BAD_STATE_REFUSED,
          party.specName() + " takes a damaged ledger for good: version " + is + ", not " + was);
    }
    return Answer.HARMLESS;
  }

  /** Returns the version of an undamaged ledger; nothing of any other. */
  private Optional<Long> version(Party party) throws IOException {
    try (StateCopy copy = link.copy(party)) {
      return copy.audit().isEmpty() ? copy.image().map(LedgerImage::version) : Optional.empty();
    }
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
    int limit = LEAST_BLOCKS + random.nextInt(blocks - LEAST_BLOCKS);
    sites.start(party, Optional.empty(), Duration.ZERO, OptionalInt.of(limit));
    link.startIfDown(party.peer());
    SiteReport report = nextOf(party, Word.ENDED);
    Answer answer = ended(party, report, ENVIRONMENT, Answer.STOPPED);
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
