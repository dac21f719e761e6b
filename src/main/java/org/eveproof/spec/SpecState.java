package org.eveproof.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A state of a specification: a value for each variable. Immutable. Equality is that of TLA+;
 * states of two oracles are never equal (compare their {@link #variables()}).
 */
public final class SpecState {
  private final SpecOracle oracle;
  private final Object handle;

  SpecState(SpecOracle oracle, Object handle) {
    this.oracle = oracle;
    this.handle = handle;
  }

  SpecOracle oracle() {
    return oracle;
  }

  Object handle() {
    return handle;
  }

  /**
   * Returns the value of a variable.
   *
   * @throws IllegalArgumentException if the specification has no such variable
   */
  public TlaValue get(String variable) {
    return oracle.value(this, variable);
  }

  /** Returns the value of each variable, in the order in which they are declared. */
  public Map<String, TlaValue> variables() {
    Map<String, TlaValue> variables = new LinkedHashMap<>();
    for (SpecOutline.Variable variable : oracle.outline().variables()) {
      variables.put(variable.name(), get(variable.name()));
    }
    return Collections.unmodifiableMap(variables);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpecState state
        && oracle == state.oracle
        && oracle.same(handle, state.handle);
  }

  @Override
  public int hashCode() {
    return oracle.hash(handle);
  }

  /** Returns the state as TLA+: one conjunct for each variable. */
  @Override
  public String toString() {
    return variables().entrySet().stream()
        .map(variable -> "/\\ " + variable.getKey() + " = " + variable.getValue())
        .collect(Collectors.joining("\n"));
  }
}
