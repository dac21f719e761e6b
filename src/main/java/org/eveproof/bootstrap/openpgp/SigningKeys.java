package org.eveproof.bootstrap.openpgp;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyConverter;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.authentication.VerifyingKey;

/**
 * The key of a certificate that its owner proves himself with: the newest usable subkey that may
 * sign or authenticate, else the primary key if it may. A subkey must be bound by the primary key.
 * One that signs must have signed for that itself (RFC 4880, section 5.2.1, type 0x19), or anybody
 * could claim its signatures; GnuPG makes none for one that only authenticates, and proofs name the
 * device.
 */
final class SigningKeys {
  private static final int PROVES = KeyFlags.SIGN_DATA | KeyFlags.AUTHENTICATION;

  /**
   * A key that can be used.
   *
   * @param key the primary key or a subkey
   * @param verifying the same in this project's form
   */
  record Usable(PGPPublicKey key, VerifyingKey verifying) {}

  private SigningKeys() {}

  /**
   * Returns the key, if there is one.
   *
   * @param self of the same certificate, which is neither expired nor revoked
   * @param eligible which keys may be taken
   * @param now in seconds
   */
  static Optional<Usable> of(
      Certificate certificate, SelfSignatures self, Predicate<PGPPublicKey> eligible, long now) {
    List<PGPPublicKey> candidates = new ArrayList<>();
    certificate.subkeys().stream()
        .filter(subkey -> proves(certificate.primary(), subkey, now))
        .map(Subkey::key)
        .sorted(Comparator.comparing((PGPPublicKey key) -> SignatureCheck.created(key)).reversed())
        .forEach(candidates::add);
    if (self.keyFlags().map(SigningKeys::proves).orElse(true)) {
      candidates.add(certificate.primary());
    }
    return candidates.stream()
        .filter(eligible)
        .flatMap(key -> verifying(key).map(verifying -> new Usable(key, verifying)).stream())
        .findFirst();
  }

  private static boolean proves(int flags) {
    return (flags & PROVES) != 0;
  }

  private static boolean signs(int flags) {
    return (flags & KeyFlags.SIGN_DATA) != 0;
  }

  private static boolean proves(PGPPublicKey primary, Subkey subkey, long now) {
    Optional<PGPSignature> binding = Optional.empty();
    for (PGPSignature signature : subkey.signatures()) {
      if (SignatureCheck.issuer(signature) != primary.getKeyID()
          || !SignatureCheck.onSubkey(signature, primary, primary, subkey.key(), now)) {
        continue;
      }
      if (signature.getSignatureType() == PGPSignature.SUBKEY_REVOCATION) {
        return false;
      }
      if (signature.getSignatureType() == PGPSignature.SUBKEY_BINDING
          && !SignatureCheck.isExpired(signature, now)
          && binding
              .map(one -> SignatureCheck.created(signature) >= SignatureCheck.created(one))
              .orElse(true)) {
        binding = Optional.of(signature);
      }
    }
    return binding
        .filter(
            signature ->
                isNow(subkey.key(), signature, now)
                    && SelfSignatures.hasKeyFlags(signature)
                    && proves(SignatureCheck.hashed(signature).getKeyFlags())
                    && (!signs(SignatureCheck.hashed(signature).getKeyFlags())
                        || isBoundBack(signature, primary, subkey.key(), now)))
        .isPresent();
  }

  private static boolean isNow(PGPPublicKey key, PGPSignature binding, long now) {
    long seconds = SignatureCheck.hashed(binding).getKeyExpirationTime();
    long created = SignatureCheck.created(key);
    return created <= now && (seconds == 0 || created + seconds >= now);
  }

  private static boolean isBoundBack(
      PGPSignature binding, PGPPublicKey primary, PGPPublicKey subkey, long now) {
    return isBoundBack(binding.getHashedSubPackets(), primary, subkey, now)
        || isBoundBack(binding.getUnhashedSubPackets(), primary, subkey, now);
  }

  private static boolean isBoundBack(
      PGPSignatureSubpacketVector parts, PGPPublicKey primary, PGPPublicKey subkey, long now) {
    if (!parts.hasSubpacket(SignatureSubpacketTags.EMBEDDED_SIGNATURE)) {
      return false;
    }
    try {
      for (PGPSignature back : parts.getEmbeddedSignatures()) {
        if (back.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
            && SignatureCheck.onSubkey(back, subkey, primary, subkey, now)) {
          return true;
        }
      }
    } catch (PGPException | RuntimeException malformed) {
      return false;
    }
    return false;
  }

  private static Optional<VerifyingKey> verifying(PGPPublicKey key) {
    try {
      PublicKey converted =
          new JcaPGPKeyConverter().setProvider(BouncyCastle.PROVIDER).getPublicKey(key);
      return VerifyingKey.decode(converted.getEncoded());
    } catch (PGPException | RuntimeException malformed) {
      return Optional.empty();
    }
  }
}
