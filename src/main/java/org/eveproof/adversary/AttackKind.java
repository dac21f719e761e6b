package org.eveproof.adversary;

/** What Eve does to recorded frames before she presents them. */
public enum AttackKind {
  /** One to three bits flipped, anywhere. */
  FLIP("bit flip"),
  /** One field of the header changed: another value that is plausible there, or any. */
  FIELD("field change"),
  /** A frame of this link before its turn. */
  REORDER("reorder"),
  /** A frame that the victim itself said. */
  REFLECT("reflection"),
  /** A frame that was heard before, in this link or another. */
  REPLAY("replay"),
  /** The awaited frame, cut off. */
  TRUNCATE("truncation"),
  /** The awaited frame with something more at its end. */
  EXTEND("extension"),
  /** Header, payload and tag of three frames. */
  SPLICE("splice"),
  /** The awaited header with another payload, under a guessed tag. */
  GUESS("guessed tag");

  private final String label;

  AttackKind(String label) {
    this.label = label;
  }

  /** Returns the name for people, lower case. */
  public String label() {
    return label;
  }
}
