package org.eveproof.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the commands about certificates print. Use as a picocli mixin. There is no seed: keys of
 * authorities and devices come from the system's randomness alone.
 */
final class PkiOutput {
  @Option(names = "--json", description = "Print one JSON document on stdout instead of text.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing that the exit code says.")
  private boolean quiet;

  /**
   * Prints a result once, in the form that was asked for.
   *
   * @param text for people
   * @param document for programs
   */
  void print(CommandSpec command, String text, Map<String, ?> document) {
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      out.println(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(document));
    } else if (!quiet) {
      out.println(text);
    }
    out.flush();
  }
}
