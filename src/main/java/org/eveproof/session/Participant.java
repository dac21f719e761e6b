package org.eveproof.session;

import java.util.Optional;
import org.eveproof.protocol.Refines;

/**
 * A party in one state of one exchange. There is no clock and no channel in here: bytes and
 * supplies come in, effects go out. A state is left once: its secrets go to the next one, or are
 * wiped.
 *
 * @param <S> the party's states
 */
public interface Participant<S extends Participant<S>> {

  /** Returns this state. */
  S self();

  /** Returns what has been said; public. */
  Conversation talk();

  /** Returns what this party has found out; public. */
  Findings findings();

  /**
   * Takes bytes from the channel. If they are the peer's next message it is accepted; else nothing
   * changes.
   */
  Step<S> receive(byte[] bytes, Supplies supplies);

  /** Returns what this party has to say now; nothing if it is the peer's turn. */
  Optional<MessageType> due();

  /** Says what is due. Refused if nothing is, or if no one-time key is left. */
  Step<S> speak(Supplies supplies);

  /**
   * Ends the session without a key, because the operator or a clock says so. Refused where this
   * party may not decide that by itself any more.
   */
  Step<S> giveUp(Supplies supplies);

  /** Says the last message once more, byte for byte, because it may have been lost. */
  @Refines("Bb84Exchange!Resend")
  default Step<S> resend() {
    return Step.to(self(), talk().lastWords());
  }

  /** Returns whether the session is over for this party, with or without a key. */
  boolean isOver();
}
