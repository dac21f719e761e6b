package org.eveproof.adversary.rndl;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Basis;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.quantum.QuantumLink;

/**
 * What Eve can do in one session and afterwards: let it pass and record it, keep the light, stand
 * in the middle with any MAC keys that she has or can work out, decrypt. She tries everything; the
 * parties judge.
 */
final class Eve {
  private final Protocol rules;
  private final PayloadExchange exchange;
  private final Optional<Bits> common;
  private final RandomGenerator source;
  private final IdentityHashMap<Situation, List<Situation>> withoutSecrets =
      new IdentityHashMap<>();
  private final IdentityHashMap<Situation, Map<Loot, List<Situation>>> withLoot =
      new IdentityHashMap<>();

  /**
   * Prepares her.
   *
   * @param common the secret that the parties had before the bootstrap; only they use it
   */
  Eve(Protocol rules, PayloadExchange exchange, Optional<Bits> common, RandomGenerator source) {
    this.rules = rules;
    this.exchange = exchange;
    this.common = common;
    this.source = source;
  }

  /**
   * Tries a session in every way.
   *
   * @param from the situation before it
   * @param round number of the payload key
   * @param loot what she has by now
   * @param stolen MAC keys that leaked and may be in use
   * @return the situations in which a party has a key
   */
  List<Situation> session(Situation from, int round, Optional<Loot> loot, List<KeyBlock> stolen) {
    List<Situation> ways =
        new ArrayList<>(withoutSecrets.computeIfAbsent(from, same -> withoutSecrets(same, round)));
    // The same question at another moment has the same answer; it is not asked twice.
    if (loot.isPresent() && stolen.isEmpty()) {
      ways.addAll(
          withLoot
              .computeIfAbsent(from, same -> new HashMap<>())
              .computeIfAbsent(loot.get(), has -> withSecrets(from, round, loot, stolen)));
    } else {
      ways.addAll(withSecrets(from, round, loot, stolen));
    }
    return ways;
  }

  /** What MAC keys that she has, or can work out, let her try. */
  private List<Situation> withSecrets(
      Situation from, int round, Optional<Loot> loot, List<KeyBlock> stolen) {
    List<KeyBlock> candidates = candidates(from, round, loot, stolen);
    return candidates.isEmpty() ? List.of() : standIn(from, round, candidates);
  }

  /** What anybody can try: nothing of this depends on what leaked. */
  private List<Situation> withoutSecrets(Situation from, int round) {
    List<Situation> ways = new ArrayList<>();
    pass(from, round).ifPresent(ways::add);
    if (exchange.isQuantum()) {
      keepLight(from, round).ifPresent(ways::add);
    }
    ways.addAll(standIn(from, round, List.of(guess())));
    return ways;
  }

  private Optional<Situation> pass(Situation from, int round) {
    return together(from, round, light -> light)
        .map(session -> from.passed(session, Optional.empty(), rules, "record session " + round));
  }

  private Optional<PayloadSession> together(
      Situation from, int round, UnaryOperator<PulseTrain> fibre) {
    End alice = from.ends().get(Party.ALICE);
    End bob = from.ends().get(Party.BOB);
    return alice == null || bob == null
        ? Optional.empty()
        : PayloadSession.run(
            round,
            caller(alice.macKeys(), round, common),
            callee(bob.macKeys(), round, common),
            fibre);
  }

  /** Takes the light, gives Bob other light, and measures when the bases are public. */
  private Optional<Situation> keepLight(Situation from, int round) {
    List<PulseTrain> kept = new ArrayList<>();
    Optional<PayloadSession> session =
        together(
            from,
            round,
            light -> {
              kept.add(light);
              return QuantumLink.emit(
                      QuantumLink.prepare(light.slots(), SecretRandom.simulated(source)))
                  .singlePhotons();
            });
    return session.map(
        made ->
            from.passed(
                made,
                Optional.of(measure(kept.get(0), made)),
                rules,
                "keep the light of session " + round));
  }

  private Bits measure(PulseTrain light, PayloadSession session) {
    Bits bobs = PayloadCallee.Answer.read(session.said(1)).bases();
    PayloadCaller.Announcement told = PayloadCaller.Announcement.read(session.said(2));
    Bits bits =
        Bits.of(
            light.slots(),
            i -> light.pulse(i).measure(Basis.of(told.bases().get(i)), Chance.drivenBy(source)));
    Bits raw = bits.select(told.bases().xor(bobs).not()).select(told.sample().not());
    return PayloadCaller.amplify(
        raw, Bits.fromBytes(session.said(4), raw.length() + SessionKey.BITS - 1));
  }

  /**
   * A party that took her for its peer.
   *
   * @param end the party afterwards
   * @param key the session key, as she has it
   * @param next the MAC keys of the next session, as she has them
   */
  private record Taken(End end, Bits key, KeyBlock next) {}

  /**
   * Runs the session with each party that takes one of the MAC keys for its peer's; and, if both
   * do, once more so that both get the same key.
   */
  private List<Situation> standIn(Situation from, int round, List<KeyBlock> candidates) {
    Optional<Taken> alice = takeIn(from, Party.ALICE, round, candidates, Optional.empty());
    Optional<Taken> bob = takeIn(from, Party.BOB, round, candidates, Optional.empty());
    List<Situation> ways = new ArrayList<>();
    String step = "stand in the middle of session " + round;
    if (alice.isPresent() || bob.isPresent()) {
      ways.add(stoodIn(from, alice, bob, step));
    }
    if (exchange.isQuantum() && alice.isPresent() && bob.isPresent()) {
      Optional<Taken> steered = takeIn(from, Party.BOB, round, candidates, alice.map(Taken::key));
      ways.add(stoodIn(from, alice, steered, step + ", making the keys of both ends equal"));
    }
    return ways;
  }

  private static Situation stoodIn(
      Situation from, Optional<Taken> alice, Optional<Taken> bob, String step) {
    Map<Party, End> ends = new EnumMap<>(Party.class);
    Map<Party, KeyBlock> blocks = new EnumMap<>(Party.class);
    Set<Bits> keys = new HashSet<>();
    Map.of(Party.ALICE, alice, Party.BOB, bob)
        .forEach(
            (party, taken) ->
                taken.ifPresent(
                    made -> {
                      ends.put(party, made.end());
                      blocks.put(party, made.next());
                      keys.add(made.key());
                    }));
    return from.stoodIn(ends, keys, blocks, step);
  }

  private Optional<Taken> takeIn(
      Situation from, Party victim, int round, List<KeyBlock> candidates, Optional<Bits> target) {
    End end = from.ends().get(victim);
    if (end == null) {
      return Optional.empty();
    }
    List<KeyBlock> ordered = new ArrayList<>(candidates);
    Optional.ofNullable(from.blocks().get(victim)).ifPresent(own -> ordered.add(0, own));
    boolean calls = victim == Party.ALICE;
    for (KeyBlock candidate : ordered) {
      PayloadCaller caller =
          calls
              ? caller(end.macKeys(), round, common)
              : steering(caller(candidate, round, Optional.empty()), target);
      PayloadCallee callee =
          calls ? callee(candidate, round, Optional.empty()) : callee(end.macKeys(), round, common);
      Optional<Taken> taken =
          PayloadSession.run(round, caller, callee, light -> light)
              .map(
                  made -> {
                    Bits theirs = rules.sessionKey(calls ? made.caller() : made.callee());
                    Bits hers = rules.sessionKey(calls ? made.callee() : made.caller());
                    Bits heard = calls ? made.callerHeard() : made.calleeHeard();
                    return new Taken(
                        end.after(round, theirs, heard, rules),
                        hers,
                        rules.macKeysAfter(candidate, hers));
                  });
      if (taken.isPresent()) {
        return taken;
      }
    }
    return Optional.empty();
  }

  private PayloadCaller steering(PayloadCaller caller, Optional<Bits> target) {
    target.ifPresent(
        wanted ->
            caller.choosing(
                (raw, computed) -> {
                  Bits zero = Bits.of(SessionKey.BITS, i -> false);
                  Bits rest =
                      rules.sessionKey(new KeyParts(Optional.of(zero), computed, Optional.empty()));
                  return SteeredSeed.towards(raw, wanted.xor(rest), source);
                }));
    return caller;
  }

  /** Returns all MAC keys that the session might run under, as far as she can work them out. */
  private List<KeyBlock> candidates(
      Situation from, int round, Optional<Loot> loot, List<KeyBlock> stolen) {
    List<KeyBlock> candidates = new ArrayList<>(from.blocks().values());
    candidates.addAll(stolen);
    List<KeyBlock> first = new ArrayList<>();
    loot.ifPresent(
        has ->
            from.bootstrap().stream()
                .flatMap(recorded -> has.seeds(recorded).stream())
                .map(seed -> KeyBlock.bootstrap(SecretBits.copyOf(seed), SessionKey.MAC_KEYS))
                .forEach(first::add));
    Set<Bits> keys = keys(from, loot);
    if (round != 2) {
      candidates.addAll(first);
    } else if (!first.isEmpty() || !keys.isEmpty()) {
      first.add(guess());
      keys.add(guessedKey());
      first.forEach(block -> keys.forEach(key -> candidates.add(rules.macKeysAfter(block, key))));
    }
    return candidates;
  }

  /** Returns all session keys that she has or can decrypt. */
  Set<Bits> keys(Situation situation, Optional<Loot> loot) {
    Set<Bits> keys = new HashSet<>(situation.keys());
    situation
        .sessions()
        .forEach(
            session ->
                decrypt(
                    session,
                    Optional.ofNullable(situation.light().get(session.round())),
                    loot,
                    keys));
    return keys;
  }

  private void decrypt(
      PayloadSession session, Optional<Bits> light, Optional<Loot> loot, Set<Bits> keys) {
    List<Bits> computed = new ArrayList<>();
    List<Optional<Bits>> secrets = new ArrayList<>(List.of(Optional.empty()));
    if (loot.isPresent()) {
      // What the exchange gave was bound to all that had been said when it was over.
      Bits context = heardAfterAnswer(session);
      session
          .ephemeral()
          .flatMap(each -> loot.get().computed(each, context))
          .ifPresent(computed::add);
      computed.addAll(loot.get().hashed(session.caller(), rules));
      loot.get().commonSecrets().forEach(secret -> secrets.add(Optional.of(secret)));
    }
    if (computed.isEmpty() && light.isEmpty() && secrets.size() == 1) {
      return;
    }
    computed.stream().filter(bits -> bits.length() == SessionKey.BITS).forEach(keys::add);
    computed.removeIf(bits -> bits.length() == SessionKey.BITS);
    if (computed.isEmpty()) {
      computed.add(SecretRandom.simulated(source).publicBits(256));
    }
    Bits quantum = light.orElse(guessedKey());
    for (Bits made : computed) {
      for (Optional<Bits> secret : secrets) {
        keys.add(
            rules.sessionKey(
                new KeyParts(
                    exchange.isQuantum() ? Optional.of(quantum) : Optional.empty(),
                    session.ephemeral().isPresent() ? Optional.of(made) : Optional.empty(),
                    secret)));
      }
    }
  }

  private static Bits heardAfterAnswer(PayloadSession session) {
    return TaggedChannel.digest(session.messages().subList(0, 2));
  }

  private PayloadCaller caller(KeyBlock macKeys, int round, Optional<Bits> secret) {
    return new PayloadCaller(
        rules, exchange, new TaggedChannel(rules, Party.ALICE, macKeys, round), secret, source);
  }

  private PayloadCallee callee(KeyBlock macKeys, int round, Optional<Bits> secret) {
    return new PayloadCallee(
        rules, exchange, new TaggedChannel(rules, Party.BOB, macKeys, round), secret, source);
  }

  private KeyBlock guess() {
    return new SessionKey(guessedKey()).macKeys();
  }

  private Bits guessedKey() {
    return SecretRandom.simulated(source).publicBits(SessionKey.BITS);
  }
}
