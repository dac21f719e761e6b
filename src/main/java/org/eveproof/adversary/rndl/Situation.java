package org.eveproof.adversary.rndl;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * Where things stand on one of Eve's ways. Immutable, so that she can try each way from here.
 *
 * @param ends the parties that are still there
 * @param bootstrap what she recorded of it, if she let it pass
 * @param sessions those that she let pass, recorded
 * @param light what she learnt from light that she kept, by the number of the session
 * @param keys session keys that she has
 * @param blocks MAC keys by which each party takes her for its peer
 * @param steps what she did
 */
record Situation(
    Map<Party, End> ends,
    Optional<RecordedBootstrap> bootstrap,
    List<PayloadSession> sessions,
    Map<Integer, Bits> light,
    Set<Bits> keys,
    Map<Party, KeyBlock> blocks,
    List<String> steps) {

  Situation {
    ends = Map.copyOf(ends);
    sessions = List.copyOf(sessions);
    light = Map.copyOf(light);
    keys = Set.copyOf(keys);
    blocks = Map.copyOf(blocks);
    steps = List.copyOf(steps);
  }

  /** Returns the situation after a session that she let pass, whose light she may have kept. */
  Situation passed(PayloadSession session, Optional<Bits> kept, Protocol rules, String step) {
    Map<Party, End> after = new EnumMap<>(Party.class);
    ends.forEach(
        (party, end) ->
            after.put(
                party,
                party == Party.ALICE
                    ? end.after(
                        session.round(),
                        rules.sessionKey(session.caller()),
                        session.callerHeard(),
                        rules)
                    : end.after(
                        session.round(),
                        rules.sessionKey(session.callee()),
                        session.calleeHeard(),
                        rules)));
    List<PayloadSession> recorded = new ArrayList<>(sessions);
    recorded.add(session);
    Map<Integer, Bits> lights = new TreeMap<>(light);
    kept.ifPresent(bits -> lights.put(session.round(), bits));
    return new Situation(after, bootstrap, recorded, lights, keys, blocks, with(step));
  }

  /** Returns the situation after a session that she ran with each of the parties named. */
  Situation stoodIn(Map<Party, End> after, Set<Bits> made, Map<Party, KeyBlock> next, String step) {
    Set<Bits> all = new HashSet<>(keys);
    all.addAll(made);
    return new Situation(after, bootstrap, sessions, light, all, next, with(step));
  }

  /** Returns the situation with session keys that she came by. */
  Situation reading(List<Bits> more) {
    if (more.isEmpty()) {
      return this;
    }
    Set<Bits> all = new HashSet<>(keys);
    all.addAll(more);
    return new Situation(
        ends, bootstrap, sessions, light, all, blocks, with("read keys beside the MAC keys"));
  }

  private List<String> with(String step) {
    List<String> more = new ArrayList<>(steps);
    more.add(step);
    return more;
  }
}
