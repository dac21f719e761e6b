package org.eveproof.adversary.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One class of the project with a defect, compiled on the spot, to be put before the class path of
 * a site's process.
 */
public final class Mutant {
  private final Path source;
  private String text;

  private Mutant(Path source) throws IOException {
    this.source = source;
    this.text = Files.readString(source);
  }

  /** Begins with a class of the project, such as {@code handover/Ledger}. */
  public static Mutant of(String name) throws IOException {
    return new Mutant(Path.of("src/main/java/org/eveproof", name + ".java"));
  }

  /** Replaces what is there exactly once; spaces and line ends do not count. */
  public Mutant with(String before, String after) {
    String pattern = "\\Q" + before.strip().replaceAll("\\s+", "\\\\E\\\\s+\\\\Q") + "\\E";
    assertThat(text.split(pattern, -1).length - 1).as("times of: " + before).isEqualTo(1);
    text = text.replaceFirst(pattern, java.util.regex.Matcher.quoteReplacement(after));
    return this;
  }

  /** Compiles the class into a directory, and returns how sites run with it. */
  public SiteCommand in(Path directory) throws IOException {
    Path changed = Files.createDirectories(directory.resolve("src")).resolve(source.getFileName());
    Path classes = Files.createDirectories(directory.resolve("classes"));
    Files.writeString(changed, text);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of("-proc:none", "-nowarn", "-d", classes.toString()),
                  null,
                  files.getJavaFileObjects(changed))
              .call();
      assertThat(compiled).as(complaints.toString()).isTrue();
    }
    return new SiteCommand(List.of(classes));
  }
}
