package org.eveproof.adversary.crash;

import java.util.List;
import java.util.Locale;

/** What becomes of messages on the way. */
enum Trouble {
  /** Every message arrives once, in order. */
  NONE(0, 0, 0, 0),
  /** Some are lost. */
  LOST(0.06, 0, 0, 0),
  /** Some arrive twice. */
  DOUBLED(0, 0.3, 0, 0),
  /** Some arrive after the next one. */
  REORDERED(0, 0, 0.15, 0),
  /** Some arrive late. */
  DELAYED(0, 0, 0, 0.3),
  /** All of it. */
  ALL(0.03, 0.15, 0.08, 0.15);

  private final double lost;
  private final double doubled;
  private final double reordered;
  private final double delayed;

  Trouble(double lost, double doubled, double reordered, double delayed) {
    this.lost = lost;
    this.doubled = doubled;
    this.reordered = reordered;
    this.delayed = delayed;
  }

  /**
   * Returns the actions of {@code PskHandover.tla} that it is: there what was sent can arrive at
   * any time, in any order and more than once anyway.
   */
  List<String> actions() {
    return lost > 0 ? List.of("Drop") : List.of();
  }

  double lost() {
    return lost;
  }

  double doubled() {
    return doubled;
  }

  double reordered() {
    return reordered;
  }

  double delayed() {
    return delayed;
  }

  /** Returns how it is printed. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
