package org.eveproof.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text of a TLC configuration file, in sections.
 *
 * <p>Understands the plain form that this project's files keep: a keyword, then its entries, with
 * {@code \*} comments. That suffices to ask another question of the same finite instance: other
 * properties, or one operator replaced from outside.
 *
 * @param sections for each keyword in order, its entries, one a line
 */
public record ModelConfig(Map<String, List<String>> sections) {
  private static final Map<String, String> KEYWORDS =
      Map.ofEntries(
          Map.entry("SPECIFICATION", "SPECIFICATION"),
          Map.entry("INIT", "INIT"),
          Map.entry("NEXT", "NEXT"),
          Map.entry("CONSTANT", "CONSTANTS"),
          Map.entry("CONSTANTS", "CONSTANTS"),
          Map.entry("INVARIANT", "INVARIANTS"),
          Map.entry("INVARIANTS", "INVARIANTS"),
          Map.entry("PROPERTY", "PROPERTIES"),
          Map.entry("PROPERTIES", "PROPERTIES"),
          Map.entry("SYMMETRY", "SYMMETRY"),
          Map.entry("VIEW", "VIEW"),
          Map.entry("CONSTRAINT", "CONSTRAINTS"),
          Map.entry("CONSTRAINTS", "CONSTRAINTS"),
          Map.entry("ACTION_CONSTRAINT", "ACTION_CONSTRAINTS"),
          Map.entry("ACTION_CONSTRAINTS", "ACTION_CONSTRAINTS"),
          Map.entry("CHECK_DEADLOCK", "CHECK_DEADLOCK"));
  private static final Set<String> WORD_SECTIONS =
      Set.of("INVARIANTS", "PROPERTIES", "CONSTRAINTS", "ACTION_CONSTRAINTS");

  /** Copies the sections; equal texts make equal configurations. */
  public ModelConfig {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    sections.forEach((keyword, entries) -> copy.put(keyword, List.copyOf(entries)));
    sections = copy;
  }

  /**
   * Reads a configuration.
   *
   * @param text of the file
   * @throws IllegalArgumentException if an entry stands before any keyword
   */
  public static ModelConfig parse(String text) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    String current = "";
    for (String line : text.split("\\R", -1)) {
      int comment = line.indexOf("\\*");
      String rest = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (rest.isEmpty()) {
        continue;
      }
      String first = rest.split("\\s+", 2)[0];
      if (KEYWORDS.containsKey(first)) {
        current = KEYWORDS.getOrDefault(first, first);
        sections.computeIfAbsent(current, keyword -> new ArrayList<>());
        rest = rest.substring(first.length()).strip();
        if (rest.isEmpty()) {
          continue;
        }
      }
      if (current.isEmpty()) {
        throw new IllegalArgumentException("'" + rest + "' stands before any section keyword");
      }
      List<String> entries = sections.computeIfAbsent(current, keyword -> new ArrayList<>());
      if (WORD_SECTIONS.contains(current)) {
        entries.addAll(List.of(rest.split("\\s+")));
      } else {
        entries.add(rest);
      }
    }
    return new ModelConfig(sections);
  }

  /** Returns the names of the invariants it lists. */
  public List<String> invariants() {
    return sections.getOrDefault("INVARIANTS", List.of());
  }

  /** Returns the names of the temporal properties it lists. */
  public List<String> properties() {
    return sections.getOrDefault("PROPERTIES", List.of());
  }

  /**
   * Returns the same instance with other questions.
   *
   * @param invariants names of state predicates that must hold in each state
   * @param properties names of temporal formulas that must hold of each behaviour
   */
  public ModelConfig asking(List<String> invariants, List<String> properties) {
    Map<String, List<String>> changed = new LinkedHashMap<>(sections);
    changed.remove("INVARIANTS");
    changed.remove("PROPERTIES");
    if (!invariants.isEmpty()) {
      changed.put("INVARIANTS", invariants);
    }
    if (!properties.isEmpty()) {
      changed.put("PROPERTIES", properties);
    }
    return new ModelConfig(changed);
  }

  /**
   * Returns the same instance with operators replaced from outside.
   *
   * @param replacements for each operator, the name of the one that takes its place
   */
  public ModelConfig replacing(Map<String, String> replacements) {
    List<String> constants = new ArrayList<>();
    for (String entry : sections.getOrDefault("CONSTANTS", List.of())) {
      if (!replacements.containsKey(entry.split("\\s|<-|=", 2)[0])) {
        constants.add(entry);
      }
    }
    replacements.forEach((operator, other) -> constants.add(operator + " <- " + other));
    Map<String, List<String>> changed = new LinkedHashMap<>(sections);
    changed.put("CONSTANTS", constants);
    return new ModelConfig(changed);
  }

  /** Returns the text that TLC reads. */
  public String text() {
    StringBuilder text = new StringBuilder();
    sections.forEach(
        (keyword, entries) -> {
          if (!entries.isEmpty()) {
            text.append(keyword).append('\n');
            entries.forEach(entry -> text.append("  ").append(entry).append('\n'));
          }
        });
    return text.toString();
  }
}
