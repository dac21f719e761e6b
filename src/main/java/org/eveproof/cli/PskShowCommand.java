package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.ProvisionedKey;
import org.eveproof.protocol.Party;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is registered about a pre-shared key. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Checks the file of a pre-shared key and shows all but the secret: for whom it is, how long"
            + " it is valid, and which ends have spent it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the file is a key",
      "2:the call is wrong, or the file is no key that a device takes; one line on stderr says why",
      "3:the environment failed"
    })
final class PskShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The file of the key.")
  private Path file = Path.of("");

  @Mixin private PkiOutput output = new PkiOutput();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (ProvisionedKey key = LinkOptions.readKey(file)) {
      List<String> spent =
          new SpentPresharedKeys(file).endsThatSpent(key).stream().map(Party::specName).toList();
      Credential credential = key.key().credential();
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("id", credential.id().hex());
      shown.put("parties", List.of(credential.first().text(), credential.second().text()));
      shown.put("end", key.ends().label());
      shown.put("generation", key.generation());
      shown.put("purpose", credential.purpose().label());
      shown.put("origin", credential.origin().label());
      shown.put("validFrom", credential.validFrom().toString());
      shown.put("validTo", credential.validTo().toString());
      shown.put("bits", key.key().bits());
      shown.put("spentBy", spent);
      String text =
          shown.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + entry.getValue())
              .collect(Collectors.joining("\n"));
      output.print(command, text, shown);
      return ExitCodes.HELD;
    }
  }
}
