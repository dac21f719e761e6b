package org.eveproof.adversary.crash;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eveproof.protocol.Party;

/**
 * How a site's process is started: with the Java and the classes of this process, and as fast as it
 * goes.
 *
 * @param before directories of classes that take the place of the project's own; none but in tests,
 *     which show there that the campaign finds what it looks for
 * @param options of the Java that are not always the same
 * @param archives where the classes that a site needs are kept ready to use, one file for each end;
 *     none to load them one by one
 * @param isTraining whether a site that ends in order makes that file
 */
public record SiteCommand(
    List<Path> before, List<String> options, Optional<Path> archives, boolean isTraining) {
  /** The project as it is. */
  public SiteCommand() {
    this(List.of());
  }

  /** The project with some classes in place of its own. */
  public SiteCommand(List<Path> before) {
    this(before, List.of(), Optional.empty(), false);
  }

  /** Returns a command whose processes need not unpack the native part of SQLite. */
  SiteCommand withDatabaseLibrary(Path library) {
    return new SiteCommand(
        before,
        List.of(
            "-Dorg.sqlite.lib.path=" + library.getParent(),
            "-Dorg.sqlite.lib.name=" + library.getFileName()),
        archives,
        isTraining);
  }

  /** Returns a command whose processes make archives of their classes. */
  SiteCommand training(Path directory) {
    return new SiteCommand(before, options, Optional.of(directory), true);
  }

  /** Returns a command whose processes use the archives that a training has made. */
  SiteCommand trained() {
    return new SiteCommand(before, options, archives, false);
  }

  /** Returns whether Java can make archives: it does so for jars only. */
  boolean isTrainable() {
    return Stream.of(classPath().split(File.pathSeparator, -1))
        .map(Path::of)
        .allMatch(Files::isRegularFile);
  }

  private String classPath() {
    return Stream.concat(
            before.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Returns the command, without the arguments of {@link SiteProcess}.
   *
   * @param party whose site
   * @param limitBlocks how long its files may get, in blocks of 512 bytes
   */
  List<String> line(Party party, OptionalInt limitBlocks) {
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
            // An archive that cannot be used is not worth a word, on either output.
            "-Xlog:disable",
            // SQLite's native part is loaded on purpose; newer JDKs would warn of it.
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx128m"));
    line.addAll(options);
    archives.ifPresent(
        directory ->
            line.add(
                (isTraining ? "-XX:ArchiveClassesAtExit=" : "-XX:SharedArchiveFile=")
                    + directory.resolve(party + ".jsa")));
    line.add("-cp");
    line.add(classPath());
    line.add(SiteProcess.class.getName());
    return line;
  }
}
