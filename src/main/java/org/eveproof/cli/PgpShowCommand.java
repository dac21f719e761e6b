package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eveproof.bootstrap.openpgp.KeyringDescription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is in keyrings. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Shows the keys, the user ids and the certifications in exported keyrings, and for each"
            + " certification whether it counts. Whom to trust is not asked: see 'pgp validity'.")
final class PgpShowCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "As gpg --export writes it, with --armor or without.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "The time to judge at, such as 2026-01-01T00:00:00Z. Default: now.")
  private @Nullable Instant at;

  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Instant now = at == null ? Instant.now() : at;
    Map<String, Object> described = new LinkedHashMap<>();
    for (Path file : files) {
      described.put(file.toString(), KeyringDescription.of(PgpAnchorOptions.read(file), now));
    }
    StringBuilder text = new StringBuilder();
    described.forEach(
        (file, keys) -> {
          text.append(text.isEmpty() ? "" : "\n").append(file).append(':');
          append(text, keys, "  ");
        });
    output.print(command, text.toString(), described);
    return ExitCodes.HELD;
  }

  /** Writes lists of maps as indented lines. */
  private static void append(StringBuilder text, Object items, String indent) {
    for (Object item : (List<?>) items) {
      String deeper = indent;
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) item).entrySet()) {
        text.append('\n').append(deeper).append(entry.getKey()).append(':');
        deeper = indent + "  ";
        if (entry.getValue() instanceof List<?> nested) {
          append(text, nested, deeper + "  ");
        } else {
          text.append(' ').append(entry.getValue());
        }
      }
    }
  }
}
