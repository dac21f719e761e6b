package org.eveproof.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.bootstrap.pki.PkiFile;
import org.eveproof.bootstrap.pki.RevocationReason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Revokes a certificate. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description =
        "Revokes a certificate for good and writes a new revocation list, crl.pem, which every"
            + " device needs.")
final class PkiRevokeCommand implements Callable<Integer> {
  @Option(
      names = "--ca",
      required = true,
      paramLabel = "DIR",
      description = "The authority that issued it.")
  private Path ca = Path.of("");

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  /** Names the certificate. */
  static final class Which {
    @Option(
        names = "--cert",
        paramLabel = "FILE",
        description = "The certificate, the first in the file.")
    private @Nullable Path file;

    @Option(
        names = "--serial",
        paramLabel = "HEX",
        description = "Its serial number in hexadecimal digits.")
    private @Nullable String serial;
  }

  @Option(
      names = "--reason",
      defaultValue = "unspecified",
      paramLabel = "NAME",
      converter = ReasonOfLabel.class,
      description =
          "Why: unspecified, keyCompromise, cACompromise, affiliationChanged, superseded,"
              + " cessationOfOperation or privilegeWithdrawn. Default: ${DEFAULT-VALUE}.")
  private RevocationReason reason = RevocationReason.UNSPECIFIED;

  @Mixin private CrlOptions crl = new CrlOptions();
  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    int crlDays = crl.days();
    try (CaDirectory authority = CaDirectory.open(ca)) {
      BigInteger serial = serial(authority);
      CaIndex.Issued issued =
          authority
              .index()
              .find(serial)
              .orElseThrow(
                  () -> new BadInput(ca + " issued no certificate " + serial.toString(16)));
      if (issued.isRevoked()) {
        throw new BadInput(issued.subject() + " is revoked since " + issued.revokedAt());
      }
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      authority.save(authority.index().withRevoked(issued, now, reason));
      X509CRLHolder list = authority.writeCrl(now, crlDays);
      String until = list.getNextUpdate().toInstant().toString();
      output.print(
          command,
          issued.subject() + " is revoked; give all devices " + ca.resolve("crl.pem"),
          Map.of(
              "serial", issued.serial(),
              "subject", issued.subject(),
              "reason", reason.label(),
              "crl", ca.resolve("crl.pem").toString(),
              "crlUntil", until));
    }
    return ExitCodes.HELD;
  }

  private BigInteger serial(CaDirectory authority) throws IOException {
    Path file = which.file;
    if (file != null) {
      List<X509CertificateHolder> certificates =
          PkiInput.read(file, PkiFile::certificates, "certificate");
      X509CertificateHolder first = certificates.get(0);
      if (!first.getIssuer().equals(authority.authority().certificate().getSubject())) {
        throw new BadInput(file + " is not issued by " + ca + "; name the authority that did");
      }
      return first.getSerialNumber();
    }
    String digits = String.valueOf(which.serial);
    if (!digits.matches("[0-9a-fA-F]{1,40}")) {
      throw new BadInput("--serial=" + digits + " must be 1 to 40 hexadecimal digits");
    }
    return new BigInteger(digits, 16);
  }

  /** Reads a reason by its name in the standard. */
  static final class ReasonOfLabel implements ITypeConverter<RevocationReason> {
    @Override
    public RevocationReason convert(String label) {
      return RevocationReason.ofLabel(label)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + label + "' is none of " + Arrays.toString(RevocationReason.values())));
    }
  }
}
