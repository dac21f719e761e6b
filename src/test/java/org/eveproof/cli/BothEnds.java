package org.eveproof.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two ends that wait for each other, each with a thread of its own: the common pool, which has one
 * thread on two processors, runs them one after the other from JDK 25 on.
 */
final class BothEnds {
  private BothEnds() {}

  /** Returns what the two ends yield. */
  static <T> List<T> together(Callable<T> first, Callable<T> second) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<T> one = threads.submit(first);
      Future<T> other = threads.submit(second);
      return List.of(one.get(), other.get());
    } finally {
      threads.shutdownNow();
    }
  }
}
