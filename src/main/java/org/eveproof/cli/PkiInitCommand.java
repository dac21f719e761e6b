package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.SigningKey;
import org.eveproof.bootstrap.pki.CertificateAuthority;
import org.eveproof.bootstrap.pki.OneLine;
import org.eveproof.bootstrap.pki.Validity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a root authority. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description =
        "Makes a root authority in a new directory: ca.key (mode 600), ca.pem, which devices get"
            + " as --root, index.json, and an empty revocation list crl.pem.")
final class PkiInitCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where it goes; must not exist.")
  private Path out = Path.of("");

  @Option(
      names = "--name",
      defaultValue = "Eveproof root",
      paramLabel = "CN",
      description = "Name of the authority. Default: ${DEFAULT-VALUE}.")
  private String name = "";

  @Option(
      names = "--days",
      defaultValue = "3650",
      paramLabel = "N",
      description = "How long it is valid from now on. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Mixin private KeyOptions keys = new KeyOptions();
  @Mixin private CrlOptions crl = new CrlOptions();
  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LinkOptions.require("--days", days, 1, 36500);
    if (name.isBlank()) {
      throw new BadInput("--name is empty; give the authority a name");
    }
    CaDirectory.requireFree(out);
    SecureRandom random = new SecureRandom();
    Instant now = Instant.now();
    try (SigningKey key =
        SigningKey.generate(keys.algorithm().orElse(SignatureScheme.COMPOSITE), random)) {
      X509CertificateHolder root =
          CertificateAuthority.root(
                  name, key, new Validity(now, now.plus(days, ChronoUnit.DAYS)), random)
              .certificate();
      CaDirectory.create(out, List.of(root), key, crl.days());
      String until = root.getNotAfter().toInstant().toString();
      output.print(
          command,
          "root " + OneLine.subject(root) + ", valid until " + until + ", written to " + out,
          Map.of("directory", out.toString(), "subject", OneLine.subject(root), "until", until));
    }
    return ExitCodes.HELD;
  }
}
