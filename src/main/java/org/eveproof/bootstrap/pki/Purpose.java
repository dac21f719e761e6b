package org.eveproof.bootstrap.pki;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Refusal;
import org.eveproof.protocol.Party;

/**
 * Whose a certificate is and what it may be used for; path validation does not look at this.
 *
 * <p>An extension that is absent restricts nothing (RFC 5280, sections 4.2.1.3 and 4.2.1.12), but
 * without a subject alternative name the certificate is nobody's.
 */
final class Purpose {
  private Purpose() {}

  /**
   * Requires that a key signs for this device in this role.
   *
   * @param path from the device's certificate to the root; an extended key usage of an authority
   *     holds for all below it
   */
  static void require(List<X509CertificateHolder> path, DeviceName peer, Party role)
      throws CredentialRefused {
    X509CertificateHolder certificate = path.get(0);
    requireUsage(certificate, KeyUsage.digitalSignature, "digitalSignature");
    // The end that calls is the client, the one that answers the server.
    boolean calls = role == Party.ALICE;
    KeyPurposeId purpose = calls ? KeyPurposeId.id_kp_clientAuth : KeyPurposeId.id_kp_serverAuth;
    for (X509CertificateHolder each : path) {
      requireExtendedUsage(each, purpose, calls ? "clientAuth" : "serverAuth");
    }
    requireName(certificate, peer);
  }

  /** Requires a bit of the key usage, if there is such an extension. */
  static void requireUsage(X509CertificateHolder certificate, int usage, String name)
      throws CredentialRefused {
    Extension extension = certificate.getExtension(Extension.keyUsage);
    if (extension != null && !KeyUsage.getInstance(extension.getParsedValue()).hasUsages(usage)) {
      throw new CredentialRefused(
          Refusal.WRONG_PURPOSE,
          OneLine.subject(certificate)
              + " has a key usage without "
              + name
              + "; have it issued with it");
    }
  }

  private static void requireExtendedUsage(
      X509CertificateHolder certificate, KeyPurposeId purpose, String name)
      throws CredentialRefused {
    Extension extension = certificate.getExtension(Extension.extendedKeyUsage);
    if (extension == null) {
      return;
    }
    ExtendedKeyUsage usages = ExtendedKeyUsage.getInstance(extension.getParsedValue());
    if (!usages.hasKeyPurposeId(purpose)
        && !usages.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage)) {
      throw new CredentialRefused(
          Refusal.WRONG_PURPOSE,
          OneLine.subject(certificate)
              + " has an extended key usage without "
              + name
              + "; have it issued with it");
    }
  }

  private static void requireName(X509CertificateHolder certificate, DeviceName peer)
      throws CredentialRefused {
    Extension extension = certificate.getExtension(Extension.subjectAlternativeName);
    List<GeneralName> names =
        extension == null
            ? List.of()
            : Arrays.asList(GeneralNames.getInstance(extension.getParsedValue()).getNames());
    boolean found =
        names.stream()
            .filter(name -> name.getTagNo() == GeneralName.dNSName)
            .map(name -> ((ASN1String) name.getName()).getString().toLowerCase(Locale.ROOT))
            .anyMatch(peer.text()::equals);
    if (!found) {
      throw new CredentialRefused(
          Refusal.WRONG_NAME,
          OneLine.subject(certificate)
              + " is not for '"
              + peer
              + "': no dNSName of its subject alternative name says so (a common name does not"
              + " count)");
    }
  }
}
