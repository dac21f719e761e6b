package org.eveproof.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The time that the processor has spent on this thread, which neighbours do not change much. */
final class ThreadTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadTime() {}

  /** Returns the time in nanoseconds; the time on the wall where the system does not know. */
  static long nanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
