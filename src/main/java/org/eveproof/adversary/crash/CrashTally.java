package org.eveproof.adversary.crash;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a campaign has seen. */
public final class CrashTally {
  private final List<Result> results = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private final Map<Count, Integer> counts = new EnumMap<>(Count.class);

  /** What is counted beside the points. */
  public enum Count {
    /** Links from their first bootstrap to their orderly end. */
    LINKS,
    /** Processes that were started. */
    PROCESSES,
    /** Rounds that made a key, at one end or both. */
    ROUNDS,
    /** One-time keys that a message went out under. */
    KEYS_USED,
    /** Blocks whose keys both ends handed over. */
    BLOCKS_GIVEN,
    /** Kills in the middle of a write to a database, which was undone afterwards. */
    WRITES_CUT_SHORT,
    /** Ends that stopped because their one-time keys were used up by lives cut short. */
    EXHAUSTED,
    /** Ends that stopped because they were out of step, where that was to be. */
    OUT_OF_STEP,
    /** Times that operators brought a new credential to both ends. */
    NEW_EPOCHS,
    /** Blocks that one end had handed over when a new bootstrap began another epoch. */
    LEFT_BEHIND;

    /** Returns how it is printed. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A point that was run.
   *
   * @param point in words
   * @param place where the site was to be killed
   * @param reached whether the link came there; if not, it was killed elsewhere
   * @param identity of the point: two with the same one killed the same ends at the same place of a
   *     life, on a channel with the same trouble, and did the same to the state
   * @param fault what was done to the state
   * @param answer what the link made of it
   */
  record Result(
      String point, Place place, boolean reached, String identity, Fault fault, Answer answer) {}

  /**
   * The points of one row of a table.
   *
   * @param points how many were run
   * @param reached how many of them hit the place that was drawn
   * @param distinct how many of them were different: in ends, place, trouble or fault
   * @param answers what came of it
   */
  public record Row(int points, int reached, int distinct, Map<Answer, Integer> answers) {}

  void add(Result result) {
    results.add(result);
  }

  void add(Violation violation) {
    violations.add(violation);
  }

  void count(Count count, int more) {
    counts.merge(count, more, Integer::sum);
  }

  /** Adds what another link has seen. */
  void add(CrashTally other) {
    results.addAll(other.results);
    violations.addAll(other.violations);
    other.counts.forEach(this::count);
  }

  /** Returns whether everything held that was to hold. */
  public boolean held() {
    return violations.isEmpty();
  }

  /** Returns what did not hold. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** Returns a count. */
  public int of(Count count) {
    return counts.getOrDefault(count, 0);
  }

  /** Returns the points by place, and in order. */
  public Map<String, Row> byPlace() {
    Map<Place, List<Result>> groups = new EnumMap<>(Place.class);
    results.forEach(each -> groups.computeIfAbsent(each.place, p -> new ArrayList<>()).add(each));
    Map<String, Row> rows = new LinkedHashMap<>();
    groups.forEach((place, group) -> rows.put(place.label(), row(group)));
    return rows;
  }

  /** Returns the points by what was done to the state, and in order. */
  public Map<String, Row> byFault() {
    Map<Fault, List<Result>> groups = new EnumMap<>(Fault.class);
    results.forEach(each -> groups.computeIfAbsent(each.fault, f -> new ArrayList<>()).add(each));
    Map<String, Row> rows = new LinkedHashMap<>();
    groups.forEach((fault, group) -> rows.put(fault.label(), row(group)));
    return rows;
  }

  /** Returns the points whose place the link did not come to. */
  public List<String> missed() {
    return results.stream().filter(each -> !each.reached).map(Result::point).sorted().toList();
  }

  /** Returns all points. */
  public Row total() {
    return row(results);
  }

  private static Row row(List<Result> group) {
    Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
    Map<String, Integer> identities = new HashMap<>();
    for (Result each : group) {
      answers.merge(each.answer, 1, Integer::sum);
      identities.merge(each.identity, 1, Integer::sum);
    }
    int reached = (int) group.stream().filter(Result::reached).count();
    return new Row(group.size(), reached, identities.size(), answers);
  }

  /** Returns the actions of PskHandover.tla that a kill, a fault and the recovery are, in order. */
  public static List<String> actions(String faultLabel) {
    return Fault.valueOf(faultLabel.toUpperCase(Locale.ROOT).replace('-', '_')).actions();
  }
}
