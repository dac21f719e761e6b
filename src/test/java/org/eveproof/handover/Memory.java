package org.eveproof.handover;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.security.KeyPair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eveproof.protocol.SecretBits;

/** All bytes that can be reached from some objects: what Eve has when she reads a device. */
final class Memory {
  private final List<byte[]> arrays = new ArrayList<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> waiting = new ArrayDeque<>();

  private Memory(Object root) throws IllegalAccessException {
    reach(root);
    while (!waiting.isEmpty()) {
      look(waiting.remove());
    }
  }

  /** Reads whatever an object leads to, be it ever so private. */
  static Memory of(Object root) throws IllegalAccessException {
    return new Memory(root);
  }

  /** Whether these bytes lie anywhere. */
  boolean contains(byte[] needle) {
    return arrays.stream().anyMatch(array -> indexOf(array, needle) >= 0);
  }

  private static int indexOf(byte[] array, byte[] needle) {
    for (int from = 0; from + needle.length <= array.length; from++) {
      int same = 0;
      while (same < needle.length && array[from + same] == needle[same]) {
        same++;
      }
      if (same == needle.length) {
        return from;
      }
    }
    return -1;
  }

  private void reach(Object object) {
    if (object != null && seen.add(object)) {
      waiting.add(object);
    }
  }

  private void look(Object object) throws IllegalAccessException {
    if (object instanceof byte[] bytes) {
      arrays.add(bytes);
    } else if (object instanceof long[] words) {
      arrays.add(SecretBits.ofWords(words, Long.SIZE * words.length).toBytes());
    } else if (object instanceof Object[] || object.getClass().isArray()) {
      for (int i = 0; object instanceof Object[] && i < Array.getLength(object); i++) {
        reach(Array.get(object, i));
      }
    } else if (object instanceof Iterable<?> elements) {
      elements.forEach(this::reach);
    } else if (object instanceof Map<?, ?> map) {
      map.keySet().forEach(this::reach);
      map.values().forEach(this::reach);
    } else if (object instanceof Optional<?> optional) {
      optional.ifPresent(this::reach);
    } else if (object instanceof KeyPair pair) {
      reach(pair.getPrivate());
    } else {
      fields(object);
    }
  }

  private void fields(Object object) throws IllegalAccessException {
    for (Class<?> type = object.getClass();
        type != null && !type.getName().startsWith("java.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          field.setAccessible(true);
          reach(field.get(object));
        }
      }
    }
  }
}
