package org.eveproof.transport;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that a test names before anybody listens there. They lie below the range that Linux gives
 * out by itself (from 32768 on): otherwise another connection could be given one in between.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 100;

  private FreePorts() {}

  /** Returns a port at which nobody listens now. */
  public static int next() throws IOException {
    IOException last = new IOException("no port was tried");
    for (int i = 0; i < TRIES; i++) {
      try (ServerSocket probe = new ServerSocket(ThreadLocalRandom.current().nextInt(FIRST, END))) {
        return probe.getLocalPort();
      } catch (IOException taken) {
        last = taken;
      }
    }
    throw last;
  }
}
