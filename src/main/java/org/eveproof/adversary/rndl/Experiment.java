package org.eveproof.adversary.rndl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.session.Fingerprint;

/**
 * The matrix of the running code: for each cell Eve gets what leaks, at its moment, and tries every
 * way that is open to her.
 */
public final class Experiment {
  private final Protocol rules;
  private final Anchor anchor;
  private final Installation site;
  private final Bootstraps bootstraps;
  private final RandomGenerator source;
  private final List<Situation> passed;
  private final Map<Set<Leak>, Loot> loot = new HashMap<>();
  private final Map<Set<Leak>, List<Optional<Situation>>> stoodIn = new HashMap<>();

  private Experiment(Protocol rules, Anchor anchor, long seed) {
    this.rules = rules;
    this.anchor = anchor;
    this.source =
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed + anchor.specName().hashCode());
    this.site = new Installation(anchor, rules, source);
    this.bootstraps = new Bootstraps(site, source);
    this.passed = List.of(bootstraps.passed(1), bootstraps.passed(2));
  }

  /**
   * Runs the experiment.
   *
   * @param rules that the ends follow
   * @param exchanges and
   * @param anchors and
   * @param leaks that are looked at
   * @param seed of everything random
   */
  public static Map<Cell, Finding> run(
      Protocol rules,
      Set<PayloadExchange> exchanges,
      Set<Anchor> anchors,
      Set<Leak> leaks,
      long seed) {
    Map<Cell, Finding> matrix = new HashMap<>();
    anchors.parallelStream()
        .map(anchor -> new Experiment(rules, anchor, seed).matrix(exchanges, leaks))
        .forEachOrdered(matrix::putAll);
    return matrix;
  }

  private Map<Cell, Finding> matrix(Set<PayloadExchange> exchanges, Set<Leak> considered) {
    Map<Cell, Finding> matrix = new HashMap<>();
    for (PayloadExchange exchange : exchanges) {
      Eve first = new Eve(rules, exchange, site.common(1), source);
      Eve second = new Eve(rules, exchange, site.common(2), source);
      for (Set<Leak> leaks : anchor.leakSets()) {
        if (considered.containsAll(leaks)) {
          for (Moment moment : Moment.values()) {
            judge(
                exchange, moment, leaks, List.of(1, 2), first, ways(first, moment, leaks), matrix);
          }
          judge(exchange, Moment.BEFORE, leaks, List.of(3), second, again(second, leaks), matrix);
        }
      }
    }
    return matrix;
  }

  /** Everything that can happen in the sessions after the first bootstrap. */
  private List<Situation> ways(Eve eve, Moment moment, Set<Leak> leaks) {
    Loot has = loot(leaks);
    List<Situation> ends = new ArrayList<>();
    for (Situation booted : booted(1, leaks, moment.isInTimeFor(Moment.DURING))) {
      List<KeyBlock> firstKeys = moment == Moment.AFTER ? has.macKeys(booted) : List.of();
      for (Situation one : eve.session(booted, 1, hasBy(Moment.AFTER, moment, has), firstKeys)) {
        boolean now = moment == Moment.HANDOVER;
        Situation handed = now ? one.reading(has.besideMacKeys(one, rules)) : one;
        List<KeyBlock> nextKeys = now ? has.macKeys(handed) : List.of();
        List<Situation> two = eve.session(handed, 2, hasBy(Moment.HANDOVER, moment, has), nextKeys);
        for (Situation end : two) {
          ends.add(moment == Moment.LATER ? end.reading(has.besideMacKeys(end, rules)) : end);
        }
      }
    }
    return ends;
  }

  private static Optional<Loot> hasBy(Moment needed, Moment moment, Loot has) {
    return moment.isInTimeFor(needed) ? Optional.of(has) : Optional.empty();
  }

  /** Everything that can happen in the session after the second bootstrap. */
  private List<Situation> again(Eve eve, Set<Leak> leaks) {
    List<Situation> ends = new ArrayList<>();
    for (Situation booted : booted(2, leaks, true)) {
      ends.addAll(eve.session(booted, 3, Optional.of(loot(leaks)), List.of()));
    }
    return ends;
  }

  private List<Situation> booted(int bootstrap, Set<Leak> leaks, boolean inTime) {
    List<Situation> situations = new ArrayList<>();
    situations.add(passed.get(bootstrap - 1));
    // Without a secret she tries, too; whatever comes of it does not depend on the moment.
    stoodIn(bootstrap, inTime ? leaks : Set.of()).ifPresent(situations::add);
    return situations;
  }

  private Optional<Situation> stoodIn(int bootstrap, Set<Leak> leaks) {
    return stoodIn
        .computeIfAbsent(
            leaks,
            some -> List.of(bootstraps.stoodIn(1, loot(some)), bootstraps.stoodIn(2, loot(some))))
        .get(bootstrap - 1);
  }

  private Loot loot(Set<Leak> leaks) {
    return loot.computeIfAbsent(leaks, some -> site.loot(some, source));
  }

  private void judge(
      PayloadExchange exchange,
      Moment moment,
      Set<Leak> leaks,
      List<Integer> keys,
      Eve eve,
      List<Situation> ways,
      Map<Cell, Finding> matrix) {
    for (int key : keys) {
      for (boolean compared : new boolean[] {false, true}) {
        matrix.put(new Cell(exchange, anchor, moment, leaks, compared, key), Finding.SAFE);
      }
    }
    for (Situation way : ways) {
      Set<Bits> payloads = new HashSet<>();
      eve.keys(way, Optional.of(loot(leaks)))
          .forEach(key -> payloads.add(new SessionKey(key).payload()));
      for (int key : keys) {
        if (isHers(way, key, payloads)) {
          for (boolean compared : new boolean[] {false, true}) {
            Verdict verdict = compared && isExposed(way) ? Verdict.DETECTED : Verdict.BROKEN;
            List<String> steps = new ArrayList<>(way.steps());
            steps.add("with " + Cell.words(leaks) + ", have key " + key);
            matrix.merge(
                new Cell(exchange, anchor, moment, leaks, compared, key),
                new Finding(verdict, steps),
                Finding::worse);
          }
        }
      }
    }
  }

  private static boolean isHers(Situation way, int key, Set<Bits> payloads) {
    return way.ends().values().stream()
        .flatMap(end -> Optional.ofNullable(end.keys().get(key)).stream())
        .anyMatch(theirs -> payloads.contains(new SessionKey(theirs).payload()));
  }

  /** Whether two people who read fingerprints to each other find that they differ. */
  private boolean isExposed(Situation way) {
    List<Fingerprint> read =
        Arrays.stream(Party.values())
            .flatMap(party -> Optional.ofNullable(way.ends().get(party)).stream())
            .map(end -> rules.fingerprint(end.newest(), end.conversations()))
            .toList();
    return read.size() < 2 || !read.get(0).equals(read.get(1));
  }
}
