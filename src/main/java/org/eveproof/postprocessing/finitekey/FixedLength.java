package org.eveproof.postprocessing.finitekey;

/**
 * A length that was fixed before the run, and what the run must show for it: outside of these
 * limits it is aborted, and inside of them every key has that length, whatever was counted.
 */
public sealed interface FixedLength permits DecoyLimits, SampleLimits {

  /** What becomes of a run. */
  sealed interface Verdict permits Accepted, Refused {}

  /**
   * The run is good for a key.
   *
   * @param secretBits the length that was fixed beforehand
   */
  record Accepted(long secretBits) implements Verdict {}

  /**
   * The run is aborted.
   *
   * @param reason which limit was missed, and by what
   */
  record Refused(String reason) implements Verdict {}

  /** Returns the most bits that may be disclosed, verification hash included. */
  long greatestLeak();

  /** Returns ℓ, in bits, for every run that is accepted; 0 if these limits leave no key. */
  long secretBits();
}
