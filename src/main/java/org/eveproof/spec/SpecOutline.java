package org.eveproof.spec;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a specification and its configuration declare.
 *
 * @param module the root module
 * @param constants the declared constants
 * @param variables the state variables, in the order in which they are declared
 * @param actions the actions that the next-state relation consists of
 * @param properties what the configuration asks to be checked
 * @param replacements operators that the configuration replaces ({@code Old <- New}), by old name
 * @param definitions all operators that the modules define, the standard modules excepted
 */
public record SpecOutline(
    String module,
    List<Constant> constants,
    List<Variable> variables,
    List<Action> actions,
    List<Property> properties,
    Map<String, String> replacements,
    List<Definition> definitions) {

  /** A constant, and its value as TLA+ text (the operator's name if it stands for one). */
  public record Constant(String name, String value, SourcePosition position) {}

  /** A state variable. */
  public record Variable(String name, SourcePosition position) {}

  /** An action and the names of its parameters. */
  public record Action(String name, List<String> parameters, SourcePosition position) {}

  /** A property that the configuration names, and what TLC makes of it. */
  public record Property(String name, Set<Kind> kinds, SourcePosition position) {}

  /** How TLC checks a property; a refinement has parts of several kinds. */
  public enum Kind {
    /** Holds in each reachable state. */
    INVARIANT,
    /** Holds in the initial states. */
    INITIAL,
    /** Holds for each step: {@code [][A]_v}. */
    STEP,
    /** Holds for each behaviour. */
    TEMPORAL
  }

  /**
   * A definition.
   *
   * @param name the defined operator
   * @param module the module that defines it
   * @param firstLine where the definition begins, from 1
   * @param lastLine where it ends, inclusive
   * @param text the definition without comments and white space. Each item of a bulleted list is
   *     put into parentheses, since without white space its indentation no longer says where it
   *     ends. So two definitions with one text mean the same, and layout makes no difference
   */
  public record Definition(String name, String module, int firstLine, int lastLine, String text) {}

  /** Copies the lists. */
  public SpecOutline {
    constants = List.copyOf(constants);
    variables = List.copyOf(variables);
    actions = List.copyOf(actions);
    properties = List.copyOf(properties);
    replacements = Map.copyOf(replacements);
    definitions = List.copyOf(definitions);
  }
}
