package org.eveproof.session;

import java.util.Optional;

/**
 * A state in which this party has decided, for good.
 *
 * @param <S> the party's states
 */
interface Over<S extends Participant<S>> extends Participant<S> {

  /** Whether these bytes show that the peer has not heard the last words. */
  boolean owesAnAnswer(byte[] bytes);

  @Override
  default boolean isOver() {
    return true;
  }

  @Override
  default Optional<MessageType> due() {
    return Optional.empty();
  }

  /** Changes nothing; but a peer that has not heard the last words is told them again. */
  @Override
  default Step<S> receive(byte[] bytes, Supplies supplies) {
    return owesAnAnswer(bytes) ? resend() : Step.refused(self(), Refusal.OUT_OF_PLACE);
  }

  @Override
  default Step<S> speak(Supplies supplies) {
    return Step.refused(self(), Refusal.OUT_OF_PLACE);
  }

  @Override
  default Step<S> giveUp(Supplies supplies) {
    return Step.refused(self(), Refusal.OUT_OF_PLACE);
  }
}
