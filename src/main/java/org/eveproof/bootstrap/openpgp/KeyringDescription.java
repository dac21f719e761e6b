package org.eveproof.bootstrap.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.bcpg.sig.TrustSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.eveproof.bootstrap.openpgp.SelfSignatures.State;
import org.eveproof.bootstrap.pki.OneLine;
import org.jspecify.annotations.Nullable;

/** What is in a keyring, for an operator: keys, user ids, and who certified them. */
public final class KeyringDescription {
  private KeyringDescription() {}

  /**
   * Describes the keys of a keyring. Certifications are judged one by one, against the signers that
   * are in the same keyring; no ownertrust is asked for.
   *
   * @param now the present time
   */
  public static List<Map<String, Object>> of(Keyring keyring, Instant now) {
    List<Map<String, Object>> keys = new ArrayList<>();
    for (Certificate certificate : keyring.certificates()) {
      keys.add(describe(certificate, keyring, now.getEpochSecond()));
    }
    return keys;
  }

  private static Map<String, Object> describe(Certificate certificate, Keyring keyring, long now) {
    SelfSignatures self = new SelfSignatures(certificate, keyring, now);
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("key", certificate.fingerprint());
    key.put("created", time(SignatureCheck.created(certificate.primary())));
    key.put("expires", self.expires() == 0 ? "never" : time(self.expires()));
    key.put("state", state(self));
    key.put(
        "proves itself with",
        self.isRevoked() || self.isExpired()
            ? "nothing"
            : SigningKeys.of(certificate, self, certificate::has, now)
                .map(
                    usable ->
                        usable.verifying().scheme() + " " + Certificate.fingerprint(usable.key()))
                .orElse("nothing"));
    List<Map<String, Object>> userIds = new ArrayList<>();
    for (UserId id : certificate.userIds()) {
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("user id", OneLine.of(id.text()));
      described.put("state", words(self.state(id)));
      described.put(
          "certifications",
          Certification.of(certificate, id, keyring, now).stream()
              .map(KeyringDescription::describe)
              .toList());
      userIds.add(described);
    }
    key.put("user ids", userIds);
    return key;
  }

  private static String state(SelfSignatures self) {
    if (self.isRevoked()) {
      return "revoked";
    }
    if (self.isExpired()) {
      return "expired";
    }
    return self.isHeld() ? "good" : "not signed by itself";
  }

  private static String words(State state) {
    return switch (state) {
      case HELD -> "good";
      case EXPIRED, REVOKED -> state.name().toLowerCase(Locale.ROOT);
      case ABSENT -> "not certified by the key itself";
    };
  }

  private static Map<String, Object> describe(Certification certification) {
    PGPSignatureSubpacketVector hashed = SignatureCheck.hashed(certification.signature());
    Map<String, Object> described = new LinkedHashMap<>();
    described.put(
        "by",
        certification
            .signer()
            .map(Certificate::fingerprint)
            .orElse(String.format("%016X", SignatureCheck.issuer(certification.signature()))));
    described.put("verdict", certification.verdict().words());
    described.put("made", time(SignatureCheck.created(certification.signature())));
    long expires = SignatureCheck.expires(certification.signature());
    if (expires != 0) {
      described.put("expires", time(expires));
    }
    @Nullable TrustSignature trust = hashed.getTrust();
    if (trust != null) {
      described.put("trust depth", trust.getDepth());
      described.put("trust amount", trust.getTrustAmount());
      if (hashed.getRegularExpression() != null) {
        described.put(
            "trust regexp", OneLine.of(String.valueOf(hashed.getRegularExpression().getRegex())));
      }
    }
    return described;
  }

  private static String time(long seconds) {
    return Instant.ofEpochSecond(seconds).toString();
  }
}
