package org.eveproof.spec.tlc;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eveproof.spec.SourcePosition;
import tla2sany.st.Location;
import util.FilenameToStream;

/**
 * Finds modules: first in the given folders, then among the standard modules, which it unpacks into
 * a folder of its own (TLC's own resolver writes them to fixed names that other processes share).
 */
final class ModuleFiles implements FilenameToStream {
  private static final String STANDARD_MODULES = "/tla2sany/StandardModules/";

  private final List<Path> directories;
  private final Path unpacked;
  private final Map<String, List<String>> lines = new HashMap<>();

  ModuleFiles(List<Path> directories, Path unpacked) {
    this.directories = directories;
    this.unpacked = unpacked;
  }

  @Override
  public File resolve(String name, boolean isModule) {
    String file = isModule && !name.endsWith(".tla") ? name + ".tla" : name;
    for (Path directory : directories) {
      Path candidate = directory.resolve(file);
      if (Files.isRegularFile(candidate)) {
        return new TLAFile(candidate.toString(), this);
      }
    }
    Path standard = unpacked.resolve(file);
    if (!standard.isAbsolute() || !standard.startsWith(unpacked)) {
      return new TLAFile(standard.toString(), this);
    }
    try (InputStream stream = FilenameToStream.class.getResourceAsStream(STANDARD_MODULES + file)) {
      if (stream != null && !Files.exists(standard)) {
        Files.copy(stream, standard);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + file, e);
    }
    return new TLAFile(standard.toString(), this);
  }

  @Override
  public String getFullPath() {
    return directories.toString();
  }

  @Override
  public boolean isStandardModule(String module) {
    return resolve(module, true).toPath().startsWith(unpacked);
  }

  /** Returns the lines of a module; none if it has no file. */
  List<String> lines(String module) {
    return lines.computeIfAbsent(
        module,
        name -> {
          try {
            Path file = resolve(name, true).toPath();
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
          } catch (IOException e) {
            throw new UncheckedIOException("cannot read module " + name, e);
          }
        });
  }

  /** Returns the text between two ends, line ends included. */
  String text(Location location) {
    List<String> all = lines(location.source());
    int first = location.beginLine();
    int last = location.endLine();
    if (first < 1 || last > all.size()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (int line = first; line <= last; line++) {
      String content = all.get(line - 1);
      int from = line == first ? Math.min(location.beginColumn() - 1, content.length()) : 0;
      int to = line == last ? Math.min(location.endColumn(), content.length()) : content.length();
      text.append(content, from, Math.max(from, to)).append(line == last ? "" : "\n");
    }
    return text.toString();
  }

  static SourcePosition position(Location location) {
    return new SourcePosition(location.source(), location.beginLine(), location.beginColumn());
  }
}
