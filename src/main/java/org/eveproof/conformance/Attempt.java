package org.eveproof.conformance;

/** What became of an action that was tried on an implementation. */
public enum Attempt {
  /** The implementation did it. */
  PERFORMED,
  /** The implementation was asked and refused. */
  REFUSED,
  /**
   * The action has no physical counterpart in the present state (there is no such frame to deliver,
   * say). Legal only where the specification disables the action.
   */
  UNTRIABLE
}
