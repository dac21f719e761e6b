package org.eveproof.spec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns Java objects into values of TLA+; see {@link TlaValue#of(Object)} for the rules. */
final class JavaValues {
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return new Shape(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getAccessor)
                  .peek(accessor -> accessor.setAccessible(true))
                  .toList());
        }
      };

  private static final ClassValue<Map<Object, String>> ENUM_NAMES =
      new ClassValue<>() {
        @Override
        protected Map<Object, String> computeValue(Class<?> type) {
          Map<Object, String> names = new LinkedHashMap<>();
          for (Object constant : type.getEnumConstants()) {
            names.put(constant, enumName(type, constant));
          }
          return names;
        }
      };

  /** The components of a type of Java records. */
  private record Shape(List<Method> accessors, List<String> names) {
    Shape(List<Method> accessors) {
      this(accessors, accessors.stream().map(Method::getName).toList());
    }
  }

  private JavaValues() {}

  static <V> V make(@Nullable Object object, ValueMaker<V> maker) {
    if (object instanceof String text) {
      return maker.text(text);
    } else if (object instanceof Integer integer) {
      return maker.integer(integer);
    } else if (object instanceof Boolean truth) {
      return maker.truth(truth);
    } else if (object instanceof Enum<?> constant) {
      return maker.text(name(constant));
    } else if (object instanceof Record record && !(object instanceof TlaValue)) {
      Shape shape = SHAPES.get(record.getClass());
      List<V> values = new ArrayList<>(shape.names.size());
      for (Method accessor : shape.accessors) {
        values.add(make(call(accessor, record), maker));
      }
      return values.isEmpty() ? maker.sequence(values) : maker.record(shape.names, values);
    } else if (object instanceof Map<?, ?> map) {
      return function(map, maker);
    } else if (object instanceof List<?> list) {
      return maker.sequence(all(list, maker));
    } else if (object instanceof Set<?> set) {
      return maker.set(all(set, maker));
    } else if (object instanceof TlaValue value) {
      return make(value, maker);
    } else if (object instanceof Long || object instanceof Short || object instanceof Byte) {
      long number = ((Number) object).longValue();
      if (number != (int) number) {
        throw new IllegalArgumentException(number + " is not a 32-bit integer");
      }
      return maker.integer((int) number);
    }
    throw new IllegalArgumentException(
        "no value of TLA+ for " + (object == null ? "null" : object.getClass().getName()));
  }

  private static <V> V make(TlaValue value, ValueMaker<V> maker) {
    if (value instanceof TlaValue.Text text) {
      return maker.text(text.value());
    } else if (value instanceof TlaValue.Int integer) {
      return maker.integer(integer.value());
    } else if (value instanceof TlaValue.Bool truth) {
      return maker.truth(truth.value());
    } else if (value instanceof TlaValue.Rec rec) {
      return function(rec.fields(), maker);
    } else if (value instanceof TlaValue.Seq seq) {
      return maker.sequence(all(seq.elements(), maker));
    } else if (value instanceof TlaValue.SetOf set) {
      return maker.set(all(set.elements(), maker));
    } else if (value instanceof TlaValue.Fcn fcn) {
      return function(fcn.mapping(), maker);
    } else if (value instanceof TlaValue.ModelValue model) {
      return maker.modelValue(model.name());
    }
    throw new AssertionError("unknown kind of value: " + value);
  }

  private static <V> List<V> all(Collection<?> objects, ValueMaker<V> maker) {
    List<V> values = new ArrayList<>(objects.size());
    for (Object object : objects) {
      values.add(make(object, maker));
    }
    return values;
  }

  private static <V> V function(Map<?, ?> map, ValueMaker<V> maker) {
    if (map.isEmpty()) {
      return maker.sequence(new ArrayList<>());
    }
    List<V> values = all(map.values(), maker);
    List<String> names = new ArrayList<>(map.size());
    for (Object key : map.keySet()) {
      if (key instanceof String text) {
        names.add(text);
      } else if (key instanceof Enum<?> constant) {
        names.add(name(constant));
      } else if (key instanceof TlaValue.Text text) {
        names.add(text.value());
      } else {
        return maker.function(all(map.keySet(), maker), values);
      }
    }
    return maker.record(names, values);
  }

  /** Returns the components of a record, by name, in their order. */
  static Map<String, @Nullable Object> components(Record record) {
    Map<String, @Nullable Object> components = new LinkedHashMap<>();
    for (Method accessor : SHAPES.get(record.getClass()).accessors) {
      components.put(accessor.getName(), call(accessor, record));
    }
    return components;
  }

  private static String name(Enum<?> constant) {
    String name = ENUM_NAMES.get(constant.getDeclaringClass()).get(constant);
    if (name == null) {
      throw new AssertionError("not a constant of its own type: " + constant);
    }
    return name;
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
      throw new LinkageError("made accessible before", e);
    }
  }

  /** Makes our own values. */
  static final ValueMaker<TlaValue> TLA =
      new ValueMaker<>() {
        @Override
        public TlaValue truth(boolean value) {
          return new TlaValue.Bool(value);
        }

        @Override
        public TlaValue integer(int value) {
          return new TlaValue.Int(value);
        }

        @Override
        public TlaValue text(String value) {
          return new TlaValue.Text(value);
        }

        @Override
        public TlaValue modelValue(String name) {
          return new TlaValue.ModelValue(name);
        }

        @Override
        public TlaValue set(List<TlaValue> elements) {
          return new TlaValue.SetOf(new LinkedHashSet<>(elements));
        }

        @Override
        public TlaValue sequence(List<TlaValue> elements) {
          return new TlaValue.Seq(elements);
        }

        @Override
        public TlaValue record(List<String> names, List<TlaValue> values) {
          TreeMap<String, TlaValue> fields = new TreeMap<>();
          for (int i = 0; i < names.size(); i++) {
            if (fields.put(names.get(i), values.get(i)) != null) {
              throw new IllegalArgumentException("two keys are one value in TLA+: " + names);
            }
          }
          return new TlaValue.Rec(fields);
        }

        @Override
        public TlaValue function(List<TlaValue> keys, List<TlaValue> values) {
          Map<TlaValue, TlaValue> mapping = new LinkedHashMap<>();
          for (int i = 0; i < keys.size(); i++) {
            if (mapping.put(keys.get(i), values.get(i)) != null) {
              throw new IllegalArgumentException("two keys are one value in TLA+: " + keys);
            }
          }
          return TlaValue.function(mapping);
        }
      };
}
