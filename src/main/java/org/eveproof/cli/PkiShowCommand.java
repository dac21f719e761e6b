package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eveproof.bootstrap.pki.PkiDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is in files of certificates, lists and keys. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Shows the certificates, revocation lists, OCSP responses, requests and keys in files. Of a"
            + " private key it shows the kind alone. Nothing is judged: see 'pki check'.")
final class PkiShowCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "PEM or DER.")
  private List<Path> files = new ArrayList<>();

  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Map<String, List<Map<String, Object>>> described = new LinkedHashMap<>();
    for (Path file : files) {
      described.put(file.toString(), PkiDescription.of(PkiInput.read(file)));
    }
    String text =
        described.entrySet().stream()
            .map(file -> file.getKey() + ":" + lines(file.getValue()))
            .collect(Collectors.joining("\n"));
    output.print(command, text, described);
    return ExitCodes.HELD;
  }

  private static String lines(List<Map<String, Object>> objects) {
    StringBuilder text = new StringBuilder();
    for (Map<String, Object> object : objects) {
      String indent = "  ";
      for (Map.Entry<String, Object> entry : object.entrySet()) {
        text.append('\n')
            .append(indent)
            .append(entry.getKey())
            .append(": ")
            .append(entry.getValue());
        indent = "    ";
      }
    }
    return text.toString();
  }
}
