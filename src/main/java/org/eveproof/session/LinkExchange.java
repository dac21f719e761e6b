package org.eveproof.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.protocol.SecretBits;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.ModulatedLight;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.quantum.QuantumLink;

/**
 * One round of the exchange as a stage of the link.
 *
 * @param <S> the states of the party's machine
 */
abstract sealed class LinkExchange<S extends Participant<S>> implements LinkStage {
  final LinkSettings settings;
  final Supplies supplies;
  private final int round;
  private S state;
  private final RoundTranscript transcript = new RoundTranscript();
  private Optional<SecretBits> key = Optional.empty();
  private Optional<AbortReason> abort = Optional.empty();
  private Optional<String> failure = Optional.empty();

  private LinkExchange(LinkSettings settings, Supplies supplies, int round, S state) {
    this.settings = settings;
    this.supplies = supplies;
    this.round = round;
    this.state = state;
  }

  /** Returns the number of the round, from 0. */
  int round() {
    return round;
  }

  /** Returns the key, if the exchange has made one; whoever takes it owns it. */
  Optional<SecretBits> takeKey() {
    Optional<SecretBits> taken = key;
    key = Optional.empty();
    return taken;
  }

  /** Returns what this party saw of the exchange. */
  RoundTranscript transcript() {
    return transcript;
  }

  /** Returns why there is no key, if the exchange was aborted. */
  Optional<AbortReason> abort() {
    return abort;
  }

  /** Returns whether this party may neither use nor forget the key. */
  abstract boolean isInDoubt();

  /** Returns the state of the machine. */
  S state() {
    return state;
  }

  @Override
  public Optional<List<LinkEffect>> receive(byte[] bytes) {
    Step<S> step = state.receive(bytes, supplies);
    if (step.state() == state) {
      return Optional.empty();
    }
    transcript.add(bytes);
    List<LinkEffect> effects = new ArrayList<>();
    follow(step, effects);
    return Optional.of(speakIfDue(effects));
  }

  @Override
  public List<LinkEffect> giveUp() {
    List<LinkEffect> effects = new ArrayList<>();
    follow(state.giveUp(supplies), effects);
    return effects;
  }

  @Override
  public boolean isOver() {
    return state.isOver();
  }

  @Override
  public Optional<String> failure() {
    return failure;
  }

  @Override
  public void close() {
    key.ifPresent(SecretBits::close);
    if (state instanceof Undecided<?> undecided) {
      undecided.wipe();
    }
  }

  /** Says what it is this party's turn to say. */
  final List<LinkEffect> speakIfDue(List<LinkEffect> effects) {
    while (state.due().isPresent() && failure.isEmpty()) {
      follow(state.speak(supplies), effects);
    }
    return effects;
  }

  /** Takes over what the machine did. */
  private void follow(Step<S> step, List<LinkEffect> effects) {
    state = step.state();
    if (step.refusal().equals(Optional.of(Refusal.EXHAUSTED))) {
      failure = Optional.of(LinkEnd.EXHAUSTED);
    }
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        byte[] frame = send.frame().encode();
        transcript.add(frame);
        effects.add(new LinkEffect.Send(frame));
      } else if (effect instanceof Effect.Release release) {
        key = Optional.of(release.key());
      } else if (effect instanceof Effect.GiveUp giveUp) {
        abort = Optional.of(giveUp.reason());
      }
    }
  }

  final void become(S next) {
    state = next;
  }

  /** Alice's side: sends light, then waits. */
  static final class Alice extends LinkExchange<ExchangeAlice> {
    private final ExchangeAlice.Emitting emitting;

    Alice(
        LinkSettings settings,
        MessageAuthenticator authenticator,
        Supplies supplies,
        long session,
        int round) {
      this(
          settings,
          supplies,
          round,
          ExchangeAlice.begin(
              settings.exchange(),
              authenticator,
              session,
              round,
              QuantumLink.prepare(
                  settings.optics().pulses(), settings.optics().source(), supplies.random())));
    }

    private Alice(
        LinkSettings settings, Supplies supplies, int round, ExchangeAlice.Emitting emitting) {
      super(settings, supplies, round, emitting);
      this.emitting = emitting;
    }

    @Override
    public List<LinkEffect> begin() {
      ModulatedLight light = QuantumLink.emit(emitting.pulses());
      become(emitting.emitted());
      return List.of(new LinkEffect.Emit(round(), light));
    }

    @Override
    boolean isInDoubt() {
      return false;
    }
  }

  /** Bob's side: waits for light, then speaks. */
  static final class Bob extends LinkExchange<ExchangeBob> {
    private final ExchangeBob.Measuring measuring;

    Bob(
        LinkSettings settings,
        MessageAuthenticator authenticator,
        Supplies supplies,
        long session,
        int round) {
      this(
          settings,
          supplies,
          round,
          ExchangeBob.begin(settings.exchange(), authenticator, session, round));
    }

    private Bob(
        LinkSettings settings, Supplies supplies, int round, ExchangeBob.Measuring measuring) {
      super(settings, supplies, round, measuring);
      this.measuring = measuring;
    }

    @Override
    public List<LinkEffect> begin() {
      return List.of(new LinkEffect.AwaitLight(round()));
    }

    /** Measures the light of this round, once. */
    List<LinkEffect> measure(PulseTrain light, Chance physics) {
      if (state() == measuring) {
        become(
            measuring.measured(
                QuantumLink.measure(light, settings.optics(), supplies.random(), physics)));
      }
      return speakIfDue(new ArrayList<>());
    }

    @Override
    boolean isInDoubt() {
      return state() instanceof ExchangeBob.InDoubt;
    }
  }
}
