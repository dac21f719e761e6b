package org.eveproof.bootstrap;

import java.time.Instant;
import java.util.Optional;

/**
 * What one device's trust in its peers rests on: which credentials are registered, and whether one
 * may be used now. Each kind of anchor has its own rule of trust; what it guarantees is the same.
 */
public sealed interface TrustAnchor permits PresharedKeys {

  /** Whether a credential may be used, with the key if so. */
  sealed interface Admission {}

  /**
   * It may.
   *
   * @param key to prove and to verify with
   */
  record Admitted(PeerKey key) implements Admission {}

  /**
   * It may not.
   *
   * @param reason for the operator, never for the peer
   */
  record NotAdmitted(Refusal reason) implements Admission {}

  /** Returns the credential registered for a peer. */
  Optional<Credential> credentialFor(DeviceName peer);

  /**
   * Decides whether a credential authenticates a peer at the beginning of a run. It is asked once
   * for each run: what expires later does not undo it.
   *
   * @param id the credential that is to be used
   * @param peer whom it is to authenticate
   * @param now the present time
   */
  Admission admit(CredentialId id, DeviceName peer, Instant now);

  /** Notes that a credential is revoked, known here or not. It never becomes valid again. */
  void revoke(CredentialId id);

  /** Whether this device was told that the credential is revoked. */
  boolean isRevoked(CredentialId id);
}
