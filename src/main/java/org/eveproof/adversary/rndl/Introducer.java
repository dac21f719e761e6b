package org.eveproof.adversary.rndl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Date;
import java.util.HexFormat;
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
import org.eveproof.authentication.SigningKey;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.openpgp.Keyring;
import org.eveproof.bootstrap.openpgp.OpenPgpFileException;
import org.eveproof.bootstrap.openpgp.Ownertrusts;
import org.eveproof.bootstrap.openpgp.TrustOptions;
import org.eveproof.bootstrap.openpgp.WebOfTrust;

/**
 * An introducer whom both devices trust fully: certifies OpenPGP keys (RFC 4880) in the name of
 * devices. The devices' owner has certified the introducer's own key.
 */
@SuppressWarnings("JavaUtilDate") // the library takes no other
final class Introducer {
  private static final Date MADE = Date.from(Installation.NOW.minus(Duration.ofDays(1)));

  private final PGPKeyPair owner;
  private final PGPKeyPair introducer;

  /**
   * Appoints an introducer.
   *
   * @param owner key of the devices' owner, ultimately trusted
   * @param introducer key of the introducer
   */
  Introducer(SigningKey owner, SigningKey introducer) {
    this.owner = pair(owner);
    this.introducer = pair(introducer);
  }

  /** Certifies that a key is a device's. Returns the OpenPGP certificate. */
  byte[] certify(DeviceName name, SigningKey device) {
    return certificate(pair(device), name.text(), introducer);
  }

  /** Returns who trusts what this introducer certified, by the rule of the web of trust. */
  CredentialJudge judge() {
    ByteArrayOutputStream known = new ByteArrayOutputStream();
    known.writeBytes(certificate(owner, "owner", owner));
    known.writeBytes(certificate(introducer, "introducer", owner));
    String trusts = fingerprint(owner) + ":6:\n" + fingerprint(introducer) + ":5:\n";
    try {
      return new WebOfTrust(
          Keyring.parse(known.toByteArray()),
          Ownertrusts.parse(trusts.getBytes(StandardCharsets.US_ASCII)),
          TrustOptions.DEFAULT);
    } catch (OpenPgpFileException impossible) {
      throw new AssertionError("a keyring made here can be read", impossible);
    }
  }

  /** Returns a key with a user id, certified by the key itself and by another. */
  private static byte[] certificate(PGPKeyPair key, String userId, PGPKeyPair by) {
    try {
      PGPPublicKey certified =
          PGPPublicKey.addCertification(
              key.getPublicKey(),
              userId,
              certification(PGPSignature.POSITIVE_CERTIFICATION, key, userId, key));
      if (by != key) {
        certified =
            PGPPublicKey.addCertification(
                certified,
                userId,
                certification(PGPSignature.DEFAULT_CERTIFICATION, key, userId, by));
      }
      return certified.getEncoded();
    } catch (PGPException | IOException e) {
      throw new AssertionError("an Ed25519 key can be certified", e);
    }
  }

  private static PGPSignature certification(int type, PGPKeyPair key, String userId, PGPKeyPair by)
      throws PGPException {
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new JcaPGPContentSignerBuilder(
                    by.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256)
                .setProvider(BouncyCastle.PROVIDER),
            by.getPublicKey());
    generator.init(type, by.getPrivateKey());
    PGPSignatureSubpacketGenerator about = new PGPSignatureSubpacketGenerator();
    about.setSignatureCreationTime(false, MADE);
    about.setIssuerFingerprint(false, by.getPublicKey());
    if (by == key) {
      about.setKeyFlags(
          false, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA | KeyFlags.AUTHENTICATION);
    }
    generator.setHashedSubpackets(about.generate());
    return generator.generateCertification(userId, key.getPublicKey());
  }

  private static PGPKeyPair pair(SigningKey key) {
    try {
      KeyPair pair =
          new KeyPair(
              key.verifying().key(),
              KeyFactory.getInstance("Ed25519", BouncyCastle.PROVIDER)
                  .generatePrivate(new PKCS8EncodedKeySpec(key.encode())));
      return new JcaPGPKeyPair(
          PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY, pair, MADE);
    } catch (GeneralSecurityException | PGPException e) {
      throw new AssertionError("the provider has Ed25519", e);
    }
  }

  private static String fingerprint(PGPKeyPair key) {
    return HexFormat.of().withUpperCase().formatHex(key.getPublicKey().getFingerprint());
  }
}
