package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.SecretBits;
import org.eveproof.session.Effect;
import org.eveproof.session.Participant;
import org.eveproof.session.RoundTranscript;
import org.eveproof.session.Step;
import org.eveproof.session.Supplies;

/**
 * One party's real exchange machine in one round, with what it said and what it released.
 *
 * @param <S> the machine's states
 */
final class QkdRound<S extends Participant<S>> {
  private final Supplies supplies;
  private S state;
  private final List<byte[]> outbox = new ArrayList<>();
  private final RoundTranscript transcript = new RoundTranscript();
  private Optional<SecretBits> key = Optional.empty();

  QkdRound(S state, Supplies supplies) {
    this.state = state;
    this.supplies = supplies;
  }

  S state() {
    return state;
  }

  /** Returns the released key, which the caller then owns. */
  Optional<SecretBits> takeKey() {
    Optional<SecretBits> taken = key;
    key = Optional.empty();
    return taken;
  }

  /** Says all that is due, and returns the frames. */
  List<byte[]> speak() {
    boolean moved = true;
    while (moved && state.due().isPresent()) {
      moved = follow(state.speak(supplies));
    }
    List<byte[]> said = List.copyOf(outbox);
    outbox.clear();
    return said;
  }

  /** Hears a frame, and returns whether that changed anything. */
  boolean hear(byte[] frame) {
    Step<S> step = state.receive(frame, supplies);
    if (step.state() != state) {
      transcript.add(frame);
    }
    return follow(step);
  }

  /** Returns what this party saw of the exchange. */
  RoundTranscript transcript() {
    return transcript;
  }

  /** Gives up, and returns the frames. */
  List<byte[]> giveUp() {
    follow(state.giveUp(supplies));
    List<byte[]> said = List.copyOf(outbox);
    outbox.clear();
    return said;
  }

  private boolean follow(Step<S> step) {
    boolean moved = step.state() != state;
    state = step.state();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send && moved) {
        outbox.add(send.frame().encode());
        transcript.add(send.frame().encode());
      } else if (effect instanceof Effect.Release release) {
        key = Optional.of(release.key());
      }
    }
    return moved;
  }

  /** Returns the block of the one-time key that authenticated this party's last message. */
  int authenticatedBy() {
    return state.talk().said().orElseThrow().header().key().block();
  }
}
