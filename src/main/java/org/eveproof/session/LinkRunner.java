package org.eveproof.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.eveproof.protocol.Party;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.quantum.QuantumLink;
import org.eveproof.transport.Transport;

/**
 * One end of a link in a process of its own: the event loop around {@link LinkEnd}, with a clock, a
 * classical channel and a simulated fibre.
 */
public final class LinkRunner {
  private static final Duration FIRST_RETRY = Duration.ofMillis(300);
  private static final Duration LAST_RETRY = Duration.ofSeconds(3);
  private static final Duration GLIMPSE = Duration.ofMillis(20);

  /** How long the light of a round may pause before what has come is taken for all. */
  private static final Duration DARK = Duration.ofSeconds(3);

  /** How long Bob stays when he is done, for Alice to ask once more. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final LinkEnd party;
  private final LinkSettings settings;
  private final Transport channel;
  private final Transport fibre;
  private final FibreEve eve;
  private final Chance physics;
  private final Duration timeout;
  private final Consumer<LinkEffect> observer;
  private Optional<LightCollector> light = Optional.empty();
  private OptionalInt awaited = OptionalInt.empty();
  private Optional<byte[]> lastPiece = Optional.empty();
  private long lastLight;

  /**
   * Prepares the loop.
   *
   * @param party this end
   * @param channel the classical channel
   * @param fibre carries the light from Alice to Bob
   * @param eve the adversary on the fibre, at Alice's end
   * @param physics drives the simulated physics
   * @param timeout how long the peer may give no sign before this end gives up
   * @param observer takes the keys, which it then owns, and the reports
   */
  public LinkRunner(
      LinkEnd party,
      LinkSettings settings,
      Transport channel,
      Transport fibre,
      FibreEve eve,
      Chance physics,
      Duration timeout,
      Consumer<LinkEffect> observer) {
    this.party = party;
    this.settings = settings;
    this.channel = channel;
    this.fibre = fibre;
    this.eve = eve;
    this.physics = physics;
    this.timeout = timeout;
    this.observer = observer;
  }

  /** Runs this end until it is done or gives up. */
  public void run() throws InterruptedException {
    perform(party.begin());
    long retry = FIRST_RETRY.toNanos();
    long sent = System.nanoTime();
    long moved = sent;
    int progress = 0;
    while (!party.isOver()) {
      Optional<byte[]> frame = channel.receive(GLIMPSE);
      if (frame.isPresent()) {
        perform(party.receive(frame.get()));
      }
      watchFibre();
      long now = System.nanoTime();
      if (party.progress() > progress) {
        progress = party.progress();
        retry = FIRST_RETRY.toNanos();
        sent = now;
        moved = now;
      } else if (now - moved > timeout.toNanos()) {
        perform(party.giveUp("no answer for " + timeout.toSeconds() + " s"));
        moved = now;
      } else if (now - sent > retry) {
        perform(party.resend());
        lastPiece.ifPresent(fibre::send);
        retry = Math.min(2 * retry, LAST_RETRY.toNanos());
        sent = System.nanoTime();
      }
    }
    if (party.self() == Party.BOB && party.failure().isEmpty()) {
      linger();
    }
    channel.flush(LAST_RETRY);
  }

  /** Answers what Alice may ask again, until she is silent. */
  private void linger() throws InterruptedException {
    Optional<byte[]> frame = channel.receive(LINGER);
    while (frame.isPresent()) {
      perform(party.receive(frame.get()));
      frame = channel.receive(LINGER);
    }
  }

  private void watchFibre() throws InterruptedException {
    if (light.isEmpty() || awaited.isEmpty()) {
      return;
    }
    LightCollector collector = light.get();
    Optional<byte[]> piece = fibre.receive(Duration.ZERO);
    while (piece.isPresent()) {
      collector.add(piece.get());
      lastLight = System.nanoTime();
      piece = collector.isOver() ? Optional.empty() : fibre.receive(Duration.ZERO);
    }
    boolean dark = collector.hasBegun() && System.nanoTime() - lastLight > DARK.toNanos();
    if (collector.isOver() || dark) {
      int round = awaited.getAsInt();
      awaited = OptionalInt.empty();
      light = Optional.empty();
      perform(party.measure(round, collector.train(), physics));
    }
  }

  private void perform(List<LinkEffect> effects) throws InterruptedException {
    for (LinkEffect effect : effects) {
      if (effect instanceof LinkEffect.Send send) {
        channel.send(send.bytes());
      } else if (effect instanceof LinkEffect.Emit emit) {
        shine(emit);
      } else if (effect instanceof LinkEffect.AwaitLight wait) {
        awaited = OptionalInt.of(wait.round());
        light =
            Optional.of(
                new LightCollector(
                    wait.round(),
                    settings.optics().pulses(),
                    settings.optics().source().photonDigits()));
      } else if (effect instanceof LinkEffect.DiscardLight) {
        discardLight();
      } else {
        observer.accept(effect);
      }
    }
  }

  private void discardLight() throws InterruptedException {
    awaited = OptionalInt.empty();
    light = Optional.empty();
    lastPiece = Optional.empty();
    while (fibre.receive(Duration.ZERO).isPresent()) {
      // Whatever the lane still holds was sent before the ends met again.
    }
  }

  private void shine(LinkEffect.Emit emit) throws InterruptedException {
    PulseTrain arriving = QuantumLink.carry(emit.light(), settings.optics(), eve, physics);
    boolean carried = true;
    for (byte[] piece : LightCollector.pieces(emit.round(), arriving)) {
      // Light waits for nobody: where there is no fibre it is lost.
      if (carried) {
        fibre.send(piece);
        carried = fibre.flush(LAST_RETRY);
      }
      // The last piece marks the end. Should all be lost, Bob must not wait for ever.
      lastPiece = Optional.of(piece);
    }
  }
}
