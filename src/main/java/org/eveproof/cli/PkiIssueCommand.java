package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.authentication.SigningKey;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.pki.CertificateRequest;
import org.eveproof.bootstrap.pki.PemText;
import org.eveproof.bootstrap.pki.PkiFileException;
import org.eveproof.bootstrap.pki.Validity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Issues a certificate for a device or for an authority below. */
@Command(
    name = "issue",
    mixinStandardHelpOptions = true,
    description =
        "Makes a key and its certificate for a device: NAME.key (mode 600) and NAME.pem, the chain"
            + " that it shows. With --csr the device keeps its key. With --intermediate the"
            + " directory becomes an authority below this one.")
final class PkiIssueCommand implements Callable<Integer> {
  @Option(
      names = "--ca",
      required = true,
      paramLabel = "DIR",
      description = "The authority, as 'pki init' made it.")
  private Path ca = Path.of("");

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Name of the device (1 to 64 of a-z 0-9 - .), or of the authority below.")
  private String name = "";

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where it goes.")
  private Path out = Path.of("");

  @Option(
      names = "--days",
      defaultValue = "365",
      paramLabel = "N",
      description =
          "How long it is valid from now on, at most as long as the authority. Default:"
              + " ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--csr",
      paramLabel = "FILE",
      description = "A request (PKCS #10) whose key is certified; its other wishes are ignored.")
  private @Nullable Path csr;

  @Option(names = "--intermediate", description = "Make an authority instead of a device.")
  private boolean intermediate;

  @Option(
      names = "--path-length",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "How many authorities may follow below an intermediate one. Default: ${DEFAULT-VALUE}.")
  private int pathLength;

  @Mixin private KeyOptions keys = new KeyOptions();
  @Mixin private CrlOptions crl = new CrlOptions();
  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  private final SecureRandom random = new SecureRandom();

  @Override
  public Integer call() throws IOException {
    LinkOptions.require("--days", days, 1, 36500);
    LinkOptions.require("--path-length", pathLength, 0, 5);
    if (csr != null && (intermediate || keys.algorithm().isPresent())) {
      throw new BadInput(
          "--csr brings a device's own key: leave --intermediate and --algorithm out");
    }
    if (!intermediate && !DeviceName.isName(name)) {
      throw new BadInput(
          "--name=" + name + " is no device name: 1 to 64 of a-z 0-9 - . are allowed");
    }
    try (CaDirectory authority = CaDirectory.open(ca)) {
      if (intermediate) {
        issueAuthority(authority);
      } else if (csr != null) {
        issueOnRequest(authority, csr);
      } else {
        issueWithKey(authority);
      }
    }
    return ExitCodes.HELD;
  }

  private void issueAuthority(CaDirectory above) throws IOException {
    CaDirectory.requireFree(out);
    int left = above.authority().pathLength();
    if (pathLength >= left) {
      throw new BadInput(
          left == 0
              ? ca + " may certify devices only: its own path length is 0"
              : "--path-length=" + pathLength + " must be below that of " + ca + ", " + left);
    }
    try (SigningKey key = newKey(above)) {
      X509CertificateHolder certificate =
          above
              .authority()
              .intermediate(name, key.verifying(), pathLength, validity(above), random);
      above.save(above.index().with(certificate));
      CaDirectory.create(out, chain(above, certificate), key, crl.days());
      report("authority", certificate, out);
    }
  }

  private void issueOnRequest(CaDirectory authority, Path request) throws IOException {
    Path pem = free(name + ".pem");
    VerifyingKey key;
    try {
      key = CertificateRequest.key(request);
    } catch (PkiFileException broken) {
      throw new BadInput(request + ": " + broken.getMessage());
    }
    X509CertificateHolder certificate = certify(authority, key);
    PublicFile.replace(pem, PemText.certificates(chain(authority, certificate)));
    report("device", certificate, pem);
  }

  private void issueWithKey(CaDirectory authority) throws IOException {
    Path pem = free(name + ".pem");
    Path keyFile = free(name + ".key");
    try (SigningKey key = newKey(authority)) {
      X509CertificateHolder certificate = certify(authority, key.verifying());
      byte[] secret = PemText.privateKey(key);
      try {
        SecretFile.write(keyFile, secret);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
      try {
        PublicFile.replace(pem, PemText.certificates(chain(authority, certificate)));
      } catch (IOException failure) {
        Files.deleteIfExists(keyFile);
        throw failure;
      }
      report("device", certificate, pem);
    }
  }

  private X509CertificateHolder certify(CaDirectory authority, VerifyingKey key)
      throws IOException {
    X509CertificateHolder certificate =
        authority.authority().device(new DeviceName(name), key, validity(authority), random);
    authority.save(authority.index().with(certificate));
    return certificate;
  }

  private SigningKey newKey(CaDirectory authority) {
    return SigningKey.generate(
        keys.algorithm().orElseGet(authority.authority().key().verifying()::scheme), random);
  }

  private Validity validity(CaDirectory authority) {
    Instant now = Instant.now();
    Instant last = authority.authority().certificate().getNotAfter().toInstant();
    if (now.isAfter(last)) {
      throw new BadInput(ca + " expired at " + last + "; make a new authority");
    }
    Instant end = now.plus(days, ChronoUnit.DAYS);
    return new Validity(now, end.isAfter(last) ? last : end);
  }

  private static List<X509CertificateHolder> chain(
      CaDirectory authority, X509CertificateHolder certificate) {
    List<X509CertificateHolder> chain = new ArrayList<>(List.of(certificate));
    chain.addAll(authority.intermediates());
    return chain;
  }

  private Path free(String file) throws IOException {
    Files.createDirectories(out);
    Path path = out.resolve(file);
    if (Files.exists(path)) {
      throw new BadInput(path + " exists; move it away or name another place with --out");
    }
    return path;
  }

  private void report(String what, X509CertificateHolder certificate, Path where) {
    String until = certificate.getNotAfter().toInstant().toString();
    String serial = certificate.getSerialNumber().toString(16);
    output.print(
        command,
        what
            + " "
            + name
            + ", serial "
            + serial
            + ", valid until "
            + until
            + ", written to "
            + where,
        Map.of("name", name, "serial", serial, "until", until, "file", where.toString()));
  }
}
