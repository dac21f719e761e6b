package org.eveproof.adversary.crash;

import java.util.Locale;
import org.eveproof.protocol.Party;

/**
 * One kill, and what comes after it.
 *
 * @param party whose site is stopped and killed
 * @param both whether the other end's site is killed with it, wherever it is
 * @param stop where the site is stopped; at {@link Place#ANY_TIME} it is not
 * @param delayMicros how long the site goes on, where it is not held still
 * @param fault what happens to the site's state afterwards
 * @param seed of what the fault draws
 */
record CrashPoint(Party party, boolean both, Stop stop, int delayMicros, Fault fault, long seed) {

  /** Returns whether the place is passed only while the ends authenticate each other. */
  boolean isOfBootstrap() {
    return Catalogue.isOfBootstrap(stop);
  }

  /** Returns whether the place is passed only before rounds are made. */
  boolean isOfMeeting() {
    return Catalogue.isOfMeeting(stop);
  }

  @Override
  public String toString() {
    return (both ? "both ends, " : "")
        + party.specName().toLowerCase(Locale.ROOT)
        + " at "
        + stop
        + (fault == Fault.NONE ? "" : ", " + fault.label());
  }
}
