package org.eveproof.adversary.rndl;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Date;
import java.util.Iterator;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.operator.jcajce.JcaKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyConverter;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Refusal;

/**
 * An introducer whom both devices trust fully: certifies OpenPGP keys (RFC 9580), and, for the
 * devices, judges what it has certified.
 */
@SuppressWarnings("JavaUtilDate") // the library takes no other
final class Introducer {
  private static final Date MADE = new Date(0);

  private final JcaPGPKeyPair keys;

  private Introducer(JcaPGPKeyPair keys) {
    this.keys = keys;
  }

  static Introducer generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519", BouncyCastle.PROVIDER);
      generator.initialize(255, random);
      KeyPair pair = generator.generateKeyPair();
      return new Introducer(
          new JcaPGPKeyPair(
              PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.EDDSA_LEGACY, pair, MADE));
    } catch (GeneralSecurityException | PGPException e) {
      throw new AssertionError("the provider has Ed25519", e);
    }
  }

  /** Certifies that a key is a device's. Returns the OpenPGP certificate. */
  byte[] certify(DeviceName name, VerifyingKey device) {
    try {
      PGPPublicKey key =
          new JcaPGPKeyConverter()
              .setProvider(BouncyCastle.PROVIDER)
              .getPGPPublicKey(
                  PublicKeyPacket.VERSION_4,
                  PublicKeyAlgorithmTags.EDDSA_LEGACY,
                  device.key(),
                  MADE);
      PGPSignatureGenerator generator =
          new PGPSignatureGenerator(
              new JcaPGPContentSignerBuilder(
                      keys.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256)
                  .setProvider(BouncyCastle.PROVIDER),
              keys.getPublicKey());
      generator.init(PGPSignature.POSITIVE_CERTIFICATION, keys.getPrivateKey());
      PGPSignature signature = generator.generateCertification(name.text(), key);
      return PGPPublicKey.addCertification(key, name.text(), signature).getEncoded();
    } catch (PGPException | IOException e) {
      throw new AssertionError("an Ed25519 key can be certified", e);
    }
  }

  /** Returns who trusts what this introducer certified. */
  CredentialJudge judge() {
    return (shown, peer, role, now) -> {
      try {
        PGPPublicKey key =
            new PGPPublicKeyRing(shown, new JcaKeyFingerprintCalculator()).getPublicKey();
        if (isCertified(key, peer)) {
          VerifyingKey verifying =
              VerifyingKey.decode(
                      new JcaPGPKeyConverter()
                          .setProvider(BouncyCastle.PROVIDER)
                          .getPublicKey(key)
                          .getEncoded())
                  .orElseThrow();
          byte[] id = Arrays.copyOf(key.getFingerprint(), CredentialId.BYTES);
          return new CredentialJudge.Trusted(CredentialId.of(id), verifying, "introduced");
        }
      } catch (PGPException | IOException | RuntimeException malformed) {
        return new CredentialJudge.Untrusted(Refusal.MALFORMED, "no OpenPGP certificate");
      }
      return new CredentialJudge.Untrusted(Refusal.UNTRUSTED_CREDENTIAL, "not introduced");
    };
  }

  private boolean isCertified(PGPPublicKey key, DeviceName name) throws PGPException {
    Iterator<PGPSignature> signatures = key.getSignaturesForID(name.text());
    while (signatures != null && signatures.hasNext()) {
      PGPSignature signature = signatures.next();
      if (signature.getKeyID() == keys.getKeyID()
          && signature.getSignatureType() == PGPSignature.POSITIVE_CERTIFICATION) {
        signature.init(
            new JcaPGPContentVerifierBuilderProvider().setProvider(BouncyCastle.PROVIDER),
            keys.getPublicKey());
        if (signature.verifyCertification(name.text(), key)) {
          return true;
        }
      }
    }
    return false;
  }
}
