package org.eveproof.bootstrap.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.sig.RegularExpression;
import org.bouncycastle.bcpg.sig.TrustSignature;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.eveproof.bootstrap.openpgp.Certification.Verdict;
import org.eveproof.bootstrap.openpgp.SelfSignatures.State;
import org.jspecify.annotations.Nullable;

/**
 * The validity of each user id of each key, by GnuPG's rule: one's own keys are the first
 * introducers; in each round the user ids that enough introducers (of this round and of those
 * before) have certified become valid, and the keys that gained a valid user id are the introducers
 * of the next round, as far as their owners are trusted.
 */
final class Validities {
  private static final int FULL_AMOUNT = 120;
  private static final int MARGINAL_AMOUNT = 60;
  private static final int TRUST_SUBPACKET_BYTES = 2;

  /** A valid key in the round in which it vouches: by key id. */
  private record Introducer(Ownertrust trust, int depth, Optional<String> regexp) {}

  /** What is known of a certificate so far. */
  private static final class Standing {
    private final Certificate certificate;
    private final SelfSignatures self;
    private final Map<UserId, Tally> tallies = new LinkedHashMap<>();
    private boolean introduced;
    private boolean settled;

    Standing(Certificate certificate, SelfSignatures self) {
      this.certificate = certificate;
      this.self = self;
      certificate.userIds().forEach(id -> tallies.put(id, new Tally()));
    }
  }

  /** What has been counted for a user id. */
  private static final class Tally {
    private int full;
    private int marginal;
    private Validity validity = Validity.UNKNOWN;
    private final List<String> vouching = new ArrayList<>();
  }

  /** What the trust signatures of one round say of a key; the last one in the file counts. */
  private static final class Delegation {
    private int depth;
    private int amount;
    private Optional<String> regexp = Optional.empty();
  }

  private final Keyring keyring;
  private final Ownertrusts trusts;
  private final TrustOptions options;
  private final long now;
  private final Map<String, Standing> standings = new LinkedHashMap<>();

  /**
   * Computes them.
   *
   * @param keyring all certificates
   * @param trusts how far their owners are trusted
   * @param options how much vouching is needed
   * @param now the present time
   */
  Validities(Keyring keyring, Ownertrusts trusts, TrustOptions options, Instant now) {
    this.keyring = keyring;
    this.trusts = trusts;
    this.options = options;
    this.now = now.getEpochSecond();
    Map<Long, Introducer> introducers = new LinkedHashMap<>();
    for (Certificate certificate : keyring.certificates()) {
      Standing standing =
          new Standing(certificate, new SelfSignatures(certificate, keyring, this.now));
      standings.put(certificate.fingerprint(), standing);
      if (trusts.of(certificate.fingerprint()) == Ownertrust.ULTIMATE) {
        standing.introduced = true;
        standing.settled = true;
        standing.tallies.values().forEach(tally -> tally.validity = Validity.ULTIMATE);
        if (!standing.self.isRevoked() && !standing.self.isExpired()) {
          introducers.put(
              certificate.keyId(), new Introducer(Ownertrust.ULTIMATE, 0, Optional.empty()));
        }
      }
    }
    for (int depth = 0; depth < options.maxCertDepth() && !introducers.isEmpty(); depth++) {
      introducers = round(introducers);
    }
  }

  /** Counts what these introducers certify, and returns those that are introducers by it. */
  private Map<Long, Introducer> round(Map<Long, Introducer> introducers) {
    Map<Long, Introducer> next = new LinkedHashMap<>();
    for (Standing standing : standings.values()) {
      if (standing.settled) {
        continue;
      }
      if (standing.self.isRevoked() || standing.self.isExpired()) {
        standing.settled = true;
        continue;
      }
      Delegation delegation = new Delegation();
      int valid = 0;
      for (Map.Entry<UserId, Tally> id : standing.tallies.entrySet()) {
        if (standing.self.state(id.getKey()) == State.HELD
            && count(standing.certificate, id.getKey(), id.getValue(), introducers, delegation)
            && id.getValue().validity == Validity.FULL) {
          valid++;
        }
      }
      if (valid > 0 && !standing.introduced) {
        standing.introduced = true;
        next.put(standing.certificate.keyId(), introducer(standing.certificate, delegation));
      }
      standing.settled = valid > 0 && valid == standing.tallies.size();
    }
    return next;
  }

  /** Adds what introducers say of a user id; whether there was any. */
  private boolean count(
      Certificate certificate,
      UserId id,
      Tally tally,
      Map<Long, Introducer> introducers,
      Delegation delegation) {
    boolean any = false;
    List<Certification> certifications =
        Certification.of(
            certificate, id, keyring, now, signer -> introducers.containsKey(signer.keyId()));
    for (Certification certification : certifications) {
      PGPSignature signature = certification.signature();
      Introducer introducer = introducers.get(SignatureCheck.issuer(signature));
      if (introducer == null
          || certification.verdict() != Verdict.GOOD
          || !covers(introducer, id)) {
        continue;
      }
      any = true;
      if (options.model() == TrustModel.PGP) {
        delegate(signature, introducer, delegation);
      }
      add(introducer.trust(), tally, certification);
    }
    if (any) {
      tally.validity = verdict(tally);
    }
    return any;
  }

  /** A restricted introducer counts for the user ids that it may vouch for. */
  private static boolean covers(Introducer introducer, UserId id) {
    return introducer
        .regexp()
        .map(expression -> TrustRegexp.matches(expression, id.matched()))
        .orElse(true);
  }

  private static void delegate(
      PGPSignature signature, Introducer introducer, Delegation delegation) {
    PGPSignatureSubpacketVector hashed = SignatureCheck.hashed(signature);
    @Nullable TrustSignature trust = hashed.getTrust();
    if (trust == null || trust.getData().length != TRUST_SUBPACKET_BYTES) {
      return;
    }
    int depth =
        introducer.trust() == Ownertrust.ULTIMATE
            ? trust.getDepth()
            : Math.min(trust.getDepth(), introducer.depth());
    if (depth == 0) {
      return;
    }
    delegation.depth = depth - 1;
    delegation.amount = trust.getTrustAmount();
    @Nullable RegularExpression expression = hashed.getRegularExpression();
    if (expression != null && !expression.getRegex().isEmpty()) {
      delegation.regexp = Optional.of(expression.getRegex());
    }
  }

  private void add(Ownertrust trust, Tally tally, Certification certification) {
    switch (trust) {
      case ULTIMATE -> tally.full = options.completesNeeded();
      case FULL -> tally.full++;
      case MARGINAL -> tally.marginal++;
      case UNKNOWN, UNDEFINED, NEVER -> {
        return;
      }
    }
    tally.vouching.add(
        trust.words() + " " + certification.signer().map(Certificate::fingerprint).orElse(""));
  }

  private Validity verdict(Tally tally) {
    if (tally.full >= options.completesNeeded() || tally.marginal >= options.marginalsNeeded()) {
      return Validity.FULL;
    }
    return tally.full > 0 || tally.marginal > 0 ? Validity.MARGINAL : Validity.UNDEFINED;
  }

  private Introducer introducer(Certificate certificate, Delegation delegation) {
    Ownertrust own = trusts.of(certificate.fingerprint());
    Ownertrust least =
        delegation.amount >= FULL_AMOUNT
            ? Ownertrust.FULL
            : delegation.amount >= MARGINAL_AMOUNT ? Ownertrust.MARGINAL : Ownertrust.UNKNOWN;
    return new Introducer(
        own.compareTo(least) < 0 ? least : own, delegation.depth, delegation.regexp);
  }

  private Standing standing(Certificate certificate) {
    return Optional.ofNullable(standings.get(certificate.fingerprint())).orElseThrow();
  }

  /** Returns what a certificate of the keyring says of itself. */
  SelfSignatures self(Certificate certificate) {
    return standing(certificate).self;
  }

  /** Returns the validity of a key: the greatest of its user ids', unless it is not to be used. */
  Validity of(Certificate certificate) {
    Standing standing = standing(certificate);
    if (standing.self.isRevoked()) {
      return Validity.REVOKED;
    }
    if (standing.self.isExpired()) {
      return Validity.EXPIRED;
    }
    if (!standing.self.isHeld()) {
      return Validity.INVALID;
    }
    return standing.tallies.values().stream()
        .map(tally -> tally.validity)
        .reduce(Validity.UNKNOWN, (one, other) -> one.compareTo(other) >= 0 ? one : other);
  }

  /** Returns the validity of a user id of a key. */
  Validity of(Certificate certificate, UserId id) {
    Standing standing = standing(certificate);
    switch (standing.self.state(id)) {
      case REVOKED:
        return Validity.REVOKED;
      case EXPIRED:
        return Validity.EXPIRED;
      case ABSENT:
        return Validity.INVALID;
      case HELD:
        Validity key = of(certificate);
        return key == Validity.REVOKED || key == Validity.EXPIRED
            ? key
            : tally(standing, id).validity;
    }
    throw new AssertionError("all states are named");
  }

  /** Returns in one line why a key is as valid as it is. */
  String why(Certificate certificate) {
    Standing standing = standing(certificate);
    switch (of(certificate)) {
      case REVOKED:
        return "the key was revoked";
      case EXPIRED:
        return "the key expired at " + Instant.ofEpochSecond(standing.self.expires());
      case INVALID:
        return "nothing in it is signed by the key itself";
      case ULTIMATE:
        return "its ownertrust is ultimate";
      default:
        return "as its best user id";
    }
  }

  /** Returns in one line why a user id is as valid as it is. */
  String why(Certificate certificate, UserId id) {
    Tally tally = tally(standing(certificate), id);
    switch (of(certificate, id)) {
      case REVOKED:
        return of(certificate) == Validity.REVOKED ? why(certificate) : "its owner revoked it";
      case EXPIRED:
        return of(certificate) == Validity.EXPIRED ? why(certificate) : "it has expired";
      case INVALID:
        return "the key itself does not certify it";
      case ULTIMATE:
        return "its ownertrust is ultimate";
      case UNDEFINED:
        return "it is certified by valid keys, but the owner of none is trusted to certify";
      case UNKNOWN:
        return "no valid key certifies it, within " + options.maxCertDepth() + " steps";
      default:
        return "introducers: "
            + String.join(", ", tally.vouching)
            + " (needed: "
            + options.completesNeeded()
            + " full or "
            + options.marginalsNeeded()
            + " marginal)";
    }
  }

  private static Tally tally(Standing standing, UserId id) {
    return Optional.ofNullable(standing.tallies.get(id)).orElseThrow();
  }
}
