package org.eveproof.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.SigningKey;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.pki.AlgorithmPolicy;
import org.eveproof.bootstrap.pki.CertificateAuthorities;
import org.eveproof.bootstrap.pki.CertificateAuthority;
import org.eveproof.bootstrap.pki.CertificateChain;
import org.eveproof.bootstrap.pki.IssuerSigner;
import org.eveproof.bootstrap.pki.RevocationPolicy;
import org.eveproof.bootstrap.pki.Validity;
import org.eveproof.conformance.AuthBootstrapSnapshot.Registered;
import org.eveproof.conformance.CertifiedCredentials.Certificate;
import org.eveproof.conformance.CertifiedCredentials.Certificates;
import org.eveproof.conformance.CertifiedCredentials.Remembering;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * Certificates under an authority that both devices have configured, for authentication and for
 * encryption only, and such as a device makes for itself. Revocation comes to the devices by notice
 * here; that lists and responses are read right is what the tests of {@code bootstrap.pki} show.
 */
final class AuthorityWorld {
  private final SecureRandom random = new SecureRandom();
  private final Validity valid;
  private final CertificateAuthority trusted;

  private AuthorityWorld(Instant start) {
    this.valid =
        new Validity(
            start.plus(Duration.ofDays(BootstrapCredentials.FIRST_VALID_DAY)),
            start.plus(Duration.ofDays(BootstrapCredentials.LAST_VALID_DAY + 1)).minusSeconds(1));
    Validity always = new Validity(start, start.plus(Duration.ofDays(365)));
    this.trusted = CertificateAuthority.root("Trusted", newKey(), always, random);
  }

  private SigningKey newKey() {
    return SigningKey.generate(SignatureScheme.ED25519, random);
  }

  /** Returns a world whose credentials are valid on the days of the specification's instances. */
  static Certificates certificates(Instant start) {
    return new AuthorityWorld(start).certificates();
  }

  private Certificates certificates() {
    Map<String, SigningKey> keys = Certificates.newKeys(random);
    Map<String, List<Certificate>> certificates = new LinkedHashMap<>();
    keys.forEach((name, key) -> certificates.put(name, certificates(name, key)));
    CredentialJudge judge =
        new Remembering(
            new CertificateAuthorities(
                List.of(trusted.certificate()), new RevocationPolicy.Off(), AlgorithmPolicy.ANY));
    return new Certificates(keys, Map.of(Party.ALICE, judge, Party.BOB, judge), certificates);
  }

  private List<Certificate> certificates(String name, SigningKey key) {
    Certificate sound = device(name, key);
    if (name.equals("eve")) {
      return List.of(sound);
    }
    CertificateAuthority itself = new CertificateAuthority(rootOf(name, key), key);
    return List.of(
        certificate(List.of(itself.certificate()), Registered.NOTHING),
        sound,
        encryptionOnly(name, key));
  }

  private X509CertificateHolder rootOf(String name, SigningKey key) {
    return CertificateAuthority.root(name, key, valid, random).certificate();
  }

  private Certificate device(String name, SigningKey key) {
    X509CertificateHolder issued =
        trusted.device(new DeviceName(name), key.verifying(), valid, random);
    return certificate(
        List.of(issued, trusted.certificate()), new Registered(1, 0, "authentication"));
  }

  private Certificate encryptionOnly(String name, SigningKey key) {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            trusted.certificate().getSubject(),
            new BigInteger(64, random).add(BigInteger.ONE),
            valid.notBefore(),
            valid.notAfter(),
            new X500Name("CN=" + name),
            SubjectPublicKeyInfo.getInstance(key.verifying().encode()));
    try {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
    return certificate(
        List.of(builder.build(new IssuerSigner(trusted.key())), trusted.certificate()),
        new Registered(1, 0, "other"));
  }

  private static Certificate certificate(List<X509CertificateHolder> chain, Registered is) {
    byte[] shown = new CertificateChain(new ArrayList<>(chain)).encode();
    return new Certificate(
        Bits.fromBytes(shown, Byte.SIZE * shown.length),
        CertificateAuthorities.id(chain.get(0)),
        is);
  }
}
