package org.eveproof.bootstrap;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * What one device's trust in its peers rests on: what it shows them, and whether what they show may
 * be used now. Each kind of anchor has its own rule of trust; what it guarantees is the same.
 */
public sealed interface TrustAnchor extends AutoCloseable permits PresharedKeys, CertifiedKeys {
  /** Greatest length of what is shown, in bytes. */
  int MAX_SHOWN_BYTES = OwnCredential.MAX_BYTES;

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
   * @param reason which check failed; never told to the peer
   * @param text one line for the operator
   */
  record NotAdmitted(Refusal reason, String text) implements Admission {
    /** For reasons that say all there is to say. */
    NotAdmitted(Refusal reason) {
      this(reason, reason.words());
    }
  }

  /** Returns the ways of making the first keys that go with this anchor. */
  Set<KeyEstablishment> establishments();

  /**
   * Returns what this device shows to a peer, who judges it; empty if it has nothing to show, or
   * nothing left.
   */
  Optional<Bits> shownTo(DeviceName peer);

  /** Whether the peer's credential is in hand before the peer shows anything. */
  boolean holdsBefore();

  /**
   * Decides whether a credential authenticates a peer at the beginning of a run. It is asked once
   * for each run: what expires later does not undo it.
   *
   * @param shown what the peer shows, or this device if it {@link #holdsBefore()}; bytes that
   *     anybody may have made
   * @param peer whom it is to authenticate
   * @param role which end of the link the peer is
   * @param now the present time
   */
  Admission admit(Bits shown, DeviceName peer, Party role, Instant now);

  /** Notes that a credential is revoked, known here or not. It never becomes valid again. */
  void revoke(CredentialId id);

  /** Whether this device was told that the credential is revoked. */
  boolean isRevoked(CredentialId id);

  /** Destroys every secret. */
  @Override
  void close();
}
