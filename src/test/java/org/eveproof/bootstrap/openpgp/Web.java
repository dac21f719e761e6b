package org.eveproof.bootstrap.openpgp;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.openpgp.KeyDraft.Making;
import org.eveproof.protocol.Party;

/** A web made by hand: keys by name, each with the user id "name &lt;name@example.com&gt;". */
final class Web {
  private final Map<String, KeyDraft> keys = new LinkedHashMap<>();
  private final Map<String, Ownertrust> trust = new LinkedHashMap<>();
  private TrustOptions options = TrustOptions.DEFAULT;

  /** Starts with the owner's own key, "me". */
  Web() {
    key("me", Ownertrust.ULTIMATE);
  }

  static String id(String name) {
    return name + " <" + name + "@example.com>";
  }

  /** Adds a key with a user id that it certifies. */
  Web key(String name, Ownertrust level) {
    return bare(name, level).named(name);
  }

  /** Adds a key without a user id. */
  Web bare(String name, Ownertrust level) {
    return bare(name, level, 3000);
  }

  /** Adds a key without a user id, made so many days ago. */
  Web bare(String name, Ownertrust level, long days) {
    keys.put(name, new KeyDraft(days));
    trust.put(draft(name).fingerprint(), level);
    return this;
  }

  Web named(String name) {
    return named(name, 2000);
  }

  /** Has a key certify its user id so many days ago. */
  Web named(String name, long days) {
    draft(name).id(id(name), days);
    return this;
  }

  /** Adds certifications of one key's user id. */
  Web certify(String subject, String... signers) {
    for (String signer : signers) {
      certify(subject, signer, Making.certification(1000));
    }
    return this;
  }

  Web certify(String subject, String signer, Making making) {
    draft(subject).sign(draft(signer), id(subject), making);
    return this;
  }

  Web with(TrustOptions other) {
    options = other;
    return this;
  }

  KeyDraft draft(String name) {
    return Optional.ofNullable(keys.get(name)).orElseThrow();
  }

  Keyring keyring() throws OpenPgpFileException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    keys.values().forEach(key -> all.writeBytes(key.bytes()));
    return Keyring.parse(all.toByteArray());
  }

  /** Returns the keyring without one key, which its owner shows. */
  Keyring keyringWithout(String name) throws OpenPgpFileException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    keys.forEach(
        (other, key) -> {
          if (!other.equals(name)) {
            all.writeBytes(key.bytes());
          }
        });
    return Keyring.parse(all.toByteArray());
  }

  Ownertrusts trusts() {
    return Ownertrusts.of(trust);
  }

  /** Returns the validity of a key's user id. */
  Validity validity(String name) throws OpenPgpFileException {
    Keyring keyring = keyring();
    Certificate certificate = keyring.find(draft(name).fingerprint()).orElseThrow();
    UserId named =
        certificate.userIds().stream()
            .filter(id -> id.text().equals(id(name)))
            .findFirst()
            .orElseThrow();
    return new Validities(keyring, trusts(), options, KeyDraft.NOW).of(certificate, named);
  }

  /** Returns what a device with this web says when a key is shown to it. */
  CredentialJudge.Judgement judgeShown(String name) throws OpenPgpFileException {
    return new WebOfTrust(keyringWithout(name), trusts(), options)
        .judge(draft(name).bytes(), new DeviceName(name), Party.ALICE, KeyDraft.NOW);
  }
}
