package org.eveproof.interleaving;

import java.io.IOException;
import java.io.InputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Loads the classes of one package as they are, but for the word {@code synchronized} at their
 * methods: what would be if somebody had forgotten it. They are named as if they were in the
 * package {@code unlocked} below theirs, so that nobody takes one for the other.
 */
public final class Unlocked extends ClassLoader {
  private final String from;
  private final String to;

  private Unlocked(Class<?> type) {
    super(type.getClassLoader());
    this.from = type.getPackageName() + ".";
    this.to = from + "unlocked.";
  }

  /** Returns a class as it would be in a package without locks. */
  public static Class<?> of(Class<?> type) {
    Unlocked loader = new Unlocked(type);
    try {
      return loader.loadClass(loader.to + type.getName().substring(loader.from.length()));
    } catch (ClassNotFoundException gone) {
      throw new AssertionError(gone);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (!name.startsWith(to)) {
      throw new ClassNotFoundException(name);
    }
    String original = from + name.substring(to.length());
    try (InputStream in = getParent().getResourceAsStream(original.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(original);
      }
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(in).accept(new WithoutLocks(new ClassRemapper(writer, names())), 0);
      byte[] bytes = writer.toByteArray();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(original, unreadable);
    }
  }

  private Remapper names() {
    String before = from.replace('.', '/');
    String after = to.replace('.', '/');
    return new Remapper(Opcodes.ASM9) {
      @Override
      public String map(String name) {
        return name.startsWith(before) ? after + name.substring(before.length()) : name;
      }
    };
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
