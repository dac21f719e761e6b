package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.eveproof.bootstrap.pki.AlgorithmPolicy;
import org.eveproof.bootstrap.pki.CertificateAuthorities;
import org.eveproof.bootstrap.pki.PkiFile;
import org.eveproof.bootstrap.pki.RevocationLists;
import org.eveproof.bootstrap.pki.RevocationPolicy;
import picocli.CommandLine.Option;

/** Whom a device trusts to certify its peer. Use as a picocli mixin. */
final class PkiAnchorOptions {
  @Option(
      names = "--root",
      paramLabel = "FILE",
      description = "Certificates of trusted root authorities. May be given more than once.")
  private List<Path> roots = new ArrayList<>();

  @Option(
      names = "--crl",
      paramLabel = "FILE",
      description = "Revocation lists of the authorities. May be given more than once.")
  private List<Path> crls = new ArrayList<>();

  @Option(
      names = "--ocsp",
      paramLabel = "FILE",
      description = "An OCSP response in DER. May be given more than once.")
  private List<Path> responses = new ArrayList<>();

  @Option(
      names = "--no-revocation",
      description =
          "Accept certificates of which nobody says whether they are revoked. Without this, each"
              + " one but the root needs a fresh CRL or OCSP response.")
  private boolean noRevocation;

  @Option(
      names = "--require-composite",
      description =
          "Accept only ml-dsa-65+ed25519, at every certificate from the root to the device.")
  private boolean requireComposite;

  /**
   * Returns the rule of trust.
   *
   * @throws BadInput if no root is given, or a file is none that is expected
   */
  CertificateAuthorities authorities() throws IOException {
    if (roots.isEmpty()) {
      throw new BadInput("no root authority is given; name its certificate with --root");
    }
    if (noRevocation && !(crls.isEmpty() && responses.isEmpty())) {
      throw new BadInput("--no-revocation contradicts --crl and --ocsp; leave one out");
    }
    List<X509CertificateHolder> trusted = new ArrayList<>();
    for (Path file : roots) {
      for (X509CertificateHolder root : PkiInput.read(file, PkiFile::certificates, "certificate")) {
        if (!root.getIssuer().equals(root.getSubject())) {
          throw new BadInput(
              file + ": a root is signed by itself; show other authorities in the chain instead");
        }
        trusted.add(root);
      }
    }
    return new CertificateAuthorities(
        trusted,
        noRevocation ? new RevocationPolicy.Off() : new RevocationPolicy.Required(lists()),
        requireComposite ? AlgorithmPolicy.COMPOSITE_ONLY : AlgorithmPolicy.ANY);
  }

  private RevocationLists lists() throws IOException {
    List<X509CRLHolder> lists = new ArrayList<>();
    for (Path file : crls) {
      lists.addAll(PkiInput.read(file, PkiFile::crls, "CRL"));
    }
    List<BasicOCSPResp> words = new ArrayList<>();
    for (Path file : responses) {
      words.addAll(PkiInput.read(file, PkiFile::responses, "OCSP response"));
    }
    return new RevocationLists(lists, words);
  }
}
