package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eveproof.authentication.FixedOneTimeKeys;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;

/**
 * The classical channel of the exchange, and Eve on it: all frames that were ever sent, which of
 * them are on their way, and the one-time keys whose bytes Eve has.
 *
 * <p>Pads are counted from 1, as in the specification; the indices of keys from 0.
 */
final class ChannelWithEve {
  private final List<Frame> sent = new ArrayList<>();
  private final Map<Party, Boolean> lost = new EnumMap<>(Party.class);
  private final Map<Party, Map<Integer, OneTimeKey>> known = new EnumMap<>(Party.class);
  private final Map<Party, FixedOneTimeKeys> untouched = new EnumMap<>(Party.class);

  /**
   * Makes the channel.
   *
   * @param secret what both parties' keys are made from: where Eve steals
   */
  ChannelWithEve(byte[] secret, int keys) {
    for (Party party : Party.values()) {
      lost.put(party, false);
      known.put(party, new HashMap<>());
      // The supply of the peer finds the keys of the party's direction.
      untouched.put(party, new FixedOneTimeKeys(party.peer(), secret, keys));
    }
  }

  static KeyIndex index(int pad) {
    return new KeyIndex(0, 0, pad - 1);
  }

  static int pad(Frame frame) {
    return frame.header().key().index() + 1;
  }

  /** Takes a frame from its sender; the same bytes once more change nothing. */
  void carry(Frame frame) {
    if (!sent.contains(frame)) {
      sent.add(frame);
      lost.put(frame.header().sender(), false);
    }
  }

  List<Frame> sent() {
    return List.copyOf(sent);
  }

  boolean isLost(Party sender) {
    return lost.getOrDefault(sender, false);
  }

  /** The last frame of this party does not arrive. Older ones Eve has kept. */
  @Refines("Bb84Exchange!Drop")
  void drop(Party sender) {
    lost.put(sender, true);
  }

  /** With a new session nobody waits for the last words of the one before. */
  void nothingIsLost() {
    lost.replaceAll((sender, was) -> false);
  }

  @Refines("Bb84Exchange!Resend")
  void carryAgain(Frame frame) {
    carry(frame);
    lost.put(frame.header().sender(), false);
  }

  /** Gives Eve the bytes of a key. */
  @Refines("Bb84Exchange!LearnPad")
  void learn(Party sender, int pad) {
    Optional.ofNullable(untouched.get(sender))
        .flatMap(keys -> keys.lookup(index(pad)))
        .ifPresent(key -> known(sender).put(pad, key));
  }

  /** Returns the pads of this party's direction that Eve has. */
  SortedSet<Integer> pads(Party sender) {
    return new TreeSet<>(known(sender).keySet());
  }

  /** Returns Eve's copy of a key, for one use; if she has none, what she makes up. */
  OneTimeKey keyForForgery(Party sender, int pad) {
    OneTimeKey key = known(sender).get(pad);
    return key == null ? new OneTimeKey(index(pad), new byte[16], new byte[16]) : key.copy();
  }

  private Map<Integer, OneTimeKey> known(Party sender) {
    return known.computeIfAbsent(sender, party -> new HashMap<>());
  }

  void wipe() {
    known.values().forEach(keys -> keys.values().forEach(OneTimeKey::close));
    untouched.values().forEach(FixedOneTimeKeys::close);
  }
}
