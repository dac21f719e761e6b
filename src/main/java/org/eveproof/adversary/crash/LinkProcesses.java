package org.eveproof.adversary.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eveproof.adversary.crash.SiteReport.Ending;
import org.eveproof.adversary.crash.SiteReport.Word;
import org.eveproof.protocol.Party;

/** The two sites of a link: their directories, and their processes while they run. */
final class LinkProcesses implements AutoCloseable {
  private final SiteCommand command;
  private final Path directory;
  private final Trouble trouble;
  private final long seed;
  private final BlockingQueue<SiteReport> reports = new LinkedBlockingQueue<>();
  private final Map<Party, End> ends = new EnumMap<>(Party.class);
  private int port;
  private int lives;
  private int generation = 1;
  private boolean newEpoch;
  private int rounds;
  private boolean quiet;

  /** One end. */
  static final class End {
    private final Path state;
    private int life;
    private Optional<RunningSite> running = Optional.empty();
    private boolean met;
    private boolean looked = true;
    private int epoch;
    private int current = -1;
    private int newest = -1;
    private Optional<Ending> ending = Optional.empty();

    private End(Path state) {
      this.state = state;
    }

    Path state() {
      return state;
    }

    boolean isUp() {
      return running.isPresent();
    }

    /** Returns whether it has met the other end since either was killed. */
    boolean hasMet() {
      return met;
    }

    int epoch() {
      return epoch;
    }

    int current() {
      return current;
    }

    int newest() {
      return newest;
    }

    /** Returns how the link ended for this process. */
    Optional<Ending> ending() {
      return ending;
    }

    private void take(SiteReport report) {
      switch (report.word()) {
        case OPENED -> place(report, 1);
        case MET -> {
          met = true;
          place(report, 0);
        }
        case OVER -> ending = Optional.of(Ending.valueOf(report.text().split(" ", 2)[0]));
        case ENDED -> running = Optional.empty();
        case STOPPED, ROUND, APART -> {}
      }
    }

    private void place(SiteReport report, int from) {
      epoch = report.number(from);
      current = report.number(from + 1);
      newest = report.number(from + 2);
    }
  }

  /**
   * Makes the directories of a link that has never run.
   *
   * @param directory is there and empty
   * @param rounds more than will be made
   */
  LinkProcesses(SiteCommand command, Path directory, Trouble trouble, long seed, int rounds)
      throws IOException {
    this.command = command;
    this.directory = directory;
    this.trouble = trouble;
    this.seed = seed;
    this.rounds = rounds;
    for (Party party : Party.values()) {
      Path state = directory.resolve(party.name());
      Files.createDirectory(
          state,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      ends.put(party, new End(state));
    }
  }

  End end(Party party) {
    return Objects.requireNonNull(ends.get(party));
  }

  /** Returns what becomes of messages until the end. */
  Trouble trouble() {
    return trouble;
  }

  Path directory() {
    return directory;
  }

  /** Returns how many processes were started so far. */
  int lives() {
    return lives;
  }

  /** Returns whether the operators of both ends want a new bootstrap. */
  boolean isNewEpochWanted() {
    return newEpoch;
  }

  /** The operators bring both ends a new credential, and will start both with it. */
  void bringCredential() {
    generation++;
    newEpoch = true;
  }

  /** From now on ends are started to go on with what they have. */
  void credentialServed() {
    newEpoch = false;
  }

  /** From now on the ends make so many rounds and end, and messages arrive as they should. */
  void calm(int lastRounds) {
    rounds = lastRounds;
    quiet = true;
  }

  /** Starts an end as usual. */
  void start(Party party, Optional<Stop> stop) throws IOException, InterruptedException {
    start(party, stop, Duration.ZERO, OptionalInt.empty());
  }

  /**
   * Starts an end.
   *
   * @param clockBack how far its clock is set back
   * @param limitBlocks how long its files may get, in blocks of 512 bytes
   */
  void start(Party party, Optional<Stop> stop, Duration clockBack, OptionalInt limitBlocks)
      throws IOException, InterruptedException {
    if (party == Party.BOB && port == 0) {
      throw new IllegalStateException("nobody knows where Alice listens");
    }
    End end = end(party);
    end.life = ++lives;
    end.looked = false;
    end.ending = Optional.empty();
    SiteOrders orders =
        new SiteOrders(
            party,
            end.state,
            log(end.life),
            port,
            rounds,
            generation,
            newEpoch,
            clockBack,
            quiet ? Trouble.NONE : trouble,
            seed * 1_000_003 + end.life,
            stop);
    List<String> line = command.line(party, limitBlocks);
    end.running = Optional.of(RunningSite.start(line, orders, end.life, reports));
  }

  private Path log(int life) {
    return directory.resolve("life" + life);
  }

  /** Runs a second process on an end's state, and returns what it reports until it has ended. */
  SiteReport second(Party party, Duration patience) throws IOException, InterruptedException {
    BlockingQueue<SiteReport> own = new LinkedBlockingQueue<>();
    int life = ++lives;
    SiteOrders orders =
        new SiteOrders(
            party,
            end(party).state,
            log(life),
            party == Party.ALICE ? 0 : port,
            rounds,
            generation,
            newEpoch,
            Duration.ZERO,
            Trouble.NONE,
            seed * 1_000_003 + life,
            Optional.of(new Stop(Place.STARTED, MessageName.NOTHING, 1)));
    RunningSite site =
        RunningSite.start(command.line(party, OptionalInt.empty()), orders, life, own);
    try {
      SiteReport first = own.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      return first == null ? new SiteReport(party, life, Word.ROUND, "says nothing") : first;
    } finally {
      site.kill();
    }
  }

  /** Tells an end where to stop. */
  void stopAt(Party party, Stop stop) {
    end(party).running.ifPresent(site -> site.stopAt(stop));
  }

  /** From now on no file that an end writes may get longer than this, in bytes. */
  void limit(Party party, int bytes) throws IOException, InterruptedException {
    if (end(party).running.isPresent()) {
      end(party).running.get().limit(bytes);
    }
  }

  /** Kills an end that may run, and returns the log of its life, if it was not asked for before. */
  Optional<Path> kill(Party party) throws InterruptedException {
    End end = end(party);
    if (end.running.isPresent()) {
      end.running.get().kill();
      end.running = Optional.empty();
    }
    if (end.looked) {
      return Optional.empty();
    }
    end.looked = true;
    ends.values().forEach(each -> each.met = false);
    return Optional.of(log(end.life));
  }

  /** Returns the next report of a process that is not dead; empty if none comes in time. */
  Optional<SiteReport> next(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      SiteReport report = reports.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
      if (report == null) {
        return Optional.empty();
      }
      End end = end(report.from());
      if (report.life() == end.life && end.isUp()) {
        end.take(report);
        if (report.word() == Word.OPENED && report.from() == Party.ALICE) {
          port = report.number(0);
        }
        return Optional.of(report);
      }
    }
  }

  /** Returns whether Bob can be started: it is known where Alice listens. */
  boolean isPortKnown() {
    return port != 0;
  }

  @Override
  public void close() {
    for (Party party : Party.values()) {
      end(party).running.ifPresent(LinkProcesses::killForGood);
    }
  }

  private static void killForGood(RunningSite site) {
    try {
      site.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
