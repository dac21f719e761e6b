package org.eveproof.adversary.crash;

import org.eveproof.protocol.Party;

/**
 * What a site tells the campaign.
 *
 * @param from whose site
 * @param life which of its processes, from 1
 * @param word what it is about
 * @param text the rest
 */
record SiteReport(Party from, int life, Word word, String text) {
  /** What reports are about. */
  enum Word {
    /** The ledger is open: port, epoch, block in use, newest block, index of the next key. */
    OPENED,
    /** The site is where it was to be stopped: place, message. */
    STOPPED,
    /** The ends have met: epoch, block in use, newest block. */
    MET,
    /** A round is over: how. */
    ROUND,
    /** The ends are out of step: why, and how to mend it. */
    APART,
    /** The link has ended: how ({@link Ending}), why. */
    OVER,
    /** The process has ended: exit code, and all that it wrote on its standard error. */
    ENDED
  }

  /** How a link ends. */
  enum Ending {
    /** All rounds were made. */
    DONE,
    /** There are no one-time keys left. */
    EXHAUSTED,
    /** The ends are out of step. */
    APART,
    /** Anything else. */
    FAILED
  }

  /** Returns one of the numbers in the text. */
  int number(int position) {
    return Integer.parseInt(text.split(" ", -1)[position]);
  }
}
