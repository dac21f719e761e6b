package org.eveproof.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.eveproof.protocol.Party;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.quantum.QuantumLink;
import org.eveproof.transport.InMemoryChannel;
import org.eveproof.transport.Tap;
import org.eveproof.transport.Transport;

/**
 * Both ends of a link in one thread. Time passes only when nobody has anything to read: then
 * everybody says his last messages again, and gives up when that was of no use too often.
 */
public final class LinkSimulation {
  /** The failure of an end whose peer no longer answers; the peer's own tells more. */
  public static final String SILENT = "the peer does not answer";

  private static final int PATIENCE = 100;

  private final LinkEnd alice;
  private final LinkEnd bob;
  private final Map<Integer, PulseTrain> fibre = new HashMap<>();
  private final Map<Party, Integer> waited = new EnumMap<>(Party.class);
  private OptionalInt awaited = OptionalInt.empty();
  private final InMemoryChannel channel;
  private final LinkParameters optics;
  private final FibreEve eve;
  private final Chance physics;
  private final Observer observer;

  /** Gets to know what the link brings forth. */
  @FunctionalInterface
  public interface Observer {
    /** Takes a key, which the observer then owns, or a report. */
    void observe(Party party, LinkEffect effect);
  }

  /**
   * Joins two ends.
   *
   * @param tap the adversary on the classical channel
   * @param eve the adversary on the fibre
   * @param physics drives the simulated physics
   * @param observer gets the keys and the reports
   */
  public LinkSimulation(
      LinkEnd alice,
      LinkEnd bob,
      LinkParameters optics,
      Tap tap,
      FibreEve eve,
      Chance physics,
      Observer observer) {
    this.alice = alice;
    this.bob = bob;
    this.channel = new InMemoryChannel(tap);
    this.optics = optics;
    this.eve = eve;
    this.physics = physics;
    this.observer = observer;
  }

  /** Runs the link to its end. */
  public void run() {
    both(LinkEnd::begin);
    while (!alice.isOver() || !bob.isOver()) {
      if (!deliver()) {
        for (Party party : Party.values()) {
          waited.merge(party, 1, Integer::sum);
          perform(
              party,
              waited.getOrDefault(party, 0) < PATIENCE
                  ? end(party).resend()
                  : end(party).giveUp(SILENT));
        }
      }
    }
  }

  private void both(Function<LinkEnd, List<LinkEffect>> event) {
    for (Party party : Party.values()) {
      perform(party, event.apply(end(party)));
    }
  }

  /**
   * Hands over what is on the way, and returns whether that brought anybody forward. Who was not
   * brought forward goes on losing patience: a peer that only ever begins anew is no progress.
   */
  private boolean deliver() {
    Map<Party, Integer> before = new EnumMap<>(Party.class);
    for (Party party : Party.values()) {
      before.put(party, end(party).progress());
    }
    boolean heard = true;
    while (heard) {
      heard = false;
      for (Party party : Party.values()) {
        Optional<byte[]> frame = read(channel.end(party));
        if (frame.isPresent()) {
          heard = true;
          perform(party, end(party).receive(frame.get()));
        }
      }
    }
    boolean forward = false;
    for (Party party : Party.values()) {
      if (end(party).progress() > before.getOrDefault(party, 0)) {
        waited.put(party, 0);
        forward = true;
      }
    }
    return forward;
  }

  private static Optional<byte[]> read(Transport end) {
    try {
      return end.receive(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void perform(Party party, List<LinkEffect> effects) {
    for (LinkEffect effect : effects) {
      if (effect instanceof LinkEffect.Send send) {
        channel.end(party).send(send.bytes());
      } else if (effect instanceof LinkEffect.Emit emit) {
        fibre.put(emit.round(), QuantumLink.carry(emit.light(), optics, eve, physics));
      } else if (effect instanceof LinkEffect.AwaitLight wait) {
        awaited = OptionalInt.of(wait.round());
      } else if (effect instanceof LinkEffect.DiscardLight) {
        if (party == Party.BOB) {
          fibre.clear();
          awaited = OptionalInt.empty();
        }
      } else {
        observer.observe(party, effect);
      }
    }
    if (awaited.isPresent()) {
      int round = awaited.getAsInt();
      PulseTrain light = fibre.remove(round);
      if (light != null) {
        awaited = OptionalInt.empty();
        perform(Party.BOB, bob.measure(round, light, physics));
      }
    }
  }

  private LinkEnd end(Party party) {
    return party == Party.ALICE ? alice : bob;
  }
}
