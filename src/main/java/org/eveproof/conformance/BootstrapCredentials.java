package org.eveproof.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Method;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.PeerKey;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.conformance.AuthBootstrapSnapshot.Registered;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * The credentials of Alice, Bob and Eve under one kind of anchor, all of them real: who issued
 * which, who holds it, who can show it. Eve has sound ones of her own from the start.
 */
interface BootstrapCredentials extends AutoCloseable {
  /** Eve's name. */
  DeviceName EVE = new DeviceName("eve");

  /** First day on which every credential is valid. */
  int FIRST_VALID_DAY = 1;

  /** Last such day. */
  int LAST_VALID_DAY = 5;

  /** Returns the name of a party's device. */
  static DeviceName nameOf(Party party) {
    return new DeviceName(party.specName());
  }

  /** Returns the two methods that devices allow, the weaker and the stronger. */
  List<Method> byStrength();

  /** Returns what devices allow: both methods. */
  Methods methods();

  /** Returns what a device trusts now. */
  TrustAnchor anchor(Party party);

  /** Returns the keys of honest parties, by the names that the specification gives them. */
  Set<String> honestKeys();

  /** Returns the name of the key by which one proves to another who it is. */
  String keyOf(DeviceName prover, DeviceName verifier);

  /**
   * Issues the credential of an honest party's key and installs it where it belongs.
   *
   * @param key one of {@link #honestKeys()}
   * @param full what vouches for it by itself: 0 or 1
   * @param marginal how many introducers of little trust vouch for it
   * @param forAuthentication what it is issued for: authentication, or something else
   */
  void issue(String key, int full, int marginal, boolean forAuthentication);

  /** Whether the credential of an honest party's key has been issued. */
  boolean isIssued(String key);

  /** Returns what is registered for the key of an honest party, as the devices have it. */
  Registered registered(String key);

  /** Returns what the peer's credential is, or will be, called at a party. */
  Set<CredentialId> peersIds(Party party);

  /** Returns what Eve can show somebody in a name: first what belongs to it, then what does not. */
  List<Bits> showable(DeviceName name, Party to);

  /** Returns every key there is, by name, each able to make its own proofs and to check them. */
  Map<String, PeerKey> keys();

  /** Destroys every secret. */
  @Override
  void close();
}
