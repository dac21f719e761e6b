package org.eveproof.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the model checker is to do.
 *
 * @param directories folders in which modules are looked for, in this order
 * @param module name of the root module, without {@code .tla}
 * @param config text of the configuration
 * @param workers number of worker threads, at least 1; counts and traces are exact with 1
 * @param heapMegabytes upper bound of the Java heap, in MiB; at least 16
 * @param timeout after which the run is given up
 * @param deadlockIsError whether a state without successor is an error; the configuration may also
 *     say {@code CHECK_DEADLOCK FALSE}
 * @param small whether the model takes seconds only, so that starting fast is better than computing
 *     fast
 * @param exhaustive whether the run goes on when it has found a violation, to find the others
 */
public record CheckRequest(
    List<Path> directories,
    String module,
    String config,
    int workers,
    int heapMegabytes,
    Duration timeout,
    boolean deadlockIsError,
    boolean small,
    boolean exhaustive) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public CheckRequest {
    directories = List.copyOf(directories);
    if (workers < 1 || heapMegabytes < 16 || timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(
          "workers=" + workers + ", heapMegabytes=" + heapMegabytes + ", timeout=" + timeout);
    }
  }

  /**
   * Returns a request with one worker, 1 GiB of heap, a timeout of ten minutes and a check for
   * deadlock.
   */
  public static CheckRequest of(List<Path> directories, String module, String config) {
    return new CheckRequest(
        directories, module, config, 1, 1024, Duration.ofMinutes(10), true, false, false);
  }

  /**
   * As {@link #of(List, String, String)}, with the configuration read from a file.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static CheckRequest of(SpecSource source) {
    try {
      return of(source.directories(), source.module(), Files.readString(source.config()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + source.config(), e);
    }
  }

  /** Returns the same request with another number of workers. */
  public CheckRequest withWorkers(int number) {
    return new CheckRequest(
        directories,
        module,
        config,
        number,
        heapMegabytes,
        timeout,
        deadlockIsError,
        small,
        exhaustive);
  }

  /** Returns the same request with another bound of the heap, in MiB. */
  public CheckRequest withHeapMegabytes(int megabytes) {
    return new CheckRequest(
        directories,
        module,
        config,
        workers,
        megabytes,
        timeout,
        deadlockIsError,
        small,
        exhaustive);
  }

  /** Returns the same request with another timeout. */
  public CheckRequest withTimeout(Duration limit) {
    return new CheckRequest(
        directories,
        module,
        config,
        workers,
        heapMegabytes,
        limit,
        deadlockIsError,
        small,
        exhaustive);
  }

  /** Returns the same request, in which a state without successor is no error. */
  public CheckRequest allowingDeadlock() {
    return new CheckRequest(
        directories, module, config, workers, heapMegabytes, timeout, false, small, exhaustive);
  }

  /** Returns the same request for a model of at most a few seconds. */
  public CheckRequest ofSmallModel() {
    return new CheckRequest(
        directories,
        module,
        config,
        workers,
        heapMegabytes,
        timeout,
        deadlockIsError,
        true,
        exhaustive);
  }

  /**
   * Returns the same request that goes on after a violation. Of each state, and of each step, the
   * first violated property is found, in the order of the configuration; of temporal properties
   * that say more than that of a step, none.
   */
  public CheckRequest pastViolations() {
    return new CheckRequest(
        directories, module, config, workers, heapMegabytes, timeout, deadlockIsError, small, true);
  }
}
