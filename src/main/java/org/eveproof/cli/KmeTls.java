package org.eveproof.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.bootstrap.pki.CredentialFiles;
import org.eveproof.bootstrap.pki.PkiFile;
import org.eveproof.bootstrap.pki.PkiFileException;
import org.eveproof.delivery.etsi014.MutualTls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The certificates of one end of the interface between KME and SAE. Use as a picocli mixin. */
final class KmeTls {
  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "Own certificate in PEM, then those above it.")
  private @Nullable Path cert;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Own private key in PEM, not encrypted, mode 600.")
  private @Nullable Path key;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates in PEM of the authorities that the other end is judged by.")
  private @Nullable Path ca;

  @Option(
      names = "--crl",
      split = ",",
      paramLabel = "FILE",
      description =
          "Revocation lists of those authorities. With one there must be a current list of each;"
              + " without any, none is asked for.")
  private List<Path> crls = new ArrayList<>();

  @Option(
      names = "--tls12",
      description = "Allow TLS 1.2 too, with ECDHE and AEAD suites. Default: TLS 1.3 alone.")
  private boolean tls12;

  /**
   * Reads the files.
   *
   * @throws BadInput if one is not what it should be
   */
  MutualTls read() throws IOException {
    return read(
        RequiredOption.of("--cert", cert),
        RequiredOption.of("--key", key),
        RequiredOption.of("--ca", ca),
        crls,
        tls12);
  }

  /** Reads another certificate and key, to be judged by the same authorities. */
  MutualTls readAs(Path otherCert, Path otherKey) throws IOException {
    return read(otherCert, otherKey, RequiredOption.of("--ca", ca), crls, tls12);
  }

  /** Reads files. */
  static MutualTls read(Path cert, Path key, Path ca, List<Path> crls, boolean tls12)
      throws IOException {
    List<X509Certificate> chain = certificates(cert);
    List<X509CRL> revoked = new ArrayList<>();
    for (Path crl : crls) {
      for (X509CRLHolder each : PkiInput.read(crl, PkiFile::crls, "revocation list")) {
        revoked.add(crl(crl, each));
      }
    }
    try {
      return MutualTls.of(chain, privateKey(key), certificates(ca), revoked, tls12);
    } catch (GeneralSecurityException apart) {
      throw new BadInput(
          key + " does not go with " + cert + ", or is of no kind that TLS uses here");
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException {
    try {
      return CredentialFiles.readKey(
          file,
          () -> {
            throw new BadInput(file + " is encrypted; decrypt it with 'openssl pkey'");
          });
    } catch (PkiFileException broken) {
      throw new BadInput(file + ": " + broken.getMessage());
    }
  }

  private static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (X509CertificateHolder each : PkiInput.read(file, PkiFile::certificates, "certificate")) {
      try {
        certificates.add(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(each.getEncoded())));
      } catch (CertificateException unusable) {
        throw new BadInput(file + " has a certificate that TLS cannot use here");
      }
    }
    return certificates;
  }

  private static X509CRL crl(Path file, X509CRLHolder crl) throws IOException {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509")
              .generateCRL(new ByteArrayInputStream(crl.getEncoded()));
    } catch (GeneralSecurityException unusable) {
      throw new BadInput(file + " has a revocation list that TLS cannot use here");
    }
  }
}
