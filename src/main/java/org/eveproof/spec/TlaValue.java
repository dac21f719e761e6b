package org.eveproof.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A value of TLA+, immutable, with the equality of TLA+: each value has exactly one representation.
 * A function whose domain is {@code 1..n} is a {@link Seq}, one whose domain is a non-empty set of
 * strings is a {@link Rec}, any other is a {@link Fcn}; {@link #function(Map)} chooses. So {@code
 * equals} needs to know nothing about how a value came about. {@code toString} prints TLA+ syntax,
 * the same text for equal values.
 *
 * <p>A specification should not use the empty string: where a formula compares it, TLC may take it
 * for the empty sequence.
 */
public sealed interface TlaValue {

  /** TRUE or FALSE. */
  record Bool(boolean value) implements TlaValue {
    @Override
    public String toString() {
      return value ? "TRUE" : "FALSE";
    }
  }

  /** An integer; TLC computes with 32 bits and stops at an overflow. */
  record Int(int value) implements TlaValue {
    @Override
    public String toString() {
      return Integer.toString(value);
    }
  }

  /** A string. */
  record Text(String value) implements TlaValue {
    @Override
    public String toString() {
      return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }

  /** A model value: one that the configuration names and that equals nothing but itself. */
  record ModelValue(String name) implements TlaValue {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A finite set; it iterates in the order it was given in. */
  record SetOf(Set<TlaValue> elements) implements TlaValue {
    /** Copies the elements. */
    public SetOf {
      elements = Collections.unmodifiableSet(new LinkedHashSet<>(elements));
    }

    @Override
    public String toString() {
      return elements.stream()
          .map(TlaValue::toString)
          .sorted()
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /** A sequence (a tuple); the empty one is also the function with empty domain. */
  record Seq(List<TlaValue> elements) implements TlaValue {
    /** Copies the elements. */
    public Seq {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return elements.stream()
          .map(TlaValue::toString)
          .collect(Collectors.joining(", ", "<<", ">>"));
    }
  }

  /** A record: a function whose domain is a non-empty set of strings. */
  record Rec(SortedMap<String, TlaValue> fields) implements TlaValue {
    /**
     * Copies the fields.
     *
     * @throws IllegalArgumentException if there is none; that function is the empty {@link Seq}
     */
    public Rec {
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("no fields: the empty function is the empty sequence");
      }
      fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    @Override
    public String toString() {
      boolean named = fields.keySet().stream().allMatch(name -> name.matches("[A-Za-z]\\w*"));
      return fields.entrySet().stream()
          .map(
              field ->
                  named
                      ? field.getKey() + " |-> " + field.getValue()
                      : new Text(field.getKey()) + " :> " + field.getValue())
          .collect(Collectors.joining(named ? ", " : " @@ ", named ? "[" : "(", named ? "]" : ")"));
    }
  }

  /** A function that is neither a sequence nor a record. */
  record Fcn(Map<TlaValue, TlaValue> mapping) implements TlaValue {
    /**
     * Copies the mapping.
     *
     * @throws IllegalArgumentException if it is a sequence or a record; see {@link #function(Map)}
     */
    public Fcn {
      if (isSequence(mapping) || isRecord(mapping)) {
        throw new IllegalArgumentException("a sequence or a record: " + mapping);
      }
      mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
    }

    @Override
    public String toString() {
      return mapping.entrySet().stream()
          .map(pair -> pair.getKey() + " :> " + pair.getValue())
          .sorted()
          .collect(Collectors.joining(" @@ ", "(", ")"));
    }

    private static boolean isRecord(Map<TlaValue, TlaValue> mapping) {
      return mapping.keySet().stream().allMatch(Text.class::isInstance);
    }

    private static boolean isSequence(Map<TlaValue, TlaValue> mapping) {
      for (TlaValue key : mapping.keySet()) {
        if (!(key instanceof Int index && index.value >= 1 && index.value <= mapping.size())) {
          return false;
        }
      }
      return true;
    }
  }

  /** Returns the function that maps each key to its value, in its one representation. */
  static TlaValue function(Map<TlaValue, TlaValue> mapping) {
    if (Fcn.isSequence(mapping)) {
      TlaValue[] elements = new TlaValue[mapping.size()];
      mapping.forEach((index, element) -> elements[((Int) index).value - 1] = element);
      return new Seq(List.of(elements));
    }
    if (Fcn.isRecord(mapping)) {
      TreeMap<String, TlaValue> fields = new TreeMap<>();
      mapping.forEach((name, value) -> fields.put(((Text) name).value, value));
      return new Rec(fields);
    }
    return new Fcn(mapping);
  }

  /**
   * Returns the value that a Java object stands for.
   *
   * <p>A {@code Boolean}, {@code Integer}, {@code Long}, {@code Short}, {@code Byte} or {@code
   * String} is what one expects. An enum constant is the string that its method {@code specName()}
   * returns if its type has one, else {@code toString()}. A {@code Set} is a set, a {@code List} a
   * sequence, a {@code Map} a function (with string keys therefore also a record), and a Java
   * record is a record with the names of its components. A {@code TlaValue} is itself.
   *
   * @throws IllegalArgumentException if the object, or one inside it, is of another kind or a
   *     number does not fit into 32 bits
   */
  static TlaValue of(Object object) {
    return object instanceof TlaValue value ? value : JavaValues.make(object, JavaValues.TLA);
  }
}
