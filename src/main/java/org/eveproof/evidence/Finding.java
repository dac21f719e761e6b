package org.eveproof.evidence;

/**
 * The result of one check.
 *
 * @param area what was checked: a specification's name, or {@code link}, {@code attack}, {@code
 *     proofs}
 * @param kind sort of check
 * @param name of the check within its area
 * @param verdict whether it came out as it must
 * @param bounds within which the verdict holds, in words
 * @param states distinct states explored, or steps judged; 0 where neither applies
 * @param seconds wall time
 * @param detail what was seen: one line where the check held, as many as needed where it failed
 */
public record Finding(
    String area,
    Kind kind,
    String name,
    Verdict verdict,
    String bounds,
    long states,
    double seconds,
    String detail) {

  /** Whether a check came out as it must. */
  public enum Verdict {
    /** It did. */
    HELD,
    /** It did not. */
    FAILED,
    /** It was not done; the detail says why. Never counted as held. */
    SKIPPED
  }

  /** The sorts of checks. */
  public enum Kind {
    /** Definitions are the ones that were read and pinned. */
    PIN,
    /** The manifest is complete: every property has a model and a red twin. */
    COMPLETE,
    /** TLC explores a finite instance wholly and all properties hold. */
    MODEL,
    /** With one defence removed, exactly one property fails. */
    RED_TWIN,
    /** A state that should be reachable is reached. */
    REACH,
    /** The running code follows the specification. */
    CONFORMANCE,
    /** The reference link as a whole, honestly or under attack. */
    LINK,
    /** An executable attack, which must come to nothing. */
    ATTACK,
    /** Machine-checked mathematics. */
    PROOF
  }
}
