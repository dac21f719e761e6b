package org.eveproof.session;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.protocol.Refines;

/**
 * A state in which it is open whether the session makes a key.
 *
 * @param <S> the party's states
 */
interface Undecided<S extends Participant<S>> extends Participant<S> {

  /** Returns the types, other than an abort, that the peer may say now. */
  default Set<MessageType> awaited() {
    return EnumSet.noneOf(MessageType.class);
  }

  /**
   * Makes something of an authentic message of an awaited type.
   *
   * @param message passed all checks that do not look into its payload
   * @throws RefusedException if its content does not fit: then nothing has changed
   */
  default Step<S> hear(Conversation.Incoming message, Supplies supplies) throws RefusedException {
    throw new RefusedException(Refusal.OUT_OF_PLACE);
  }

  /** Returns what this party has to say now if it has no objection; nothing if it has to wait. */
  default Optional<MessageType> turn() {
    return Optional.empty();
  }

  /** Returns why there can be no key, if a check failed. */
  default Optional<AbortReason> objection() {
    return Optional.empty();
  }

  /**
   * Says what it is this state's turn to say; there is no objection.
   *
   * @param key the one-time key of the message
   */
  default Step<S> say(OneTimeKey key, Supplies supplies) {
    throw new AssertionError("there is nothing to say");
  }

  @Override
  default Optional<MessageType> due() {
    return turn().map(type -> objection().isPresent() ? MessageType.ABORT : type);
  }

  /** Whether the peer may end the session here. */
  default boolean heedsAbort() {
    return true;
  }

  /** Whether this party may end the session here by itself. */
  default boolean mayGiveUp() {
    return true;
  }

  /** Wipes the secrets of this state. */
  void wipe();

  /** Returns the state of a session that ended without a key. */
  S aborted(Conversation talk, AbortReason reason);

  @Override
  default boolean isOver() {
    return false;
  }

  @Override
  @Refines("Bb84Exchange!Receive")
  default Step<S> receive(byte[] bytes, Supplies supplies) {
    if (talk().isRepetition(bytes)) {
      return Step.to(self());
    }
    Set<MessageType> legal = EnumSet.copyOf(awaited());
    if (heedsAbort()) {
      legal.add(MessageType.ABORT);
    }
    try {
      Conversation.Incoming message = talk().check(bytes, legal, supplies.keys());
      return message.type() == MessageType.ABORT
          ? obey(message, supplies)
          : hear(message, supplies);
    } catch (RefusedException refused) {
      return Step.refused(self(), refused.refusal());
    }
  }

  /** Ends the session without a key, because the peer says so. */
  private Step<S> obey(Conversation.Incoming message, Supplies supplies) throws RefusedException {
    AbortReason reason = Payload.Abort.read(message.payload()).reason();
    wipe();
    return Step.to(
        aborted(talk().hear(message, supplies.keys()), reason), List.of(new Effect.GiveUp(reason)));
  }

  @Override
  default Step<S> speak(Supplies supplies) {
    if (turn().isEmpty()) {
      return Step.refused(self(), Refusal.OUT_OF_PLACE);
    }
    return supplies
        .keys()
        .take()
        .map(
            key ->
                objection().map(reason -> abort(reason, key)).orElseGet(() -> say(key, supplies)))
        .orElseGet(() -> Step.refused(self(), Refusal.EXHAUSTED));
  }

  @Override
  @Refines("Bb84Exchange!Timeout")
  default Step<S> giveUp(Supplies supplies) {
    if (!mayGiveUp()) {
      return Step.refused(self(), Refusal.OUT_OF_PLACE);
    }
    return supplies
        .keys()
        .take()
        .map(key -> abort(AbortReason.GIVEN_UP, key))
        .orElseGet(() -> Step.refused(self(), Refusal.EXHAUSTED));
  }

  /** Ends the session without a key: wipes everything, and tells the peer. */
  @Refines("Bb84Exchange!Abort")
  default Step<S> abort(AbortReason reason, OneTimeKey key) {
    wipe();
    Conversation over = talk().say(MessageType.ABORT, new Payload.Abort(reason).encode(), key);
    List<Effect> effects = new ArrayList<>(over.lastWords());
    effects.add(new Effect.GiveUp(reason));
    return Step.to(aborted(over, reason), effects);
  }
}
