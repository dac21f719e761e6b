package org.eveproof.spec.tlc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eveproof.spec.SpecException;
import org.eveproof.spec.TlaValue;
import org.eveproof.spec.ValueMaker;
import org.jspecify.annotations.Nullable;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.LazyValue;
import tlc2.value.impl.ModelValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import util.UniqueString;

/** Makes TLC's values, and translates them into ours. */
final class TlcValues implements ValueMaker<Object> {
  private static final Value[] NO_VALUES = {};

  /** Strings are interned once: TLC's own table is synchronized. */
  private final Map<String, StringValue> strings = new HashMap<>();

  private final Map<List<String>, Shape> shapes = new HashMap<>();

  /** The names of a record's fields in TLC's order, and where each stood in the list given. */
  private static final class Shape {
    private final UniqueString[] names;
    private final int[] origin;

    Shape(UniqueString[] names, int[] origin) {
      this.names = names;
      this.origin = origin;
    }
  }

  @Override
  public Object truth(boolean value) {
    return value ? BoolValue.ValTrue : BoolValue.ValFalse;
  }

  @Override
  public Object integer(int value) {
    return IntValue.gen(value);
  }

  @Override
  public Object text(String value) {
    return string(value);
  }

  private StringValue string(String text) {
    return strings.computeIfAbsent(text, StringValue::new);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the configuration names no such model value
   */
  @Override
  public Object modelValue(String name) {
    for (ModelValue known : ModelValue.mvs) {
      if (known.val.toString().equals(name)) {
        return known;
      }
    }
    throw new IllegalArgumentException("the configuration names no model value " + name);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if TLC cannot compare the elements
   */
  @Override
  public Object set(List<Object> elements) {
    return elements.isEmpty()
        ? SetEnumValue.EmptySet
        : normalised(new SetEnumValue(elements.toArray(NO_VALUES), false));
  }

  @Override
  public Object sequence(List<Object> elements) {
    return elements.isEmpty() ? TupleValue.EmptyTuple : new TupleValue(elements.toArray(NO_VALUES));
  }

  @Override
  public Object record(List<String> names, List<Object> values) {
    Shape shape = shapes.computeIfAbsent(names, this::shape);
    Value[] ordered = new Value[values.size()];
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = (Value) values.get(shape.origin[i]);
    }
    return new RecordValue(shape.names, ordered, true);
  }

  private Shape shape(List<String> names) {
    UniqueString[] unique =
        names.stream().map(name -> string(name).val).toArray(UniqueString[]::new);
    if (Set.copyOf(names).size() < unique.length) {
      throw new IllegalArgumentException("two keys are one value in TLA+: " + names);
    }
    int[] origin =
        IntStream.range(0, unique.length)
            .boxed()
            .sorted((one, other) -> unique[one].compareTo(unique[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Shape(
        Arrays.stream(origin).mapToObj(i -> unique[i]).toArray(UniqueString[]::new), origin);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if TLC cannot compare the keys
   */
  @Override
  public Object function(List<Object> keys, List<Object> values) {
    return normalised(new FcnRcdValue(keys.toArray(NO_VALUES), values.toArray(NO_VALUES), false));
  }

  private static Value normalised(Value value) {
    try {
      return value.normalize();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "TLC cannot compare the elements of a set or the keys of a function: " + message(e), e);
    }
  }

  /**
   * Returns our form of a value.
   *
   * @throws SpecException if it is infinite or no ordinary value
   */
  TlaValue toTla(@Nullable Object value) {
    if (value instanceof StringValue text) {
      return new TlaValue.Text(text.val.toString());
    } else if (value instanceof IntValue integer) {
      return new TlaValue.Int(integer.val);
    } else if (value instanceof BoolValue truth) {
      return new TlaValue.Bool(truth.val);
    } else if (value instanceof ModelValue model) {
      return new TlaValue.ModelValue(model.val.toString());
    } else if (value instanceof TupleValue tuple) {
      return new TlaValue.Seq(Arrays.stream(tuple.elems).map(this::toTla).toList());
    } else if (value instanceof RecordValue rec) {
      return record(rec);
    } else if (value instanceof FcnRcdValue fcn) {
      return function(fcn);
    } else if (value instanceof Value other && !(value instanceof LazyValue)) {
      if (other.toSetEnum() instanceof SetEnumValue set) {
        set.normalize();
        Set<TlaValue> elements = new LinkedHashSet<>();
        for (int i = 0; i < set.elems.size(); i++) {
          elements.add(toTla(set.elems.elementAt(i)));
        }
        return new TlaValue.SetOf(elements);
      }
      if (other.toFcnRcd() instanceof FcnRcdValue fcn) {
        return function(fcn);
      }
    }
    throw new SpecException("not a finite value: " + value);
  }

  private TlaValue record(RecordValue rec) {
    if (rec.names.length == 0) {
      return new TlaValue.Seq(List.of());
    }
    TreeMap<String, TlaValue> fields = new TreeMap<>();
    for (int i = 0; i < rec.names.length; i++) {
      fields.put(rec.names[i].toString(), toTla(rec.values[i]));
    }
    return new TlaValue.Rec(fields);
  }

  private TlaValue function(FcnRcdValue fcn) {
    fcn.normalize();
    Map<TlaValue, TlaValue> mapping = new LinkedHashMap<>();
    Value[] domain = fcn.getDomainAsValues();
    for (int i = 0; i < domain.length; i++) {
      mapping.put(toTla(domain[i]), toTla(fcn.values[i]));
    }
    return TlaValue.function(mapping);
  }

  /** Tells whether two values are equal; values that TLC refuses to compare are not. */
  static boolean same(Object first, Object second) {
    if (first == second) {
      return true;
    }
    try {
      // TLC finds the empty sequence equal to the empty string, but not the other way round.
      return first.equals(second) && second.equals(first);
    } catch (RuntimeException incomparable) {
      return false;
    }
  }

  /** Returns what TLC says went wrong. */
  static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
