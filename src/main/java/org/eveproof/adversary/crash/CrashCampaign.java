package org.eveproof.adversary.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * Runs links, several at a time, each with its own points: as many as are asked for. A link's
 * points follow from the seed and its number, so that it can be run again alone.
 */
public final class CrashCampaign {
  private static final int WORTH_A_TRAINING = 60;

  private final long seed;
  private final SiteCommand command;
  private final int parallel;

  /**
   * Prepares a campaign.
   *
   * @param seed of the schedule and of all else that is random
   * @param command how the sites' processes are started
   * @param parallel how many links run at a time, at least 1
   */
  public CrashCampaign(long seed, SiteCommand command, int parallel) {
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
    Path directory = Files.createTempDirectory("eveproof-crash");
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      SiteCommand prepared =
          train(command.withDatabaseLibrary(library(directory)), directory, points);
      List<Future<CrashTally>> links = new ArrayList<>();
      for (int left = points, link = first; left > 0; left -= CrashSchedule.POINTS, link++) {
        int number = link;
        int count = Math.min(left, CrashSchedule.POINTS);
        links.add(
            threads.submit(
                () -> {
                  List<CrashPoint> own = schedule.points(number).subList(0, count);
                  return run(prepared, directory, number, own, schedule.seed(number), afterEach);
                }));
      }
      CrashTally tally = new CrashTally();
      for (Future<CrashTally> link : links) {
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
      StateCopy.delete(directory);
    }
  }

  /** Makes Java start faster, where so many sites are started that it is worth it. */
  private static SiteCommand train(SiteCommand command, Path directory, int points)
      throws IOException, InterruptedException {
    if (points < WORTH_A_TRAINING || !command.isTrainable()) {
      return command;
    }
    SiteCommand training = command.training(directory);
    run(training, directory, -1, List.of(), 0, () -> {});
    return training.trained();
  }

  private static CrashTally run(
      SiteCommand command,
      Path parent,
      int number,
      List<CrashPoint> points,
      long seed,
      Runnable afterEach)
      throws IOException, InterruptedException {
    CrashTally tally = new CrashTally();
    Path directory = Files.createDirectory(parent.resolve("link" + number));
    try (CrashLink link =
        new CrashLink(
            number,
            CrashLink.processes(
                command,
                directory,
                number < 0 ? Trouble.NONE : CrashSchedule.trouble(number),
                seed),
            tally)) {
      link.run(points, afterEach);
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
