package org.eveproof.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An action of a specification with values for its parameters.
 *
 * @param name of the operator that defines the action, such as {@code Reserve}
 * @param parameters value of each parameter, in the order of the definition
 */
public record ActionInstance(String name, Map<String, TlaValue> parameters) {
  /** Copies the parameters, keeping their order. */
  public ActionInstance {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Returns the value of a parameter.
   *
   * @throws IllegalArgumentException if the action has no such parameter
   */
  public TlaValue parameter(String parameter) {
    TlaValue value = parameters.get(parameter);
    if (value == null) {
      throw new IllegalArgumentException(this + " has no parameter " + parameter);
    }
    return value;
  }

  /**
   * Returns the value of a parameter that is a string.
   *
   * @throws IllegalArgumentException if the action has no such parameter or it is no string
   */
  public String text(String parameter) {
    if (parameter(parameter) instanceof TlaValue.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException(parameter + " of " + this + " is not a string");
  }

  /**
   * Returns the value of a parameter that is an integer.
   *
   * @throws IllegalArgumentException if the action has no such parameter or it is no integer
   */
  public int integer(String parameter) {
    if (parameter(parameter) instanceof TlaValue.Int integer) {
      return integer.value();
    }
    throw new IllegalArgumentException(parameter + " of " + this + " is not an integer");
  }

  /** Returns for example {@code Reserve(p = "alice", k = 2)}. */
  @Override
  public String toString() {
    if (parameters.isEmpty()) {
      return name;
    }
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + " = " + parameter.getValue())
        .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
