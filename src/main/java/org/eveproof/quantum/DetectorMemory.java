package org.eveproof.quantum;

/**
 * What Bob's two detectors remember from gate to gate: until when they are off after a click, and
 * which of them holds a trapped charge that will bring about an afterpulse. At first both are on
 * and hold none.
 */
public final class DetectorMemory {
  private static final int ZERO = 1;
  private static final int ONE = 2;

  private final Receiver receiver;
  private final Chance chance;

  /** Chance that a trap which was filled before a click is still filled after the dead time. */
  private final double survives;

  private long onAgain;
  private int traps;

  /** Starts before the first gate of a run. */
  public DetectorMemory(Receiver receiver, Chance chance) {
    this.receiver = receiver;
    this.chance = chance;
    this.survives = Math.pow(1 - receiver.afterpulseDecay(), receiver.deadTime());
  }

  /**
   * Returns whether the detectors are on.
   *
   * @param gate its number, at least that of the gate asked for before
   */
  public boolean isOn(long gate) {
    return gate >= onAgain;
  }

  /**
   * Returns what clicks in a gate with the detectors on.
   *
   * @param gate its number
   * @param seen which detectors click by light or by themselves: 1 for that of bit 0, 2 for that of
   *     bit 1, 3 for both, 0 for none
   * @return the same with the afterpulses
   */
  public int clicks(long gate, int seen) {
    int clicks = seen | empties(ZERO) | empties(ONE);
    if (clicks != 0) {
      onAgain = gate + 1 + receiver.deadTime();
      // Older traps may empty unseen while the detectors are off.
      traps = survives(ZERO) | survives(ONE) | filled(clicks & ZERO) | filled(clicks & ONE);
    }
    return clicks;
  }

  private int empties(int detector) {
    boolean empties = (traps & detector) != 0 && chance.happens(receiver.afterpulseDecay());
    traps &= empties ? ~detector : -1;
    return empties ? detector : 0;
  }

  private int survives(int detector) {
    return (traps & detector) != 0 && chance.happens(survives) ? detector : 0;
  }

  private int filled(int detector) {
    return detector != 0
            && receiver.afterpulseProbability() > 0
            && chance.happens(receiver.afterpulseProbability())
        ? detector
        : 0;
  }
}
