package org.eveproof.adversary.crash;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Holds a site still where the campaign wants to kill it, and tells the campaign. Every place that
 * is passed is written down first.
 */
final class Stops {
  private final PrintStream report;
  private final SiteLog log;
  private Optional<Stop> armed = Optional.empty();
  private int passed;
  private String cause = MessageName.NOTHING;

  Stops(PrintStream report, SiteLog log) {
    this.report = report;
    this.log = log;
  }

  /** Waits for another place from now on; counting begins anew. */
  synchronized void arm(Optional<Stop> stop) {
    armed = stop;
    passed = 0;
  }

  /** Notes which message everything from now on is done for. */
  synchronized void because(String message) {
    cause = message;
  }

  /** The site is at a place, for the last message that came. */
  void at(Place place) {
    String why;
    synchronized (this) {
      why = cause;
    }
    at(place, why);
  }

  /** The site is at a place; does not return if it is to be killed right there. */
  void at(Place place, String message) {
    log.passes(place, message);
    if (isTime(place, message)) {
      report.println(SiteReport.Word.STOPPED + " " + place + " " + message);
      if (!place.isPassing()) {
        holdStill();
      }
    }
  }

  /** Returns whether the campaign waits for this place. */
  synchronized boolean isArmedAt(Place place, String message) {
    return armed.filter(stop -> stop.isAt(place, message)).isPresent();
  }

  private synchronized boolean isTime(Place place, String message) {
    if (!isArmedAt(place, message) || ++passed < armed.map(Stop::ordinal).orElse(0)) {
      return false;
    }
    armed = Optional.empty();
    return true;
  }

  private static void holdStill() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a site", e);
    }
  }
}
