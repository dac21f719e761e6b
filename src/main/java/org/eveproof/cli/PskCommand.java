package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PskFile;
import org.eveproof.protocol.Party;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a pre-shared key. */
@Command(
    name = "psk",
    mixinStandardHelpOptions = true,
    description =
        "Makes a pre-shared key for the devices 'alice' and 'bob', in a file that only its owner can"
            + " read. Both ends need the same file; whoever else gets it before the first round is"
            + " over can stand in the middle.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the key is written",
      "2:the call is wrong, or the file exists; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
public final class PskCommand implements Callable<Integer> {
  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where it goes.")
  private Path out = Path.of("");

  @Option(
      names = "--days",
      defaultValue = "30",
      paramLabel = "N",
      description = "How long it is valid from now on. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LinkOptions.require("--days", days, 1, 3650);
    try (PresharedKey key =
        LinkOptions.newKey(LinkOptions.secrets(options.seed(), Party.ALICE), Instant.now(), days)) {
      byte[] encoded = PskFile.encode(key);
      try {
        SecretFile.write(out, encoded);
      } finally {
        Arrays.fill(encoded, (byte) 0);
      }
      PrintWriter stdout = command.commandLine().getOut();
      String id = key.credential().id().hex();
      if (options.json()) {
        stdout.println("{\"id\": \"" + id + "\", \"bits\": " + PresharedKey.LEAST_BITS + "}");
      } else if (!options.quiet()) {
        stdout.println(
            "key " + id + ", valid until " + key.credential().validTo() + ", written to " + out);
      }
      stdout.flush();
    }
    return ExitCodes.HELD;
  }
}
