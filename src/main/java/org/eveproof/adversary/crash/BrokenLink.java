package org.eveproof.adversary.crash;

/** Thrown when a property does not hold: nothing that the link does next would mean anything. */
final class BrokenLink extends Exception {
  private static final long serialVersionUID = 1L;
}
