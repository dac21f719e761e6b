package org.eveproof.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program in C that times a library of the system.
 *
 * @param name of the program
 * @param source a file of {@code src/bench/c}; it prints lines of a name, a parameter, and the
 *     median time of one operation in milliseconds
 * @param options for the compiler, the libraries among them
 * @param needs what to install where it does not compile
 */
public record NativePeer(String name, String source, List<String> options, String needs) {
  private static final Path SOURCES = Path.of("src", "bench", "c");
  private static final long MOST_MINUTES = 5;

  /**
   * Returns the times in milliseconds, by name and parameter; says so, and returns nothing, where
   * there is no compiler or no library.
   *
   * @param directory for the program and what it prints
   * @throws IOException if the program compiles and then fails
   */
  public Map<String, Double> measure(Path directory) throws IOException, InterruptedException {
    Path program = directory.resolve(name).toAbsolutePath();
    Path printed = directory.resolve(name + ".out");
    List<String> compiler = new ArrayList<>(List.of("cc", "-O3", "-march=native", "-o"));
    compiler.add(program.toString());
    compiler.add(SOURCES.resolve(source).toString());
    compiler.addAll(options);
    if (!succeeds(compiler, printed)) {
      System.out.printf("skipped: %s does not compile here; it needs %s%n", name, needs);
      return Map.of();
    }
    if (!succeeds(List.of(program.toString()), printed)) {
      throw new IOException(name + " failed: see " + printed);
    }
    Map<String, Double> times = new TreeMap<>();
    for (String line : Files.readAllLines(printed)) {
      String[] cells = line.split(" ", 3);
      times.put(cells[0] + ":" + cells[1], Double.parseDouble(cells[2]));
    }
    return times;
  }

  private static boolean succeeds(List<String> command, Path printed) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile())
              .start();
      if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
