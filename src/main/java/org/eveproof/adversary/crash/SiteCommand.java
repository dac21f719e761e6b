package org.eveproof.adversary.crash;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a site's process is started: with the Java and the classes of this process, and as fast as it
 * goes.
 *
 * @param before directories of classes that take the place of the project's own; none but in tests,
 *     which show there that the campaign finds what it looks for
 * @param options of the Java that are not always the same
 */
public record SiteCommand(List<Path> before, List<String> options) {
  /** The project as it is. */
  public SiteCommand() {
    this(List.of(), List.of());
  }

  /** Returns a command whose processes need not unpack the native part of SQLite. */
  SiteCommand withDatabaseLibrary(Path library) {
    List<String> more = new ArrayList<>(options);
    more.add("-Dorg.sqlite.lib.path=" + library.getParent());
    more.add("-Dorg.sqlite.lib.name=" + library.getFileName());
    return new SiteCommand(before, more);
  }

  /**
   * Returns the command, without the arguments of {@link SiteProcess}.
   *
   * @param limitBlocks how long its files may get, in blocks of 512 bytes
   */
  List<String> line(OptionalInt limitBlocks) {
    List<String> line = new ArrayList<>();
    if (limitBlocks.isPresent()) {
      // POSIX's shell counts in blocks of 512 bytes; Java ignores the signal, so the write fails.
      line.addAll(
          List.of("sh", "-c", "ulimit -f " + limitBlocks.getAsInt() + " && exec \"$0\" \"$@\""));
    }
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Xmx128m"));
    line.addAll(options);
    line.add("-cp");
    line.add(
        Stream.concat(
                before.stream().map(Path::toString),
                Stream.of(System.getProperty("java.class.path")))
            .collect(Collectors.joining(File.pathSeparator)));
    line.add(SiteProcess.class.getName());
    return line;
  }
}
