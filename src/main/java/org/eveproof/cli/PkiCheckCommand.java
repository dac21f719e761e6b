package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eveproof.bootstrap.CredentialJudge.Judgement;
import org.eveproof.bootstrap.CredentialJudge.Trusted;
import org.eveproof.bootstrap.CredentialJudge.Untrusted;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.pki.CertificateChain;
import org.eveproof.bootstrap.pki.PkiFile;
import org.eveproof.protocol.Party;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges a certificate chain. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Judges a certificate chain as a device judges its peer's, and says in one line why it is"
            + " accepted or refused.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:accepted",
      "1:refused",
      "2:the call is wrong, or a file cannot be read as what it should be",
      "3:the environment failed"
    })
final class PkiCheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CHAIN",
      description = "The peer's certificate in PEM, followed by those of the authorities above it.")
  private Path chain = Path.of("");

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Whose certificate it is to be.")
  private String name = "";

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "Which end it is for: alice calls (clientAuth), bob answers (serverAuth).")
  private Party role = Party.ALICE;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "The time to judge at, such as 2026-01-01T00:00:00Z. Default: now.")
  private @Nullable Instant at;

  @Mixin private PkiAnchorOptions anchor = new PkiAnchorOptions();
  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!DeviceName.isName(name)) {
      throw new BadInput(
          "--name=" + name + " is no device name: 1 to 64 of a-z 0-9 - . are allowed");
    }
    CertificateChain shown =
        new CertificateChain(PkiInput.read(chain, PkiFile::certificates, "certificate"));
    Judgement judgement =
        anchor
            .authorities()
            .judge(shown.encode(), new DeviceName(name), role, at == null ? Instant.now() : at);
    if (judgement instanceof Trusted trusted) {
      output.print(
          command,
          "accepted: " + trusted.text(),
          Map.of("accepted", true, "id", trusted.id().hex(), "text", trusted.text()));
      return ExitCodes.HELD;
    }
    Untrusted untrusted = (Untrusted) judgement;
    output.print(
        command,
        "refused: " + untrusted.reason() + ": " + untrusted.text(),
        Map.of("accepted", false, "reason", untrusted.reason().name(), "text", untrusted.text()));
    return ExitCodes.VIOLATED;
  }
}
