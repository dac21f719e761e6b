package org.eveproof.adversary.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * Runs links, several at a time, each with its own points: as many as are asked for. A link's
 * points follow from the seed and its number, so that it can be run again alone.
 */
public final class CrashCampaign {
  /** How long anything may take on a busy machine; a link that takes longer does not go on. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final int WORTH_A_TRAINING = 60;
  private static final int CLEANING_SECONDS = 20;

  private final long seed;
  private final SiteCommand command;
  private final int parallel;
  private final Duration patience;

  /**
   * Prepares a campaign.
   *
   * @param seed of the schedule and of all else that is random
   * @param command how the sites' processes are started
   * @param parallel how many links run at a time, at least 1
   */
  public CrashCampaign(long seed, SiteCommand command, int parallel) {
    this(seed, command, parallel, PATIENCE);
  }

  /** Prepares a campaign that waits only so long for anything to happen. */
  CrashCampaign(long seed, SiteCommand command, int parallel, Duration patience) {
    this.patience = patience;
    this.seed = seed;
    this.command = command;
    this.parallel = parallel;
  }

  /** Returns how many points each link has. */
  public static int pointsOfLink() {
    return CrashSchedule.POINTS;
  }

  /**
   * Runs links from their first bootstrap to their orderly end.
   *
   * @param first number of the first link, from 0
   * @param points how many points in all; the last link has fewer, if need be
   * @param afterEach called after each point, by any thread
   * @return what was seen
   * @throws IOException if processes cannot be run here, or files not be written
   */
  public CrashTally run(int first, int points, Runnable afterEach)
      throws IOException, InterruptedException {
    CrashSchedule schedule = new CrashSchedule(seed);
    List<OneLink> links = new ArrayList<>();
    for (int left = points, link = first; left > 0; left -= CrashSchedule.POINTS, link++) {
      List<CrashPoint> own = schedule.points(link).subList(0, Math.min(left, CrashSchedule.POINTS));
      links.add(new OneLink(link, CrashSchedule.trouble(link), schedule.seed(link), own));
    }
    return run(links, points, afterEach);
  }

  /** Runs one link with points of the caller's choice. */
  CrashTally run(List<CrashPoint> points) throws IOException, InterruptedException {
    return run(List.of(new OneLink(0, Trouble.NONE, seed, points)), points.size(), () -> {});
  }

  /** A link and what is to happen to it. */
  private record OneLink(int number, Trouble trouble, long seed, List<CrashPoint> points) {}

  private CrashTally run(List<OneLink> links, int points, Runnable afterEach)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("eveproof-crash");
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      SiteCommand prepared =
          train(command.withDatabaseLibrary(library(directory)), directory, points);
      List<Future<CrashTally>> running = new ArrayList<>();
      for (OneLink link : links) {
        running.add(threads.submit(() -> run(prepared, directory, link, afterEach)));
      }
      CrashTally tally = new CrashTally();
      for (Future<CrashTally> link : running) {
        tally.add(link.get());
      }
      return tally;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdownNow();
      if (threads.awaitTermination(CLEANING_SECONDS, TimeUnit.SECONDS)) {
        StateCopy.delete(directory);
      }
    }
  }

  /** Makes Java start faster, where so many sites are started that it is worth it. */
  private SiteCommand train(SiteCommand command, Path directory, int points)
      throws IOException, InterruptedException {
    if (points < WORTH_A_TRAINING || !command.isTrainable()) {
      return command;
    }
    SiteCommand training = command.training(directory);
    run(training, directory, new OneLink(-1, Trouble.NONE, 0, List.of()), () -> {});
    return training.trained();
  }

  private CrashTally run(SiteCommand command, Path parent, OneLink link, Runnable afterEach)
      throws IOException, InterruptedException {
    CrashTally tally = new CrashTally();
    Path directory = Files.createDirectory(parent.resolve("link" + link.number));
    try (LinkProcesses sites =
        new LinkProcesses(command, directory, link.trouble, link.seed, CrashLink.MANY_ROUNDS)) {
      new CrashLink(link.number, sites, tally, patience).run(link.points, afterEach);
    } finally {
      StateCopy.delete(directory);
    }
    return tally;
  }

  /** Unpacks the native part of SQLite once, where each process would do so at its start. */
  private static Path library(Path directory) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource =
        "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
    Path library = directory.resolve(name);
    try (InputStream in = CrashCampaign.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("SQLite has no library for this machine: " + resource);
      }
      Files.copy(in, library);
    }
    return library;
  }
}
