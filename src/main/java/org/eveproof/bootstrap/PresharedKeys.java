package org.eveproof.bootstrap;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;

/**
 * The keys that one device shares with its peers, one for each: the pre-shared-key trust anchor.
 * Its rule of trust: the key was brought by a courier.
 */
public final class PresharedKeys implements TrustAnchor {
  private final DeviceName self;
  private final Map<CredentialId, PresharedKey> keys = new LinkedHashMap<>();
  private final Set<CredentialId> revoked = new HashSet<>();

  /** Makes an empty anchor for a device. */
  public PresharedKeys(DeviceName self) {
    this.self = self;
  }

  /**
   * Registers a key, which this anchor owns from here on.
   *
   * @throws IllegalArgumentException if the key is not this device's, or there is one for that peer
   */
  @Refines("AuthBootstrap!Register")
  public void enrol(PresharedKey key) {
    Credential credential = key.credential();
    DeviceName peer = credential.first().equals(self) ? credential.second() : credential.first();
    if (!credential.isBetween(self, peer)) {
      throw new IllegalArgumentException("key " + credential.id() + " does not belong to " + self);
    }
    if (keys.containsKey(credential.id()) || credentialFor(peer).isPresent()) {
      throw new IllegalArgumentException("a key for " + peer + " is enrolled already");
    }
    keys.put(credential.id(), key);
  }

  /** Returns what is registered about the key shared with a peer. */
  public Optional<Credential> credentialFor(DeviceName peer) {
    return keys.values().stream()
        .map(PresharedKey::credential)
        .filter(credential -> credential.isBetween(self, peer))
        .findFirst();
  }

  @Override
  public Set<KeyEstablishment> establishments() {
    return Set.of(KeyEstablishment.NONE);
  }

  /** Shows the name of the key: it is all that the peer needs to find its own copy. */
  @Override
  public Optional<Bits> shownTo(DeviceName peer) {
    return credentialFor(peer)
        .map(credential -> Bits.fromBytes(credential.id().bytes(), Byte.SIZE * CredentialId.BYTES));
  }

  @Override
  public boolean holdsBefore() {
    return true;
  }

  @Override
  public Admission admit(Bits shown, DeviceName peer, Party role, Instant now) {
    if (shown.length() != Byte.SIZE * CredentialId.BYTES) {
      return new NotAdmitted(Refusal.UNKNOWN_CREDENTIAL);
    }
    CredentialId id = CredentialId.of(shown.toBytes());
    PresharedKey key = keys.get(id);
    if (key == null || !key.credential().isBetween(self, peer)) {
      return new NotAdmitted(Refusal.UNKNOWN_CREDENTIAL);
    }
    Credential credential = key.credential();
    if (credential.origin() != Credential.Origin.COURIER) {
      return new NotAdmitted(Refusal.UNTRUSTED_CREDENTIAL);
    }
    if (credential.purpose() != Credential.Purpose.AUTHENTICATION) {
      return new NotAdmitted(Refusal.WRONG_PURPOSE);
    }
    if (now.isBefore(credential.validFrom())) {
      return new NotAdmitted(Refusal.NOT_YET_VALID);
    }
    if (now.isAfter(credential.validTo())) {
      return new NotAdmitted(Refusal.EXPIRED);
    }
    if (revoked.contains(id)) {
      return new NotAdmitted(Refusal.REVOKED);
    }
    return key.isDestroyed() ? new NotAdmitted(Refusal.SPENT) : new Admitted(key);
  }

  @Override
  public void revoke(CredentialId id) {
    revoked.add(id);
  }

  @Override
  public boolean isRevoked(CredentialId id) {
    return revoked.contains(id);
  }

  /** Destroys every key. */
  @Override
  public void close() {
    keys.values().forEach(PresharedKey::close);
  }
}
