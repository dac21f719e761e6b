package org.eveproof.bootstrap.openpgp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.RevocationKey;
import org.bouncycastle.bcpg.sig.RevocationKeyTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.eveproof.protocol.Bits;

/**
 * What a certificate says of itself: whether the key is revoked, when it expires, what it may be
 * used for, and which user ids its owner holds on to. Of several statements the latest counts.
 */
final class SelfSignatures {
  /** What the owner of the key says of a user id. */
  enum State {
    /** It is certified by the key. */
    HELD,
    /** The certification by the key has expired. */
    EXPIRED,
    /** The key has revoked it. */
    REVOKED,
    /** Nothing: anybody may have added it. */
    ABSENT
  }

  private final Certificate certificate;
  private final long now;
  private final Optional<PGPSignature> direct;
  private final Map<Bits, PGPSignature> latest = new HashMap<>();
  private final boolean revoked;

  /**
   * Reads a certificate.
   *
   * @param keyring where the keys of designated revokers are looked for
   * @param now in seconds
   */
  SelfSignatures(Certificate certificate, Keyring keyring, long now) {
    this.certificate = certificate;
    this.now = now;
    PGPPublicKey key = certificate.primary();
    List<PGPSignature> own =
        certificate.direct().stream()
            .filter(
                signature ->
                    SignatureCheck.issuer(signature) == key.getKeyID()
                        && SignatureCheck.onKey(signature, key, key, now))
            .toList();
    List<PGPSignature> statements =
        own.stream().filter(signature -> isOfType(signature, PGPSignature.DIRECT_KEY)).toList();
    this.direct =
        latest(
            statements.stream()
                .filter(signature -> !SignatureCheck.isExpired(signature, now))
                .toList());
    this.revoked =
        own.stream().anyMatch(signature -> isOfType(signature, PGPSignature.KEY_REVOCATION))
            || isRevokedByOther(revokers(statements), keyring);
    for (UserId id : certificate.userIds()) {
      latest(
              id.signatures().stream()
                  .filter(
                      signature ->
                          SignatureCheck.issuer(signature) == key.getKeyID()
                              && isOnUserId(signature)
                              && SignatureCheck.onUserId(signature, key, id, key, now))
                  .toList())
          .ifPresent(signature -> latest.put(id.raw(), signature));
    }
  }

  private static boolean isOfType(PGPSignature signature, int type) {
    return signature.getSignatureType() == type;
  }

  /** Whether a signature is a certification of a user id or the revocation of one. */
  static boolean isOnUserId(PGPSignature signature) {
    return isCertification(signature) || isOfType(signature, PGPSignature.CERTIFICATION_REVOCATION);
  }

  static boolean isCertification(PGPSignature signature) {
    return PGPSignature.isCertification(signature.getSignatureType());
  }

  /** Returns the signature that was made last; of several in one second, the last in the file. */
  private static Optional<PGPSignature> latest(List<PGPSignature> signatures) {
    return signatures.stream()
        .reduce(
            (one, next) ->
                SignatureCheck.created(next) >= SignatureCheck.created(one) ? next : one);
  }

  // Newer standards advise against designated revokers; GnuPG 2.2 heeds them.
  @SuppressWarnings("deprecation")
  private static Set<String> revokers(List<PGPSignature> statements) {
    Set<String> fingerprints = new HashSet<>();
    for (PGPSignature statement : statements) {
      for (RevocationKey revoker : SignatureCheck.hashed(statement).getRevocationKeys()) {
        if ((revoker.getSignatureClass() & RevocationKeyTags.CLASS_DEFAULT) != 0) {
          fingerprints.add(
              HexFormat.of().formatHex(revoker.getFingerprint()).toUpperCase(Locale.ROOT));
        }
      }
    }
    return fingerprints;
  }

  private boolean isRevokedByOther(Set<String> revokers, Keyring keyring) {
    for (PGPSignature signature : certificate.direct()) {
      if (isOfType(signature, PGPSignature.KEY_REVOCATION)
          && keyring
              .find(SignatureCheck.issuer(signature))
              .filter(
                  revoker ->
                      revokers.contains(revoker.fingerprint())
                          && SignatureCheck.onKey(
                              signature, revoker.primary(), certificate.primary(), now))
              .isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the key was revoked, by itself or by whom it named for that. */
  boolean isRevoked() {
    return revoked;
  }

  /** Returns when the key expires, in seconds; 0 if never. */
  long expires() {
    long seconds = direct.map(SelfSignatures::keyExpirationTime).orElse(0L);
    if (seconds == 0) {
      seconds =
          newest(certification -> keyExpirationTime(certification) != 0)
              .map(SelfSignatures::keyExpirationTime)
              .orElse(0L);
    }
    return seconds == 0 ? 0 : SignatureCheck.created(certificate.primary()) + seconds;
  }

  private static long keyExpirationTime(PGPSignature signature) {
    return SignatureCheck.hashed(signature).getKeyExpirationTime();
  }

  boolean isExpired() {
    return expires() != 0 && expires() < now;
  }

  /** Whether the owner stands by the key at all. */
  boolean isHeld() {
    return direct.isPresent() || !latest.isEmpty();
  }

  /** Returns the key flags (RFC 4880, section 5.2.3.21) of the primary key, if it has any. */
  Optional<Integer> keyFlags() {
    return direct
        .filter(SelfSignatures::hasKeyFlags)
        .or(() -> newest(SelfSignatures::hasKeyFlags))
        .map(signature -> SignatureCheck.hashed(signature).getKeyFlags());
  }

  static boolean hasKeyFlags(PGPSignature signature) {
    return SignatureCheck.hashed(signature).hasSubpacket(SignatureSubpacketTags.KEY_FLAGS);
  }

  /**
   * Returns the newest of the certifications by which the owner now holds on to user ids; of
   * several made in one second, that of the first user id.
   */
  private Optional<PGPSignature> newest(Predicate<PGPSignature> wanted) {
    return certificate.userIds().stream()
        .filter(id -> state(id) == State.HELD)
        .flatMap(id -> Optional.ofNullable(latest.get(id.raw())).stream())
        .filter(wanted)
        .reduce(
            (one, next) -> SignatureCheck.created(next) > SignatureCheck.created(one) ? next : one);
  }

  State state(UserId id) {
    PGPSignature signature = latest.get(id.raw());
    if (signature == null) {
      return State.ABSENT;
    }
    if (!isCertification(signature)) {
      return State.REVOKED;
    }
    return SignatureCheck.isExpired(signature, now) ? State.EXPIRED : State.HELD;
  }
}
