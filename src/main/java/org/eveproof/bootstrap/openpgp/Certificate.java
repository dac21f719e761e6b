package org.eveproof.bootstrap.openpgp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.eveproof.protocol.Bits;

/**
 * A transferable public key (RFC 4880, section 11.1). Nothing in it is checked yet. User attributes
 * (pictures) are left out: nobody is known by them here.
 *
 * @param primary the primary key
 * @param direct signatures on the key itself
 * @param userIds no two the same
 * @param subkeys no two the same
 */
record Certificate(
    PGPPublicKey primary, List<PGPSignature> direct, List<UserId> userIds, List<Subkey> subkeys) {

  /** Takes a certificate apart. */
  static Certificate of(PGPPublicKeyRing ring) {
    PGPPublicKey primary = ring.getPublicKey();
    Map<Bits, UserId> userIds = new LinkedHashMap<>();
    primary
        .getRawUserIDs()
        .forEachRemaining(
            raw -> {
              UserId id = UserId.of(raw, distinct(primary.getSignaturesForID(raw)));
              userIds.putIfAbsent(id.raw(), id);
            });
    Map<String, Subkey> subkeys = new LinkedHashMap<>();
    ring.getPublicKeys()
        .forEachRemaining(
            key -> {
              if (!key.isMasterKey()) {
                subkeys.merge(
                    fingerprint(key),
                    new Subkey(key, distinct(key.getSignatures())),
                    Certificate::join);
              }
            });
    return new Certificate(
        primary,
        distinct(primary.getKeySignatures()),
        List.copyOf(userIds.values()),
        List.copyOf(subkeys.values()));
  }

  private static List<PGPSignature> distinct(java.util.Iterator<PGPSignature> signatures) {
    List<PGPSignature> all = new ArrayList<>();
    signatures.forEachRemaining(all::add);
    return distinct(all);
  }

  private static List<PGPSignature> distinct(Collection<PGPSignature> signatures) {
    Set<Bits> seen = new LinkedHashSet<>();
    return signatures.stream()
        .filter(signature -> seen.add(SignatureCheck.encoded(signature)))
        .toList();
  }

  private static List<PGPSignature> join(List<PGPSignature> one, List<PGPSignature> other) {
    List<PGPSignature> all = new ArrayList<>(one);
    all.addAll(other);
    return distinct(all);
  }

  private static Subkey join(Subkey one, Subkey other) {
    return new Subkey(one.key(), join(one.signatures(), other.signatures()));
  }

  /** Returns this certificate with what another copy of it has besides. */
  Certificate with(Certificate other) {
    Map<Bits, UserId> ids = new LinkedHashMap<>();
    userIds.forEach(id -> ids.put(id.raw(), id));
    other.userIds.forEach(
        id ->
            ids.merge(
                id.raw(),
                id,
                (one, two) -> new UserId(one.raw(), join(one.signatures(), two.signatures()))));
    Map<String, Subkey> keys = new LinkedHashMap<>();
    subkeys.forEach(subkey -> keys.put(fingerprint(subkey.key()), subkey));
    other.subkeys.forEach(
        subkey -> keys.merge(fingerprint(subkey.key()), subkey, Certificate::join));
    return new Certificate(
        primary, join(direct, other.direct), List.copyOf(ids.values()), List.copyOf(keys.values()));
  }

  /** Returns this certificate without the signatures that their makers keep for themselves. */
  Certificate exportable() {
    return new Certificate(
        primary,
        direct.stream().filter(SignatureCheck::isExportable).toList(),
        userIds.stream()
            .map(
                id ->
                    new UserId(
                        id.raw(),
                        id.signatures().stream().filter(SignatureCheck::isExportable).toList()))
            .toList(),
        subkeys);
  }

  /** Whether a key is the primary key or one of the subkeys. */
  boolean has(PGPPublicKey key) {
    String wanted = fingerprint(key);
    return fingerprint().equals(wanted)
        || subkeys.stream().anyMatch(subkey -> fingerprint(subkey.key()).equals(wanted));
  }

  /** Returns the 40 hexadecimal digits, upper-case as GnuPG writes them. */
  String fingerprint() {
    return fingerprint(primary);
  }

  static String fingerprint(PGPPublicKey key) {
    return HexFormat.of().formatHex(key.getFingerprint()).toUpperCase(Locale.ROOT);
  }

  long keyId() {
    return primary.getKeyID();
  }
}
