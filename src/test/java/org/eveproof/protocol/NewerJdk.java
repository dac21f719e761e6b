package org.eveproof.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tools of a JDK that has post-quantum algorithms of its own (JEP 496 and 497: 24 or later):
 * that of the environment variable {@code JAVA25_HOME}, else the one that runs the tests, else the
 * first below {@code /usr/lib/jvm} that is new enough.
 */
public final class NewerJdk {
  private static final int FIRST = 24;
  private static final Path MACHINES = Path.of("/usr/lib/jvm");

  private NewerJdk() {}

  /**
   * Returns a tool of such a JDK, if there is one here.
   *
   * @param name for example {@code java}
   */
  public static Optional<Path> tool(String name) throws IOException {
    Optional<Path> named = Optional.ofNullable(System.getenv("JAVA25_HOME")).map(Path::of);
    if (named.isPresent()) {
      return named.map(home -> home.resolve("bin").resolve(name));
    }
    if (Runtime.version().feature() >= FIRST) {
      return Optional.of(Path.of(System.getProperty("java.home"), "bin", name));
    }
    if (!Files.isDirectory(MACHINES)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(MACHINES)) {
      return homes
          .filter(home -> isNewEnough(home.resolve("release")))
          .map(home -> home.resolve("bin").resolve(name))
          .filter(Files::isExecutable)
          .sorted()
          .findFirst();
    }
  }

  private static boolean isNewEnough(Path release) {
    try {
      return Files.readAllLines(release).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", ""))
          .anyMatch(version -> Runtime.Version.parse(version).feature() >= FIRST);
    } catch (IOException | IllegalArgumentException noJdk) {
      return false;
    }
  }
}
