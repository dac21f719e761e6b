package org.eveproof.bootstrap.openpgp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;

/**
 * What somebody else has signed about a user id, and whether it counts.
 *
 * @param signature itself
 * @param signer the certificate of whoever made it, if it is there
 * @param verdict whether it counts
 */
record Certification(PGPSignature signature, Optional<Certificate> signer, Verdict verdict) {
  /** Whether a certification counts. */
  enum Verdict {
    /** It does. */
    GOOD,
    /** It takes back what the signer certified before. */
    REVOCATION,
    /** It is no longer valid. */
    EXPIRED,
    /** The same signer has made a later one, or a revocation. */
    SUPERSEDED,
    /** The signer says that nothing was checked. */
    PERSONA,
    /** It is made with MD5, or with SHA-1 after January 2019. */
    WEAK_HASH,
    /** It is not right under the signer's key. */
    BAD,
    /** The signer's key is not in the keyring. */
    NO_KEY;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Returns what others have signed about a user id, judged, in the order of the file. */
  static List<Certification> of(Certificate certificate, UserId id, Keyring keyring, long now) {
    return of(certificate, id, keyring, now, signer -> true);
  }

  /**
   * Returns what some others have signed about a user id, judged, in the order of the file.
   *
   * @param signers whose signatures are looked at
   */
  static List<Certification> of(
      Certificate certificate,
      UserId id,
      Keyring keyring,
      long now,
      Predicate<Certificate> signers) {
    List<Certification> found = new ArrayList<>();
    Map<Long, PGPSignature> counting = new LinkedHashMap<>();
    for (PGPSignature signature : id.signatures()) {
      long issuer = SignatureCheck.issuer(signature);
      if (issuer == certificate.keyId() || !SelfSignatures.isOnUserId(signature)) {
        continue;
      }
      Optional<Certificate> signer = keyring.find(issuer);
      if (signer.isPresent() && !signers.test(signer.get())) {
        continue;
      }
      Verdict verdict = verdict(signature, signer, id, certificate.primary(), now);
      found.add(new Certification(signature, signer, verdict));
      if (verdict == Verdict.GOOD) {
        counting.merge(issuer, signature, (one, next) -> counts(one, next, now));
      }
    }
    return found.stream().map(one -> one.among(counting, now)).toList();
  }

  private static Verdict verdict(
      PGPSignature signature, Optional<Certificate> signer, UserId id, PGPPublicKey key, long now) {
    if (signer.isEmpty()) {
      return Verdict.NO_KEY;
    }
    if (signature.getSignatureType() == PGPSignature.NO_CERTIFICATION) {
      return Verdict.PERSONA;
    }
    if (SignatureCheck.hasWeakHash(signature, false)) {
      return Verdict.WEAK_HASH;
    }
    return SignatureCheck.onUserId(signature, signer.get().primary(), id, key, now)
        ? Verdict.GOOD
        : Verdict.BAD;
  }

  /**
   * Returns which of two signatures by one signer counts: one that cannot be revoked; else the
   * later; else the one that comes later in the file.
   */
  private static PGPSignature counts(PGPSignature one, PGPSignature next, long now) {
    boolean firm = isFirm(one, now);
    if (firm != isFirm(next, now)) {
      return firm ? one : next;
    }
    return SignatureCheck.created(next) >= SignatureCheck.created(one) ? next : one;
  }

  private static boolean isFirm(PGPSignature signature, long now) {
    return SelfSignatures.isCertification(signature)
        && !SignatureCheck.hashed(signature).isRevocable()
        && !SignatureCheck.isExpired(signature, now);
  }

  /** Returns this one, judged together with those that count of each signer. */
  private Certification among(Map<Long, PGPSignature> counting, long now) {
    if (verdict != Verdict.GOOD) {
      return this;
    }
    if (counting.get(SignatureCheck.issuer(signature)) != signature) {
      return new Certification(signature, signer, Verdict.SUPERSEDED);
    }
    if (!SelfSignatures.isCertification(signature)) {
      return new Certification(signature, signer, Verdict.REVOCATION);
    }
    return hasEnded(signature, now) ? new Certification(signature, signer, Verdict.EXPIRED) : this;
  }

  /** Whether a certification has expired; one that is to last no time at all has from the start. */
  private static boolean hasEnded(PGPSignature signature, long now) {
    PGPSignatureSubpacketVector hashed = SignatureCheck.hashed(signature);
    return hashed.hasSubpacket(SignatureSubpacketTags.EXPIRE_TIME)
        && SignatureCheck.created(signature) + hashed.getSignatureExpirationTime() <= now;
  }
}
