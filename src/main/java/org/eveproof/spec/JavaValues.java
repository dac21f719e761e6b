package org.eveproof.spec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns Java objects into values of TLA+; see {@link TlaValue#of(Object)}. */
final class JavaValues {
  private static final ClassValue<Method[]> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          RecordComponent[] components = type.getRecordComponents();
          Method[] accessors = new Method[components.length];
          for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            accessors[i].setAccessible(true);
          }
          return accessors;
        }
      };

  private static final ClassValue<Map<Object, TlaValue>> ENUM_VALUES =
      new ClassValue<>() {
        @Override
        protected Map<Object, TlaValue> computeValue(Class<?> type) {
          Map<Object, TlaValue> values = new LinkedHashMap<>();
          for (Object constant : type.getEnumConstants()) {
            values.put(constant, new TlaValue.Text(enumName(type, constant)));
          }
          return values;
        }
      };

  private JavaValues() {}

  static TlaValue toTla(@Nullable Object object) {
    if (object instanceof TlaValue value) {
      return value;
    } else if (object instanceof String text) {
      return new TlaValue.Text(text);
    } else if (object instanceof Boolean truth) {
      return new TlaValue.Bool(truth);
    } else if (object instanceof Integer
        || object instanceof Long
        || object instanceof Short
        || object instanceof Byte) {
      long number = ((Number) object).longValue();
      if (number != (int) number) {
        throw new IllegalArgumentException(number + " is not a 32-bit integer");
      }
      return new TlaValue.Int((int) number);
    } else if (object instanceof Enum<?> constant) {
      TlaValue value = ENUM_VALUES.get(constant.getDeclaringClass()).get(constant);
      if (value == null) {
        throw new AssertionError("not a constant of its own type: " + constant);
      }
      return value;
    } else if (object instanceof Record record) {
      Map<String, TlaValue> components = components(record);
      return components.isEmpty()
          ? new TlaValue.Seq(List.of())
          : new TlaValue.Rec(new TreeMap<>(components));
    } else if (object instanceof Map<?, ?> map) {
      Map<TlaValue, TlaValue> mapping = new LinkedHashMap<>();
      map.forEach((key, value) -> mapping.put(toTla(key), toTla(value)));
      if (mapping.size() != map.size()) {
        throw new IllegalArgumentException("two keys are one value in TLA+: " + map.keySet());
      }
      return TlaValue.function(mapping);
    } else if (object instanceof List<?> list) {
      List<TlaValue> elements = new ArrayList<>(list.size());
      list.forEach(element -> elements.add(toTla(element)));
      return new TlaValue.Seq(elements);
    } else if (object instanceof Set<?> set) {
      Set<TlaValue> elements = new LinkedHashSet<>();
      set.forEach(element -> elements.add(toTla(element)));
      return new TlaValue.SetOf(elements);
    }
    throw new IllegalArgumentException(
        "no value of TLA+ for " + (object == null ? "null" : object.getClass().getName()));
  }

  /** Returns the components of a record, by name, in their order. */
  static Map<String, TlaValue> components(Record record) {
    Map<String, TlaValue> components = new LinkedHashMap<>();
    for (Method accessor : ACCESSORS.get(record.getClass())) {
      components.put(accessor.getName(), toTla(call(accessor, record)));
    }
    return components;
  }

  private static String enumName(Class<?> type, Object constant) {
    try {
      Method specName = type.getMethod("specName");
      specName.setAccessible(true);
      return String.valueOf(call(specName, constant));
    } catch (NoSuchMethodException none) {
      return constant.toString();
    }
  }

  private static @Nullable Object call(Method method, Object receiver) {
    try {
      return method.invoke(receiver);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(method + " failed: " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError("made accessible before", e);
    }
  }
}
