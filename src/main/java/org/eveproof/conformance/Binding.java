package org.eveproof.conformance;

import java.util.random.RandomGenerator;
import org.eveproof.spec.ActionInstance;

/**
 * One implementation under test, seen through one specification. Mutable; a fresh one for each
 * chain of actions.
 *
 * <p>A binding decides nothing about right and wrong. It performs, and it reports what is there.
 */
public interface Binding extends AutoCloseable {

  /**
   * Returns the implementation's present state as the specification sees it: a record whose
   * components are named as the specification's variables. It reads the real thing, never what the
   * binding meant to do.
   */
  Record snapshot();

  /**
   * Tries an action on the implementation, whether or not the specification enables it.
   *
   * @param action the action with its parameters
   * @return what became of it
   */
  Attempt attempt(ActionInstance action);

  /**
   * Does something raw and hostile that no action names: a frame with a flipped bit, a truncated
   * one, garbage.
   *
   * @param random decides what
   * @return false if there was nothing to disturb
   */
  default boolean disturb(RandomGenerator random) {
    return false;
  }

  /** Wipes what secrets the implementation still holds. */
  @Override
  void close();
}
