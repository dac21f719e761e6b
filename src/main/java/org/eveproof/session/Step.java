package org.eveproof.session;

import java.util.List;
import java.util.Optional;

/**
 * What one event made of a party.
 *
 * @param <S> the party's states
 * @param state the state now; the very same object if nothing happened
 * @param effects what to do, in this order
 * @param refusal why nothing happened; empty if something did, or if the message had been accepted
 *     before
 */
public record Step<S>(S state, List<Effect> effects, Optional<Refusal> refusal) {

  /** Copies the list. */
  public Step {
    effects = List.copyOf(effects);
  }

  static <S> Step<S> to(S state, List<Effect> effects) {
    return new Step<>(state, effects, Optional.empty());
  }

  static <S> Step<S> to(S state) {
    return to(state, List.of());
  }

  static <S> Step<S> refused(S state, Refusal refusal) {
    return new Step<>(state, List.of(), Optional.of(refusal));
  }
}
