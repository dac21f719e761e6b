package org.eveproof.bootstrap.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyConverter;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.protocol.Bits;

/**
 * Which signatures hold, as GnuPG 2.2 decides: right under the key, with a hash that counts,
 * without a critical part that is not understood, and not older than the key: a certification not
 * older than the key that it is about (when its maker's was made does not matter), anything else
 * not older than its maker's.
 */
final class SignatureCheck {
  /** From here on GnuPG ignores what others certify with SHA-1: 2019-01-19, in seconds. */
  private static final long SHA1_ENDS = 1_547_856_000L;

  private static final int MOST_RSA_BITS = 16_384;
  private static final int MOST_EXPONENT_BITS = 64;

  // Keys for RSA signatures alone are no longer to be made; old ones count.
  @SuppressWarnings("deprecation")
  private static final Set<Integer> ALGORITHMS =
      Set.of(
          PublicKeyAlgorithmTags.RSA_GENERAL,
          PublicKeyAlgorithmTags.RSA_SIGN,
          PublicKeyAlgorithmTags.DSA,
          PublicKeyAlgorithmTags.ECDSA,
          PublicKeyAlgorithmTags.EDDSA_LEGACY);

  private static final Set<Integer> HASHES =
      Set.of(
          HashAlgorithmTags.SHA1,
          HashAlgorithmTags.RIPEMD160,
          HashAlgorithmTags.SHA224,
          HashAlgorithmTags.SHA256,
          HashAlgorithmTags.SHA384,
          HashAlgorithmTags.SHA512);

  /** What may be critical: GnuPG understands these. Notations are not among them. */
  private static final Set<Integer> UNDERSTOOD =
      Set.of(
          SignatureSubpacketTags.CREATION_TIME,
          SignatureSubpacketTags.EXPIRE_TIME,
          SignatureSubpacketTags.EXPORTABLE,
          SignatureSubpacketTags.TRUST_SIG,
          SignatureSubpacketTags.REG_EXP,
          SignatureSubpacketTags.REVOCABLE,
          SignatureSubpacketTags.REVOCATION_KEY,
          SignatureSubpacketTags.KEY_EXPIRE_TIME,
          SignatureSubpacketTags.PREFERRED_SYM_ALGS,
          SignatureSubpacketTags.PREFERRED_HASH_ALGS,
          SignatureSubpacketTags.PREFERRED_COMP_ALGS,
          SignatureSubpacketTags.KEY_FLAGS,
          SignatureSubpacketTags.PRIMARY_USER_ID,
          SignatureSubpacketTags.FEATURES,
          SignatureSubpacketTags.EMBEDDED_SIGNATURE,
          SignatureSubpacketTags.ISSUER_KEY_ID,
          SignatureSubpacketTags.ISSUER_FINGERPRINT,
          SignatureSubpacketTags.POLICY_URL,
          SignatureSubpacketTags.REVOCATION_REASON,
          SignatureSubpacketTags.PREFERRED_KEY_SERV);

  /** How the signed bytes are given to a signature. */
  @FunctionalInterface
  private interface Signed {
    boolean holds(PGPSignature signature) throws PGPException;
  }

  private SignatureCheck() {}

  /** Whether a signature on a user id, a certification or its revocation, is by this key. */
  static boolean onUserId(
      PGPSignature signature, PGPPublicKey signer, UserId id, PGPPublicKey key, long now) {
    return holds(
        signature,
        signer,
        signer.getKeyID() == key.getKeyID(),
        key,
        now,
        copy -> copy.verifyCertification(id.bytes(), key));
  }

  /** Whether a signature on a key itself is by this key: the same one, or a revoker's. */
  static boolean onKey(PGPSignature signature, PGPPublicKey signer, PGPPublicKey key, long now) {
    return holds(signature, signer, true, signer, now, copy -> copy.verifyCertification(key));
  }

  /**
   * Whether a signature on a primary key and its subkey is by the signer, one of the two.
   *
   * @param signer of the signature
   */
  static boolean onSubkey(
      PGPSignature signature,
      PGPPublicKey signer,
      PGPPublicKey primary,
      PGPPublicKey subkey,
      long now) {
    return holds(
        signature, signer, true, signer, now, copy -> copy.verifyCertification(primary, subkey));
  }

  private static boolean holds(
      PGPSignature signature,
      PGPPublicKey signer,
      boolean own,
      PGPPublicKey about,
      long now,
      Signed signed) {
    if (!isAllowed(signature, own)
        || signature.getKeyAlgorithm() != signer.getAlgorithm()
        || created(about) > created(signature)
        || created(about) > now) {
      return false;
    }
    try {
      if (!isBounded(signer)) {
        return false;
      }
      PGPSignature copy = copy(signature);
      copy.init(
          new JcaPGPContentVerifierBuilderProvider().setProvider(BouncyCastle.PROVIDER), signer);
      return signed.holds(copy);
    } catch (IOException | PGPException | RuntimeException malformed) {
      return false;
    }
  }

  /** Whether GnuPG would look at the signature at all. */
  private static boolean isAllowed(PGPSignature signature, boolean own) {
    int version = signature.getVersion();
    int hash = signature.getHashAlgorithm();
    return (version == 4 || (version == 3 && !signature.hasSubpackets()))
        && ALGORITHMS.contains(signature.getKeyAlgorithm())
        && HASHES.contains(hash)
        && (own || hash != HashAlgorithmTags.SHA1 || created(signature) <= SHA1_ENDS)
        && isUnderstood(signature);
  }

  /** Whether a signature is made with a hash that GnuPG lets nobody certify with. */
  static boolean hasWeakHash(PGPSignature signature, boolean own) {
    int hash = signature.getHashAlgorithm();
    return !HASHES.contains(hash)
        || (!own && hash == HashAlgorithmTags.SHA1 && created(signature) > SHA1_ENDS);
  }

  private static boolean isUnderstood(PGPSignature signature) {
    if (!signature.hasSubpackets()) {
      return true;
    }
    for (SignatureSubpacket part : signature.getHashedSubPackets().toArray()) {
      if (part.isCritical() && !UNDERSTOOD.contains(part.getType())) {
        return false;
      }
    }
    return true;
  }

  /** Whether a key is of a size that can be computed with in reasonable time. */
  private static boolean isBounded(PGPPublicKey key) throws PGPException {
    if (new JcaPGPKeyConverter().setProvider(BouncyCastle.PROVIDER).getPublicKey(key)
        instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() <= MOST_RSA_BITS
          && rsa.getPublicExponent().bitLength() <= MOST_EXPONENT_BITS;
    }
    return true;
  }

  /** Returns the same signature, because checking one changes it. */
  private static PGPSignature copy(PGPSignature signature) throws IOException, PGPException {
    return new PGPSignature(new BCPGInputStream(new ByteArrayInputStream(signature.getEncoded())));
  }

  static Bits encoded(PGPSignature signature) {
    try {
      // Not for transfer: in that form the library leaves local signatures out, all of them alike.
      byte[] bytes = signature.getEncoded();
      return Bits.fromBytes(bytes, Byte.SIZE * bytes.length);
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
  }

  /** Returns the hashed subpackets; none for an old signature. */
  static PGPSignatureSubpacketVector hashed(PGPSignature signature) {
    return signature.hasSubpackets()
        ? signature.getHashedSubPackets()
        : PGPSignatureSubpacketVector.fromSubpackets(new SignatureSubpacket[0]);
  }

  static boolean isExportable(PGPSignature signature) {
    return hashed(signature).isExportable();
  }

  /** Returns the key id of whoever claims to have made the signature. */
  static long issuer(PGPSignature signature) {
    return signature.getKeyID();
  }

  /** Returns when it was made, in seconds. */
  static long created(PGPSignature signature) {
    return signature.getCreationTime().toInstant().getEpochSecond();
  }

  /** Returns when it was made, in seconds. */
  static long created(PGPPublicKey key) {
    return key.getCreationTime().toInstant().getEpochSecond();
  }

  /** Returns when it expires, in seconds; 0 if never. */
  static long expires(PGPSignature signature) {
    long seconds = hashed(signature).getSignatureExpirationTime();
    return seconds == 0 ? 0 : created(signature) + seconds;
  }

  /** Whether it has expired. */
  static boolean isExpired(PGPSignature signature, long now) {
    long expires = expires(signature);
    return expires != 0 && expires <= now;
  }
}
