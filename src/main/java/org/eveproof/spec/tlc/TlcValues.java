package org.eveproof.spec.tlc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eveproof.spec.SpecException;
import org.eveproof.spec.TlaValue;
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

/** Translates values between TLC and us. Strings are interned once for each specification. */
final class TlcValues {
  private static final Value[] NO_VALUES = {};

  private final Map<String, StringValue> strings = new HashMap<>();

  /**
   * Returns TLC's form of a value, normalised.
   *
   * @throws IllegalArgumentException if TLC has no such value: it cannot compare the elements of a
   *     set or of a domain, or does not know a model value
   */
  Value toTlc(TlaValue value) {
    if (value instanceof TlaValue.Text text) {
      return string(text.value());
    } else if (value instanceof TlaValue.Int integer) {
      return IntValue.gen(integer.value());
    } else if (value instanceof TlaValue.Bool truth) {
      return truth.value() ? BoolValue.ValTrue : BoolValue.ValFalse;
    } else if (value instanceof TlaValue.Rec rec) {
      return record(rec.fields());
    } else if (value instanceof TlaValue.Seq seq) {
      return seq.elements().isEmpty()
          ? TupleValue.EmptyTuple
          : new TupleValue(toTlc(seq.elements()));
    } else if (value instanceof TlaValue.SetOf set) {
      return comparable(value, new SetEnumValue(toTlc(List.copyOf(set.elements())), false));
    } else if (value instanceof TlaValue.Fcn fcn) {
      Value[] domain = toTlc(List.copyOf(fcn.mapping().keySet()));
      Value[] values = toTlc(List.copyOf(fcn.mapping().values()));
      return comparable(value, new FcnRcdValue(domain, values, false));
    } else if (value instanceof TlaValue.ModelValue model) {
      for (ModelValue known : ModelValue.mvs) {
        if (known.val.toString().equals(model.name())) {
          return known;
        }
      }
      throw new IllegalArgumentException("the configuration names no model value " + model.name());
    }
    throw new AssertionError("unknown kind of value: " + value);
  }

  private Value[] toTlc(List<TlaValue> values) {
    Value[] converted = values.isEmpty() ? NO_VALUES : new Value[values.size()];
    for (int i = 0; i < converted.length; i++) {
      converted[i] = toTlc(values.get(i));
    }
    return converted;
  }

  private Value record(SortedMap<String, TlaValue> fields) {
    UniqueString[] names = new UniqueString[fields.size()];
    Value[] values = new Value[names.length];
    int i = 0;
    for (Map.Entry<String, TlaValue> field : fields.entrySet()) {
      names[i] = string(field.getKey()).val;
      values[i++] = toTlc(field.getValue());
    }
    return new RecordValue(names, values, false).normalize();
  }

  private StringValue string(String text) {
    return strings.computeIfAbsent(text, StringValue::new);
  }

  private static Value comparable(TlaValue original, Value value) {
    try {
      return value.normalize();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "TLC cannot compare the elements of " + original + ": " + message(e), e);
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
