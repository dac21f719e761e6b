package org.eveproof.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays the corpus of the fuzz tests, without a fuzzer: each target with each file that lies
 * where Jazzer looks for its inputs, {@code <class>Inputs/<method>/}. What once crashed a parser is
 * kept there. Fuzzing itself is {@code mvn -P fuzz test}.
 */
class FuzzCorpusTest {
  private static final Path CLASSES = Path.of("target/test-classes");
  private static final Path INPUTS = Path.of("src/test/resources");

  private record Target(Method method, Path inputs) {
    String name() {
      return method.getDeclaringClass().getSimpleName();
    }

    List<Path> files() throws IOException {
      try (Stream<Path> files = Files.list(inputs)) {
        return files.sorted().toList();
      }
    }

    void run(byte[] input) throws ReflectiveOperationException {
      Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
      constructor.setAccessible(true);
      method.setAccessible(true);
      method.invoke(constructor.newInstance(), (Object) input);
    }
  }

  private static List<Target> targets() throws IOException, ClassNotFoundException {
    List<Target> targets = new ArrayList<>();
    try (Stream<Path> classes = Files.walk(CLASSES)) {
      for (Path each :
          classes.filter(path -> path.toString().endsWith("FuzzTest.class")).toList()) {
        String name = CLASSES.relativize(each).toString().replace(".class", "");
        for (Method method : Class.forName(name.replace('/', '.')).getDeclaredMethods()) {
          if (method.isAnnotationPresent(FuzzTest.class)) {
            targets.add(new Target(method, INPUTS.resolve(name + "Inputs/" + method.getName())));
          }
        }
      }
    }
    return targets;
  }

  @TestFactory
  Stream<DynamicTest> everyInputOfTheCorpusIsBorne() throws IOException, ClassNotFoundException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Target target : targets()) {
      for (Path file : target.files()) {
        tests.add(
            DynamicTest.dynamicTest(
                target.name() + " " + file.getFileName(),
                () -> target.run(Files.readAllBytes(file))));
      }
    }
    return tests.stream();
  }

  @Test
  void everyTargetHasACorpusAndAJvmOfItsOwn() throws IOException, ClassNotFoundException {
    List<Target> targets = targets();
    assertThat(targets).hasSizeGreaterThanOrEqualTo(12);
    // Jazzer fuzzes one method in each JVM, and the build starts one for each class.
    assertThat(targets).extracting(Target::name).doesNotHaveDuplicates();
    for (Target target : targets) {
      assertThat(target.files()).as(target.name()).hasSizeGreaterThanOrEqualTo(2);
      long kinds =
          target.files().stream()
              .map(FuzzCorpusTest::read)
              .map(Arrays::hashCode)
              .distinct()
              .count();
      assertThat(kinds).as(target.name()).isEqualTo(target.files().size());
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
