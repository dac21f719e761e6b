package org.eveproof.spec;

/**
 * A part of a formula that is false, found by descending through conjunctions, quantifiers, IF, LET
 * and defined operators.
 *
 * @param position where the part begins
 * @param operator the innermost definition that contains the part
 * @param text the part as written, on one line, possibly shortened
 * @param guard whether the part is about the first state only, and not about the next one
 * @param detail the values involved, or why the part cannot be evaluated; may be empty
 */
public record FalsePart(
    SourcePosition position, String operator, String text, boolean guard, String detail) {
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
