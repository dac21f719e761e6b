package org.eveproof.protocol;

/** One of the two honest ends of the link, spelt in the specifications as {@code specName()}. */
public enum Party {
  /** Sends the pulses; coordinates. */
  ALICE("alice"),
  /** Measures the pulses. */
  BOB("bob");

  private final String specName;

  Party(String specName) {
    this.specName = specName;
  }

  /** Returns the party as the specifications spell it: {@code "alice"} or {@code "bob"}. */
  public String specName() {
    return specName;
  }

  /** Returns the other end of the link. */
  public Party peer() {
    return this == ALICE ? BOB : ALICE;
  }
}
