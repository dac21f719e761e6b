package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecOracle;

/** Draws the actions that are tried on an implementation. */
final class ActionChoice {
  private final ConformanceCase subject;
  private final Map<String, List<ActionInstance>> byName = new TreeMap<>();
  private final List<String> names;
  private final List<ActionInstance> all;

  /**
   * The choice among a specification's actions.
   *
   * @param subject says how often each is drawn
   * @param oracle the loaded specification
   */
  ActionChoice(ConformanceCase subject, SpecOracle oracle) {
    this.subject = subject;
    for (ActionInstance action : oracle.actions()) {
      byName.computeIfAbsent(action.name(), name -> new ArrayList<>()).add(action);
    }
    names = List.copyOf(byName.keySet());
    all = oracle.actions();
  }

  /** Draws any action, enabled or not. */
  ActionInstance any(RandomGenerator random) {
    return one(all, random);
  }

  /** Draws a name, and returns all its instances in random order. */
  List<ActionInstance> ofOneName(RandomGenerator random) {
    List<ActionInstance> left = new ArrayList<>(instances(names.get(random.nextInt(names.size()))));
    List<ActionInstance> drawn = new ArrayList<>();
    while (!left.isEmpty()) {
      drawn.add(left.remove(random.nextInt(left.size())));
    }
    return drawn;
  }

  /** Draws names by weight, without putting back, until one has an instance that is enabled. */
  Optional<ActionInstance> enabled(Predicate<ActionInstance> isEnabled, RandomGenerator random) {
    Set<String> candidates = new TreeSet<>(names);
    candidates.removeIf(name -> subject.weight(name) == 0);
    while (!candidates.isEmpty()) {
      String name = drawByWeight(candidates, random);
      candidates.remove(name);
      List<ActionInstance> enabled = instances(name).stream().filter(isEnabled).toList();
      if (!enabled.isEmpty()) {
        return Optional.of(one(enabled, random));
      }
    }
    return Optional.empty();
  }

  private List<ActionInstance> instances(String name) {
    return byName.getOrDefault(name, List.of());
  }

  private static ActionInstance one(List<ActionInstance> actions, RandomGenerator random) {
    return actions.get(random.nextInt(actions.size()));
  }

  private String drawByWeight(Set<String> names, RandomGenerator random) {
    int ticket = random.nextInt(names.stream().mapToInt(subject::weight).sum());
    for (String name : names) {
      ticket -= subject.weight(name);
      if (ticket < 0) {
        return name;
      }
    }
    throw new AssertionError("the ticket lies below the total weight");
  }
}
