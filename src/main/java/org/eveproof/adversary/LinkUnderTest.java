package org.eveproof.adversary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eveproof.bootstrap.Method;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.quantum.QuantumLink;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.LinkParty;

/**
 * Both real ends of a link, and the frames between them, which are handed over one at a time. All
 * light passes unharmed.
 */
final class LinkUnderTest implements AutoCloseable {

  /**
   * A frame on its way.
   *
   * @param to who is to hear it
   * @param frame bytes on the wire
   */
  record Letter(Party to, Bits frame) {}

  /** What a party did, as far as it can be seen from outside: frames said, keys given away. */
  record Deeds(List<Bits> frames, List<Bits> keys) {
    boolean isNothing() {
      return frames.isEmpty() && keys.isEmpty();
    }
  }

  /** Where a party stands, as far as it tells. */
  record Stand(
      int progress,
      boolean over,
      boolean misconfigured,
      Optional<String> failure,
      Optional<Method> method) {
    static Stand of(LinkParty party) {
      return new Stand(
          party.progress(),
          party.isOver(),
          party.isMisconfigured(),
          party.failure(),
          party.method());
    }
  }

  private final Map<Party, LinkParty> ends = new EnumMap<>(Party.class);
  private final LinkParameters optics;
  private final Chance physics;
  private final Deque<Letter> way = new ArrayDeque<>();
  private final Map<Integer, PulseTrain> fibre = new HashMap<>();
  private OptionalInt awaited = OptionalInt.empty();

  /** Joins two ends, which belong to the link from here on, and lets them begin. */
  LinkUnderTest(LinkParty alice, LinkParty bob, LinkParameters optics, Chance physics) {
    this.optics = optics;
    this.physics = physics;
    ends.put(Party.ALICE, alice);
    ends.put(Party.BOB, bob);
    perform(Party.ALICE, alice.begin());
    perform(Party.BOB, bob.begin());
  }

  /** Returns the frame that is to be handed over next; none if nothing is on the way. */
  Optional<Letter> next() {
    return Optional.ofNullable(way.peek());
  }

  /** Hands over the next frame. */
  Deeds deliver() {
    Letter letter = way.remove();
    return perform(letter.to(), end(letter.to()).receive(letter.frame().toBytes()));
  }

  /** Presents bytes to a party out of turn. */
  Deeds present(Party to, byte[] bytes) {
    return perform(to, end(to).receive(bytes));
  }

  Stand stand(Party party) {
    return Stand.of(end(party));
  }

  private LinkParty end(Party party) {
    LinkParty end = ends.get(party);
    if (end == null) {
      throw new AssertionError("both ends are there from the start");
    }
    return end;
  }

  private Deeds perform(Party party, List<LinkEffect> effects) {
    List<Bits> frames = new ArrayList<>();
    List<Bits> keys = new ArrayList<>();
    for (LinkEffect effect : effects) {
      if (effect instanceof LinkEffect.Send send) {
        Bits frame = Bits.fromBytes(send.bytes(), Byte.SIZE * send.bytes().length);
        frames.add(frame);
        way.add(new Letter(party.peer(), frame));
      } else if (effect instanceof LinkEffect.Emit emit) {
        fibre.put(
            emit.round(), QuantumLink.carry(emit.light(), optics, new FibreEve.Nothing(), physics));
      } else if (effect instanceof LinkEffect.AwaitLight wait) {
        awaited = OptionalInt.of(wait.round());
      } else if (effect instanceof LinkEffect.Deliver deliver) {
        keys.add(publish(deliver.key()));
      }
    }
    if (awaited.isPresent()) {
      int round = awaited.getAsInt();
      PulseTrain light = fibre.remove(round);
      if (light != null) {
        awaited = OptionalInt.empty();
        perform(Party.BOB, end(Party.BOB).measure(round, light, physics));
      }
    }
    return new Deeds(frames, keys);
  }

  /** Returns the bits of a key that protects nothing. */
  private static Bits publish(SecretBits key) {
    try (key) {
      byte[] bytes = key.toBytes();
      Bits bits = Bits.fromBytes(bytes, key.length());
      Arrays.fill(bytes, (byte) 0);
      return bits;
    }
  }

  @Override
  public void close() {
    ends.values().forEach(LinkParty::close);
  }
}
