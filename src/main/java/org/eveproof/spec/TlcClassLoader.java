package org.eveproof.spec;

import java.io.IOException;
import java.io.InputStream;

/**
 * Loads TLC, and our code that calls it, afresh: TLC keeps its specification in static fields.
 * Everything else comes from the parent, so that the types of this package are the same inside and
 * outside.
 */
final class TlcClassLoader extends ClassLoader {
  private static final String[] OWN = {
    "tlc2.", "tla2sany.", "util.", "pcal.", "tla2tex.", "model.", "org.eveproof.spec.tlc."
  };

  TlcClassLoader(ClassLoader parent) {
    super(parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      if (type == null) {
        type = isOwn(name) ? define(name) : getParent().loadClass(name);
      }
      if (resolve) {
        resolveClass(type);
      }
      return type;
    }
  }

  private static boolean isOwn(String name) {
    for (String prefix : OWN) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = stream.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
