package org.eveproof.spec;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tlc2.TLC;

/**
 * The real model checker, in a Java virtual machine of its own: TLC keeps its settings in static
 * fields, and a run must not be able to harm ours. Each run has a temporary folder for everything
 * that TLC writes, deleted afterwards.
 */
public final class ModelChecker {
  private static final int EXIT_OK = 0;
  private static final int EXIT_ASSUMPTION = 10;
  private static final int EXIT_DEADLOCK = 11;
  private static final int EXIT_SAFETY = 12;
  private static final int EXIT_LIVENESS = 13;
  private static final int EXIT_ASSERT = 14;
  private static final List<Integer> EXIT_CANNOT_EVALUATE = List.of(EXIT_ASSERT, 75, 76, 77);
  private static final List<Integer> EXIT_CANNOT_PARSE = List.of(150, 151);

  private ModelChecker() {}

  /**
   * How far a run has come.
   *
   * @param generated states generated so far
   * @param distinct distinct states found so far
   * @param queued states still to be explored
   */
  public record Progress(long generated, long distinct, long queued) {}

  /** Checks a model; as {@link #check(CheckRequest, Consumer)}, silently. */
  public static CheckResult check(CheckRequest request) throws InterruptedException {
    return check(request, progress -> {});
  }

  /**
   * Checks a model.
   *
   * @param request what to check
   * @param progress is told from time to time (TLC's own interval is a minute) by another thread
   * @return the result; {@link CheckResult.Verdict#HOLDS} only if TLC's exit code, its message of
   *     success and its counts (nothing left to explore) all say so
   * @throws InterruptedException if the thread is interrupted; the run is then killed
   * @throws UncheckedIOException if the run cannot be started
   */
  public static CheckResult check(CheckRequest request, Consumer<Progress> progress)
      throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory("eveproof-check");
      try {
        return run(request, progress, folder);
      } finally {
        TemporaryFolder.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run the model checker", e);
    }
  }

  private static CheckResult run(CheckRequest request, Consumer<Progress> progress, Path folder)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("model.cfg"), request.config());
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    ClassArchive.Part archive = ClassArchive.next();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command(request, archive, folder, temporary))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    Thread killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    ToolMessages messages = new ToolMessages(progress);
    Thread reader = new Thread(() -> read(process, messages), "model checker output");
    reader.setDaemon(true);
    boolean ended = false;
    try {
      process.getOutputStream().close();
      reader.start();
      ended = process.waitFor(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (!ended) {
        process.destroyForcibly();
        process.onExit().join();
      }
      forget(killer);
      ClassArchive.over(archive, ended);
    }
    reader.join();
    return result(messages, ended ? process.exitValue() : -1, ended, start);
  }

  private static void forget(Thread killer) {
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException shuttingDown) {
      // Then it runs, and does no harm.
      return;
    }
  }

  private static List<String> command(
      CheckRequest request, ClassArchive.Part archive, Path folder, Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(request.workers() == 1 ? "-XX:+UseSerialGC" : "-XX:+UseParallelGC");
    if (request.small()) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(archive.options());
    command.add("-Xmx" + request.heapMegabytes() + "m");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add(
        "-DTLA-Library="
            + request.directories().stream()
                .map(directory -> directory.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator)));
    command.addAll(List.of("-cp", jar(), TLC.class.getName(), "-tool"));
    command.addAll(List.of("-workers", Integer.toString(request.workers())));
    // A fixed polynomial, so that two runs do the same; no checkpoints, for nobody resumes a run.
    command.addAll(List.of("-fp", "0", "-checkpoint", "0"));
    if (!request.deadlockIsError()) {
      command.add("-deadlock");
    }
    if (request.exhaustive()) {
      command.add("-continue");
    }
    command.addAll(List.of("-metadir", folder.resolve("states").toString()));
    command.addAll(List.of("-config", "model.cfg", request.module()));
    return command;
  }

  private static String jar() {
    try {
      return Path.of(TLC.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new AssertionError("TLC's jar has a malformed location", e);
    }
  }

  private static void read(Process process, ToolMessages messages) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(messages::accept);
    } catch (IOException | UncheckedIOException killed) {
      // What was read until then decides; a run without its last messages never holds.
      return;
    }
  }

  private static CheckResult result(
      ToolMessages messages, int exitCode, boolean ended, long start) {
    CheckResult.Verdict verdict = ended ? verdict(messages, exitCode) : CheckResult.Verdict.TIMEOUT;
    Progress counts = messages.counts().orElse(new Progress(0, 0, 0));
    boolean holds = verdict == CheckResult.Verdict.HOLDS;
    return new CheckResult(
        verdict,
        exitCode,
        counts.generated(),
        counts.distinct(),
        counts.queued(),
        messages.numberIn(ToolMessages.DEPTH),
        (System.nanoTime() - start) / 1e9,
        messages.violations().stream().findFirst(),
        messages.violations(),
        messages.trace(),
        holds ? "" : message(messages, verdict));
  }

  private static String message(ToolMessages messages, CheckResult.Verdict verdict) {
    return verdict == CheckResult.Verdict.TIMEOUT
        ? "the time was up before TLC had a result"
        : messages.firstError();
  }

  private static CheckResult.Verdict verdict(ToolMessages messages, int exitCode) {
    if (exitCode == EXIT_OK) {
      boolean exhausted =
          messages.has(ToolMessages.SUCCESS)
              && messages.has(ToolMessages.STATS)
              && messages.counts().map(counts -> counts.queued() == 0).orElse(false);
      if (exhausted && messages.hasViolationsOnly()) {
        return CheckResult.Verdict.EXPLORED_WITH_VIOLATIONS;
      }
      return exhausted && !messages.hasErrors()
          ? CheckResult.Verdict.HOLDS
          : CheckResult.Verdict.CRASHED;
    }
    if (exitCode == EXIT_ASSUMPTION && messages.has(ToolMessages.ASSUMPTION_FALSE)) {
      return CheckResult.Verdict.ASSUMPTION_FAILED;
    }
    if (exitCode == EXIT_DEADLOCK && messages.has(ToolMessages.DEADLOCK)) {
      return CheckResult.Verdict.DEADLOCK;
    }
    if (exitCode == EXIT_SAFETY
        && (messages.has(ToolMessages.INVARIANT_VIOLATED)
            || messages.has(ToolMessages.INVARIANT_VIOLATED_INITIALLY))) {
      return CheckResult.Verdict.INVARIANT_VIOLATED;
    }
    // TLC 2.18 ends with 13 here, though these are safety properties.
    if ((exitCode == EXIT_SAFETY || exitCode == EXIT_LIVENESS)
        && (messages.has(ToolMessages.STEP_PROPERTY_VIOLATED)
            || messages.has(ToolMessages.PROPERTY_VIOLATED_INITIALLY))) {
      return CheckResult.Verdict.STEP_VIOLATED;
    }
    if (exitCode == EXIT_LIVENESS && messages.has(ToolMessages.TEMPORAL_PROPERTY_VIOLATED)) {
      return CheckResult.Verdict.LIVENESS_VIOLATED;
    }
    if (EXIT_CANNOT_PARSE.contains(exitCode)
        || (EXIT_CANNOT_EVALUATE.contains(exitCode) && messages.hasErrors())) {
      return CheckResult.Verdict.SPEC_ERROR;
    }
    return CheckResult.Verdict.CRASHED;
  }
}
