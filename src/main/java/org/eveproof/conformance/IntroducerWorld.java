package org.eveproof.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.SigningKey;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.openpgp.Keyring;
import org.eveproof.bootstrap.openpgp.OpenPgpFileException;
import org.eveproof.bootstrap.openpgp.Ownertrusts;
import org.eveproof.bootstrap.openpgp.TrustOptions;
import org.eveproof.bootstrap.openpgp.WebOfTrust;
import org.eveproof.conformance.AuthBootstrapSnapshot.Registered;
import org.eveproof.conformance.CertifiedCredentials.Certificate;
import org.eveproof.conformance.CertifiedCredentials.Certificates;
import org.eveproof.conformance.CertifiedCredentials.Remembering;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * OpenPGP certificates that introducers vouch for: one whom both devices trust fully, or three or
 * two whom they trust somewhat; for authentication and for encryption only; and such as nobody but
 * the device itself has certified.
 */
final class IntroducerWorld {
  private static final int ULTIMATE = 6;
  private static final int FULL = 5;
  private static final int MARGINAL = 4;
  private static final int MARGINAL_INTRODUCERS = 3;
  private static final int FOR_AUTHENTICATION = KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA;
  private static final int FOR_ENCRYPTION = KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE;

  private final SecureRandom random = new SecureRandom();
  private final Instant start;
  private final Instant validFrom;
  private final Duration validFor;
  private final PGPKeyPair operator;
  private final PGPKeyPair full;
  private final List<PGPKeyPair> marginal = new ArrayList<>();

  private IntroducerWorld(Instant start) {
    this.start = start;
    this.validFrom = start.plus(Duration.ofDays(BootstrapCredentials.FIRST_VALID_DAY));
    this.validFor =
        Duration.between(
            validFrom,
            start.plus(Duration.ofDays(BootstrapCredentials.LAST_VALID_DAY + 1)).minusSeconds(1));
    this.operator = newPair();
    this.full = newPair();
    for (int i = 0; i < MARGINAL_INTRODUCERS; i++) {
      marginal.add(newPair());
    }
  }

  private PGPKeyPair newPair() {
    return pair(SigningKey.generate(SignatureScheme.ED25519, random), start);
  }

  /** Returns a world whose credentials are valid on the days of the specification's instances. */
  static Certificates certificates(Instant start) {
    return new IntroducerWorld(start).certificates();
  }

  private Certificates certificates() {
    Map<String, SigningKey> keys = Certificates.newKeys(random);
    CredentialJudge web = web();
    Map<String, List<Certificate>> certificates = new LinkedHashMap<>();
    keys.forEach((name, key) -> certificates.put(name, certificates(name, key)));
    CredentialJudge judge = new Remembering(web);
    return new Certificates(keys, Map.of(Party.ALICE, judge, Party.BOB, judge), certificates);
  }

  /** Returns what both devices know: the operator's own key, and the introducers he certified. */
  private CredentialJudge web() {
    ByteArrayOutputStream keyring = new ByteArrayOutputStream();
    StringBuilder trust = new StringBuilder();
    add(operator, "operator", ULTIMATE, keyring, trust);
    add(full, "full", FULL, keyring, trust);
    marginal.forEach(pair -> add(pair, "marginal", MARGINAL, keyring, trust));
    try {
      return new WebOfTrust(
          Keyring.parse(keyring.toByteArray()),
          Ownertrusts.parse(trust.toString().getBytes(StandardCharsets.US_ASCII)),
          TrustOptions.DEFAULT);
    } catch (OpenPgpFileException impossible) {
      throw new AssertionError("what was just made can be read", impossible);
    }
  }

  private void add(
      PGPKeyPair pair, String id, int level, ByteArrayOutputStream keyring, StringBuilder trust) {
    PGPSignatureSubpacketGenerator parts = new PGPSignatureSubpacketGenerator();
    parts.setKeyFlags(true, KeyFlags.CERTIFY_OTHER);
    PGPPublicKey own = certify(pair.getPublicKey(), id, pair, start, parts);
    keyring.writeBytes(encoded(certify(own, id, operator, start, none())));
    trust
        .append(HexFormat.of().withUpperCase().formatHex(own.getFingerprint()))
        .append(':')
        .append(level)
        .append(":\n");
  }

  private List<Certificate> certificates(String name, SigningKey key) {
    List<Certificate> all = new ArrayList<>();
    if (!name.equals("eve")) {
      all.add(certificate(name, key, List.of(), FOR_AUTHENTICATION, Registered.NOTHING));
    }
    for (String use : List.of("authentication", "other")) {
      int flags = use.equals("authentication") ? FOR_AUTHENTICATION : FOR_ENCRYPTION;
      all.add(certificate(name, key, List.of(full), flags, new Registered(1, 0, use)));
      for (int count = 2; count <= MARGINAL_INTRODUCERS; count++) {
        all.add(
            certificate(
                name, key, marginal.subList(0, count), flags, new Registered(0, count, use)));
      }
    }
    return all;
  }

  private Certificate certificate(
      String name, SigningKey key, List<PGPKeyPair> introducers, int flags, Registered is) {
    PGPKeyPair pair = pair(key, validFrom);
    PGPSignatureSubpacketGenerator parts = new PGPSignatureSubpacketGenerator();
    parts.setKeyFlags(true, flags);
    parts.setKeyExpirationTime(true, validFor.toSeconds());
    PGPPublicKey certified = certify(pair.getPublicKey(), name, pair, validFrom, parts);
    for (PGPKeyPair introducer : introducers) {
      certified = certify(certified, name, introducer, validFrom, none());
    }
    byte[] shown = encoded(certified);
    return new Certificate(
        Bits.fromBytes(shown, Byte.SIZE * shown.length),
        WebOfTrust.id(certified.getFingerprint()),
        is);
  }

  private static PGPSignatureSubpacketGenerator none() {
    return new PGPSignatureSubpacketGenerator();
  }

  private static PGPPublicKey certify(
      PGPPublicKey key,
      String id,
      PGPKeyPair signer,
      Instant time,
      PGPSignatureSubpacketGenerator parts) {
    try {
      PGPSignatureGenerator generator =
          new PGPSignatureGenerator(
              new JcaPGPContentSignerBuilder(
                      signer.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256)
                  .setProvider(BouncyCastle.PROVIDER),
              signer.getPublicKey());
      generator.init(PGPSignature.DEFAULT_CERTIFICATION, signer.getPrivateKey());
      parts.setSignatureCreationTime(false, Date.from(time));
      parts.setIssuerFingerprint(false, signer.getPublicKey());
      generator.setHashedSubpackets(parts.generate());
      PGPSignatureSubpacketGenerator issuer = none();
      issuer.setIssuerKeyID(false, signer.getKeyID());
      generator.setUnhashedSubpackets(issuer.generate());
      return PGPPublicKey.addCertification(key, id, generator.generateCertification(id, key));
    } catch (PGPException e) {
      throw new AssertionError("the provider signs", e);
    }
  }

  private static PGPKeyPair pair(SigningKey key, Instant created) {
    try {
      return new JcaPGPKeyPair(
          PublicKeyPacket.VERSION_4,
          PublicKeyAlgorithmTags.EDDSA_LEGACY,
          new KeyPair(
              key.verifying().key(),
              KeyFactory.getInstance("Ed25519", BouncyCastle.PROVIDER)
                  .generatePrivate(new PKCS8EncodedKeySpec(key.encode()))),
          Date.from(created));
    } catch (GeneralSecurityException | PGPException e) {
      throw new AssertionError("the provider has Ed25519", e);
    }
  }

  private static byte[] encoded(PGPPublicKey key) {
    try {
      return key.getEncoded();
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
  }
}
