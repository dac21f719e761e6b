package org.eveproof.conformance;

import java.util.SplittableRandom;
import org.eveproof.spec.ActionInstance;

/**
 * Something that is done with an implementation.
 *
 * @param line the line of a replay file that says what
 * @param deed does it
 */
record Event(String line, Deed deed) {
  static final String DISTURB = "disturb ";

  /** What is done. */
  @FunctionalInterface
  interface Deed {
    /** Does it, and tells what became of it. */
    Attempt to(Binding binding);
  }

  static Event of(ActionInstance action) {
    return new Event(action.toString(), binding -> binding.attempt(action));
  }

  /** A raw and hostile input; {@link Attempt#UNTRIABLE} if there was nothing to disturb. */
  static Event disturbance(long seed) {
    return new Event(
        DISTURB + seed,
        binding ->
            binding.disturb(new SplittableRandom(seed)) ? Attempt.PERFORMED : Attempt.UNTRIABLE);
  }
}
