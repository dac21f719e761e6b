package org.eveproof.spec;

/**
 * A part of a formula that is false, found by descending through conjunctions, quantifiers, IF, LET
 * and defined operators.
 *
 * @param position where the part begins
 * @param operator the innermost definition that contains the part
 * @param text the part as written, on one line, possibly shortened
 * @param kind what the part is about
 * @param detail the values involved, or why the part cannot be evaluated; may be empty
 */
public record FalsePart(
    SourcePosition position, String operator, String text, Kind kind, String detail) {

  /** What a part of a formula is about. */
  public enum Kind {
    /** The first state only. */
    GUARD,
    /** The next state, too. */
    EFFECT,
    /** A choice from an empty set; so nothing is known about the rest of the formula. */
    NO_CHOICE
  }

  @Override
  public String toString() {
    return position
        + " in "
        + operator
        + ": "
        + text
        + (detail.isEmpty() ? "" : "  [" + detail + "]");
  }
}
