package org.eveproof.bootstrap.openpgp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.Refusal;
import org.eveproof.bootstrap.pki.OneLine;
import org.eveproof.protocol.Party;

/**
 * The web of trust as a rule of trust. A peer shows its OpenPGP certificate, in binary. The user
 * ids and certifications in it join the local keyring for this one judgement; ownertrust is local
 * alone. OpenPGP knows no roles: a certificate serves both ends of a link.
 *
 * <p>A user id names a device if it, or what comes before the first " &lt;" or " (" in it, or what
 * is between the angle brackets at its end, is the device's name, letter by letter.
 */
public final class WebOfTrust implements CredentialJudge {
  private final Keyring keyring;
  private final Ownertrusts trusts;
  private final TrustOptions options;

  /**
   * Configures a device.
   *
   * @param keyring the certificates that are known
   * @param trusts how far their owners are trusted to certify
   * @param options how much vouching is needed
   */
  public WebOfTrust(Keyring keyring, Ownertrusts trusts, TrustOptions options) {
    this.keyring = keyring;
    this.trusts = trusts;
    this.options = options;
  }

  /**
   * Returns what a certificate is called in revocations: half a SHA-256 hash of its fingerprint.
   *
   * @param fingerprint of the primary key
   */
  public static CredentialId id(byte[] fingerprint) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(fingerprint);
      return CredentialId.of(Arrays.copyOf(hash, CredentialId.BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every platform has SHA-256", e);
    }
  }

  /** Whether a user id names a device. */
  static boolean names(String text, DeviceName device) {
    String name = device.text();
    return text.equals(name)
        || text.startsWith(name + " <")
        || text.startsWith(name + " (")
        || text.equals("<" + name + ">")
        || text.endsWith(" <" + name + ">");
  }

  @Override
  public Judgement judge(byte[] shown, DeviceName peer, Party role, Instant now) {
    if (shown.length > OwnCredential.MAX_BYTES) {
      return new Untrusted(
          Refusal.MALFORMED, "the peer shows more than " + OwnCredential.MAX_BYTES + " bytes");
    }
    Keyring single;
    try {
      single = Keyring.parsePackets(shown);
    } catch (OpenPgpFileException malformed) {
      return new Untrusted(
          Refusal.MALFORMED, "the peer shows no OpenPGP certificate: " + malformed.getMessage());
    }
    if (single.certificates().size() != 1) {
      return new Untrusted(
          Refusal.MALFORMED,
          "the peer shows " + single.certificates().size() + " certificates; one is expected");
    }
    Certificate certificate = single.certificates().iterator().next();
    Keyring all = keyring.with(single.exportable());
    Certificate joined = all.find(certificate.fingerprint()).orElseThrow();
    return judge(joined, certificate, new Validities(all, trusts, options, now), peer, now);
  }

  // The key for proofs is one that the peer shows: what else is known of it may be another
  // device's.
  private static Judgement judge(
      Certificate certificate,
      Certificate shown,
      Validities validities,
      DeviceName peer,
      Instant now) {
    String key = "key " + certificate.fingerprint();
    List<UserId> naming =
        certificate.userIds().stream().filter(id -> names(id.text(), peer)).toList();
    if (naming.isEmpty()) {
      return new Untrusted(Refusal.WRONG_NAME, key + " has no user id that names " + peer);
    }
    if (SignatureCheck.created(certificate.primary()) > now.getEpochSecond()) {
      return new Untrusted(
          Refusal.NOT_YET_VALID,
          key
              + " begins at "
              + Instant.ofEpochSecond(SignatureCheck.created(certificate.primary()))
              + "; are the clocks right?");
    }
    UserId best =
        naming.stream()
            .max(Comparator.comparing((UserId id) -> rank(validities.of(certificate, id))))
            .orElseThrow();
    Validity validity = validities.of(certificate, best);
    String because =
        OneLine.of(best.text()) + " of " + key + ": " + validities.why(certificate, best);
    if (!validity.isValid()) {
      Refusal reason =
          switch (validity) {
            case REVOKED -> Refusal.REVOKED;
            case EXPIRED -> Refusal.EXPIRED;
            default -> Refusal.UNTRUSTED_CREDENTIAL;
          };
      return new Untrusted(reason, validity.words() + ": " + because);
    }
    Optional<SigningKeys.Usable> usable =
        SigningKeys.of(certificate, validities.self(certificate), shown::has, now.getEpochSecond());
    if (usable.isEmpty()) {
      return new Untrusted(
          Refusal.WRONG_PURPOSE,
          key
              + " has no key now that may sign or authenticate and is Ed25519, NIST P-256 or RSA"
              + " with 2048 bits or more");
    }
    return new Trusted(
        id(certificate.primary().getFingerprint()),
        usable.get().verifying(),
        validity.words() + ": " + because);
  }

  /** Of several user ids with the name, one that is valid counts, whatever the others are. */
  private static int rank(Validity validity) {
    return switch (validity) {
      case ULTIMATE -> 7;
      case FULL -> 6;
      case MARGINAL -> 5;
      case UNDEFINED -> 4;
      case UNKNOWN -> 3;
      case REVOKED -> 2;
      case EXPIRED -> 1;
      case INVALID -> 0;
    };
  }
}
