package org.eveproof.bootstrap.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.eveproof.authentication.SigningKey;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.DeviceName;

/**
 * An authority that issues certificates and revocation lists in the profile of RFC 5280.
 *
 * @param certificate its own
 * @param key whose public half is in the certificate
 */
public record CertificateAuthority(X509CertificateHolder certificate, SigningKey key) {
  private static final int SERIAL_BITS = 127;

  /**
   * A certificate that was revoked.
   *
   * @param serial its number
   * @param at since when
   * @param reason why
   */
  public record Revocation(BigInteger serial, Date at, RevocationReason reason) {}

  /**
   * Makes a root: an authority that vouches for itself.
   *
   * @param name of the authority
   * @param key of the authority
   * @param random for its serial number
   */
  public static CertificateAuthority root(
      String name, SigningKey key, Validity validity, SecureRandom random) {
    X500Name subject = commonName(name);
    SubjectPublicKeyInfo info = info(key.verifying());
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            subject, serial(random), validity.notBefore(), validity.notAfter(), subject, info);
    try {
      addAuthority(builder, new BasicConstraints(true));
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, extensions().createSubjectKeyIdentifier(info));
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
    return new CertificateAuthority(builder.build(new IssuerSigner(key)), key);
  }

  /**
   * Certifies an authority below this one.
   *
   * @param name of the other
   * @param other its key
   * @param pathLength how many authorities may follow below it
   */
  public X509CertificateHolder intermediate(
      String name, VerifyingKey other, int pathLength, Validity validity, SecureRandom random) {
    try {
      X509v3CertificateBuilder builder = below(commonName(name), other, validity, random);
      addAuthority(builder, new BasicConstraints(pathLength));
      return builder.build(new IssuerSigner(key));
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
  }

  /**
   * Certifies that a key is a device's, for both ends of a link.
   *
   * @param name of the device
   * @param device its key
   */
  public X509CertificateHolder device(
      DeviceName name, VerifyingKey device, Validity validity, SecureRandom random) {
    try {
      X509v3CertificateBuilder builder = below(commonName(name.text()), device, validity, random);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, name.text())));
      return builder.build(new IssuerSigner(key));
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
  }

  /**
   * Makes a complete revocation list.
   *
   * @param revoked everything that is revoked
   * @param number greater than that of every list before
   * @param validity from now until the next list
   */
  public X509CRLHolder crl(Collection<Revocation> revoked, BigInteger number, Validity validity) {
    try {
      X509v2CRLBuilder builder =
          new X509v2CRLBuilder(certificate.getSubject(), validity.notBefore());
      builder.setNextUpdate(validity.notAfter());
      for (Revocation each : revoked) {
        builder.addCRLEntry(each.serial(), each.at(), each.reason().code());
      }
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          extensions().createAuthorityKeyIdentifier(certificate));
      builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
      return builder.build(new IssuerSigner(key));
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
  }

  /** Returns how many authorities may follow below this one. */
  public int pathLength() {
    Extension extension = certificate.getExtension(Extension.basicConstraints);
    BigInteger length =
        extension == null
            ? BigInteger.ZERO
            : BasicConstraints.getInstance(extension.getParsedValue()).getPathLenConstraint();
    return length == null ? Integer.MAX_VALUE : length.intValueExact();
  }

  private X509v3CertificateBuilder below(
      X500Name subject, VerifyingKey other, Validity validity, SecureRandom random)
      throws IOException {
    SubjectPublicKeyInfo info = info(other);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            certificate.getSubject(),
            serial(random),
            validity.notBefore(),
            validity.notAfter(),
            subject,
            info);
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, extensions().createSubjectKeyIdentifier(info));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        extensions().createAuthorityKeyIdentifier(certificate));
    return builder;
  }

  private static void addAuthority(X509v3CertificateBuilder builder, BasicConstraints constraints)
      throws IOException {
    builder.addExtension(Extension.basicConstraints, true, constraints);
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
  }

  private static X509ExtensionUtils extensions() {
    return new BcX509ExtensionUtils();
  }

  private static X500Name commonName(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }

  private static SubjectPublicKeyInfo info(VerifyingKey key) {
    return SubjectPublicKeyInfo.getInstance(key.encode());
  }

  /** A positive number that nobody can foresee, of at most 16 bytes. */
  private static BigInteger serial(SecureRandom random) {
    return new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
  }
}
