package org.eveproof.adversary.rndl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Bits;

/**
 * What an end of the link has.
 *
 * @param macKeys for the next session
 * @param conversations a digest of all it said and heard, for the bootstrap and each session since
 * @param keys the session keys, by number
 */
record End(KeyBlock macKeys, List<Bits> conversations, Map<Integer, Bits> keys) {
  End {
    conversations = List.copyOf(conversations);
    keys = Map.copyOf(keys);
  }

  /** Returns the end after a session. */
  End after(int round, Bits key, Bits conversation, Protocol rules) {
    List<Bits> heard = new ArrayList<>(conversations);
    heard.add(conversation);
    Map<Integer, Bits> made = new TreeMap<>(keys);
    made.put(round, key);
    return new End(rules.macKeysAfter(macKeys, key), heard, made);
  }

  /** Returns the newest session key. */
  Bits newest() {
    Bits newest = new TreeMap<>(keys).lastEntry().getValue();
    if (newest == null) {
      throw new AssertionError("a map of keys has no null");
    }
    return newest;
  }
}
