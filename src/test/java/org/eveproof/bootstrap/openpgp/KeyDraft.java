package org.eveproof.bootstrap.openpgp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;
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

/** An OpenPGP key under construction: any signature can be put on it, sound or not. */
final class KeyDraft {
  /** The time at which the drafts are judged. */
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  static final int DAY = 86_400;

  /** How a signature is made. */
  record Making(int type, int hash, long days, Consumer<PGPSignatureSubpacketGenerator> parts) {
    static Making of(int type, long days) {
      return new Making(type, HashAlgorithmTags.SHA256, days, parts -> {});
    }

    static Making certification(long days) {
      return of(PGPSignature.DEFAULT_CERTIFICATION, days);
    }

    static Making revocation(long days) {
      return of(PGPSignature.CERTIFICATION_REVOCATION, days);
    }

    Making with(Consumer<PGPSignatureSubpacketGenerator> more) {
      return new Making(type, hash, days, parts.andThen(more));
    }

    Making hashedWith(int algorithm) {
      return new Making(type, algorithm, days, parts);
    }
  }

  private final PGPKeyPair pair;
  private PGPPublicKey key;

  /**
   * Makes an Ed25519 key.
   *
   * @param days before {@link #NOW} that it was made
   */
  KeyDraft(long days) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519", BouncyCastle.PROVIDER);
      this.pair =
          new JcaPGPKeyPair(
              PublicKeyPacket.VERSION_4,
              PublicKeyAlgorithmTags.EDDSA_LEGACY,
              generator.generateKeyPair(),
              daysAgo(days));
      this.key = pair.getPublicKey();
    } catch (GeneralSecurityException | PGPException e) {
      throw new AssertionError(e);
    }
  }

  static Date daysAgo(long days) {
    return Date.from(NOW.minusSeconds(days * DAY));
  }

  /** Returns a new copy of the bare key, with no signature on it. */
  KeyDraft bare() {
    return new KeyDraft(pair);
  }

  private KeyDraft(PGPKeyPair pair) {
    this.pair = pair;
    this.key = pair.getPublicKey();
  }

  /** Adds a user id, certified by the key itself. */
  KeyDraft id(String id, long days) {
    return id(id, days, parts -> {});
  }

  KeyDraft id(String id, long days, Consumer<PGPSignatureSubpacketGenerator> parts) {
    return sign(
        this,
        id,
        Making.of(PGPSignature.POSITIVE_CERTIFICATION, days)
            .with(all -> all.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA))
            .with(parts));
  }

  /** Puts a signature on a user id. */
  KeyDraft sign(KeyDraft signer, String id, Making making) {
    try {
      PGPSignature signature = signer.generator(making).generateCertification(id, key);
      key = PGPPublicKey.addCertification(key, id, signature);
      return this;
    } catch (PGPException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts a signature on the key. */
  KeyDraft sign(KeyDraft signer, Making making) {
    try {
      key = PGPPublicKey.addCertification(key, signer.generator(making).generateCertification(key));
      return this;
    } catch (PGPException e) {
      throw new AssertionError(e);
    }
  }

  private PGPSignatureGenerator generator(Making making) throws PGPException {
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new JcaPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), making.hash())
                .setProvider(BouncyCastle.PROVIDER),
            pair.getPublicKey());
    generator.init(making.type(), pair.getPrivateKey());
    PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
    hashed.setSignatureCreationTime(false, daysAgo(making.days()));
    hashed.setIssuerFingerprint(false, pair.getPublicKey());
    making.parts().accept(hashed);
    generator.setHashedSubpackets(hashed.generate());
    PGPSignatureSubpacketGenerator unhashed = new PGPSignatureSubpacketGenerator();
    unhashed.setIssuerKeyID(false, pair.getKeyID());
    generator.setUnhashedSubpackets(unhashed.generate());
    return generator;
  }

  String fingerprint() {
    return HexFormat.of().formatHex(pair.getPublicKey().getFingerprint()).toUpperCase(Locale.ROOT);
  }

  byte[] bytes() {
    try {
      return key.getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
