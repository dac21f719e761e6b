package org.eveproof.bootstrap.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jcajce.spec.SLHDSAParameterSpec;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eveproof.authentication.BouncyCastle;

/**
 * A certificate in the making, sound unless a test says otherwise. Everything can be made wrong,
 * one thing at a time.
 */
final class CertificateDraft {
  /** When all of these tests take place. */
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  static final Instant FROM = NOW.minus(Duration.ofDays(10));
  static final Instant TO = NOW.plus(Duration.ofDays(10));
  private static final SecureRandom RANDOM = fixedSeed();
  private static long serials = 1000;

  private final X500Name subject;
  private final List<Extension> extensions = new ArrayList<>();
  private KeyPair pair = keys("Ed25519");
  private Instant from = FROM;
  private Instant to = TO;
  private Optional<String> signature = Optional.empty();
  private BigInteger serial = BigInteger.valueOf(serials++);

  /** A certificate with its private key and the name of the algorithm that it signs with. */
  record Made(X509CertificateHolder certificate, PrivateKey key, String algorithm) {
    ContentSigner signer() {
      return signer(algorithm);
    }

    ContentSigner signer(String algorithmName) {
      return CertificateDraft.signer(key, algorithmName);
    }
  }

  private CertificateDraft(String commonName) {
    subject = new X500Name("CN=" + commonName);
  }

  /** Begins an authority. */
  static CertificateDraft authority(String name) {
    return new CertificateDraft(name)
        .with(Extension.basicConstraints, true, new BasicConstraints(true))
        .usage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  /** Begins a device that may be both ends of a link. */
  static CertificateDraft device(String name) {
    return new CertificateDraft(name)
        .with(Extension.basicConstraints, true, new BasicConstraints(false))
        .usage(KeyUsage.digitalSignature)
        .purposes(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth)
        .names(name);
  }

  CertificateDraft key(String algorithm) {
    pair = keys(algorithm);
    return this;
  }

  CertificateDraft key(KeyPair given) {
    pair = given;
    return this;
  }

  CertificateDraft valid(Instant first, Instant last) {
    from = first;
    to = last;
    return this;
  }

  CertificateDraft serial(BigInteger given) {
    serial = given;
    return this;
  }

  /** Signs with another algorithm than the issuer's usual one. */
  CertificateDraft signedWith(String algorithm) {
    signature = Optional.of(algorithm);
    return this;
  }

  CertificateDraft usage(int bits) {
    return with(Extension.keyUsage, true, new KeyUsage(bits));
  }

  CertificateDraft purposes(KeyPurposeId... purposes) {
    return with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
  }

  CertificateDraft pathLength(int length) {
    return with(Extension.basicConstraints, true, new BasicConstraints(length));
  }

  CertificateDraft names(String... dnsNames) {
    GeneralName[] names = new GeneralName[dnsNames.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = new GeneralName(GeneralName.dNSName, dnsNames[i]);
    }
    return with(Extension.subjectAlternativeName, false, new GeneralNames(names));
  }

  /** Adds an extension, in place of one of the same kind. */
  CertificateDraft with(ASN1ObjectIdentifier kind, boolean critical, ASN1Encodable value) {
    without(kind);
    try {
      extensions.add(Extension.create(kind, critical, value));
      return this;
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Adds an extension whose content is no such thing. */
  CertificateDraft withRaw(ASN1ObjectIdentifier kind, boolean critical, byte... value) {
    without(kind);
    extensions.add(new Extension(kind, critical, value));
    return this;
  }

  CertificateDraft without(ASN1ObjectIdentifier kind) {
    extensions.removeIf(extension -> extension.getExtnId().equals(kind));
    return this;
  }

  /** Has it issued. */
  Made by(Made issuer) {
    return made(
        builder(issuer.certificate().getSubject())
            .build(issuer.signer(signature.orElse(issuer.algorithm()))));
  }

  /** Has it sign itself. */
  Made bySelf() {
    return made(
        builder(subject).build(signer(pair.getPrivate(), signature.orElseGet(this::algorithm))));
  }

  /** Has it issued in version 1, which knows no extensions. */
  Made version1By(Made issuer) {
    return made(
        new X509v1CertificateBuilder(
                issuer.certificate().getSubject(),
                serial,
                Date.from(from),
                Date.from(to),
                subject,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
            .build(issuer.signer()));
  }

  private X509v3CertificateBuilder builder(X500Name issuer) {
    try {
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              issuer,
              serial,
              Date.from(from),
              Date.from(to),
              subject,
              SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
      for (Extension extension : extensions) {
        builder.addExtension(extension);
      }
      return builder;
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private Made made(X509CertificateHolder certificate) {
    return new Made(certificate, pair.getPrivate(), algorithm());
  }

  private String algorithm() {
    String kind = pair.getPublic().getAlgorithm();
    return switch (kind) {
      case "EC" -> "SHA256withECDSA";
      case "RSA", "RSASSA-PSS" -> "SHA256withRSAandMGF1";
      default -> kind.startsWith("SLH-DSA") ? "SLH-DSA" : kind;
    };
  }

  private static ContentSigner signer(PrivateKey key, String algorithm) {
    try {
      return new JcaContentSignerBuilder(algorithm).setProvider(BouncyCastle.PROVIDER).build(key);
    } catch (OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes keys: {@code RSA-2048}, {@code P-256} and so on, or what the provider calls them. */
  static KeyPair keys(String algorithm) {
    try {
      if (algorithm.startsWith("RSA-")) {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA", BouncyCastle.PROVIDER);
        rsa.initialize(Integer.parseInt(algorithm.substring(4)), RANDOM);
        return rsa.generateKeyPair();
      }
      boolean curve = algorithm.startsWith("P-") || algorithm.endsWith("k1");
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(curve ? "EC" : algorithm, BouncyCastle.PROVIDER);
      if (curve) {
        generator.initialize(new ECGenParameterSpec(algorithm), RANDOM);
      } else if (algorithm.equals("SLH-DSA")) {
        generator.initialize(SLHDSAParameterSpec.slh_dsa_sha2_128f, RANDOM);
      } else if (algorithm.startsWith("MLDSA65")) {
        generator.initialize((AlgorithmParameterSpec) null, RANDOM);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static SecureRandom fixedSeed() {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(20260601);
      return random;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
