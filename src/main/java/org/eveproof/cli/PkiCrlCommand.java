package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Renews a revocation list. */
@Command(
    name = "crl",
    mixinStandardHelpOptions = true,
    description =
        "Writes a new revocation list, crl.pem, with the same revocations, before the old one is"
            + " stale.")
final class PkiCrlCommand implements Callable<Integer> {
  @Option(names = "--ca", required = true, paramLabel = "DIR", description = "The authority.")
  private Path ca = Path.of("");

  @Mixin private CrlOptions crl = new CrlOptions();
  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    int days = crl.days();
    try (CaDirectory authority = CaDirectory.open(ca)) {
      String until = authority.writeCrl(Instant.now(), days).getNextUpdate().toInstant().toString();
      output.print(
          command,
          ca.resolve("crl.pem") + " counts until " + until,
          Map.of("crl", ca.resolve("crl.pem").toString(), "crlUntil", until));
    }
    return ExitCodes.HELD;
  }
}
