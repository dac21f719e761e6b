package org.eveproof.interleaving;

import java.io.IOException;
import java.io.InputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads the classes of one package as they are, but for the word {@code synchronized} at their
 * methods: what would be if somebody had forgotten it.
 */
public final class Unlocked extends ClassLoader {
  private final String prefix;

  private Unlocked(Class<?> type) {
    super(type.getClassLoader());
    this.prefix = type.getPackageName() + ".";
  }

  /** Returns a class as it would be in a package without locks. */
  public static Class<?> of(Class<?> type) {
    try {
      return new Unlocked(type).loadClass(type.getName());
    } catch (ClassNotFoundException gone) {
      throw new AssertionError(gone);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(prefix)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(in).accept(new WithoutLocks(writer), 0);
      byte[] bytes = writer.toByteArray();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  private static final class WithoutLocks extends ClassVisitor {
    WithoutLocks(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return super.visitMethod(
          access & ~Opcodes.ACC_SYNCHRONIZED, name, descriptor, signature, exceptions);
    }
  }
}
