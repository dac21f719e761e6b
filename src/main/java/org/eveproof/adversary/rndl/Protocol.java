package org.eveproof.adversary.rndl;

import java.util.List;
import java.util.Optional;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.session.Fingerprint;
import org.eveproof.session.RoundTranscript;

/**
 * The rules of the two ends as far as payload keys rest on them; Eve knows them too. Each method is
 * a defence: a subclass that weakens one must change the matrix.
 */
public class Protocol {

  /** Returns the rules of this project. */
  public static Protocol sound() {
    return new Protocol();
  }

  /** For {@link #sound()}, and for whoever takes a defence away. */
  protected Protocol() {}

  /** Returns who judges what a party's peer shows in the bootstrap. */
  protected CredentialJudge judge(Party party, CredentialJudge configured, CredentialJudge other) {
    return configured;
  }

  /** Returns the number of the pre-shared key that serves a bootstrap. */
  protected int presharedKeyOf(int bootstrap) {
    return bootstrap;
  }

  /** Returns the computed part of an exchange that runs. */
  protected KeyEstablishment establishment(PayloadExchange exchange) {
    return exchange.classical();
  }

  /** Returns whether a frame is taken. */
  protected boolean accepts(Frame frame, MessageAuthenticator authenticator, OneTimeKey key) {
    return frame.verifies(authenticator, key);
  }

  /** Returns whether a sample of the raw key is good enough. */
  protected boolean tolerates(int errors, int sampled) {
    return 100 * errors <= 5 * sampled;
  }

  /**
   * Returns the session key. Quantum and computed parts are combined by XOR, so that no computing
   * power helps against the quantum part.
   */
  protected Bits sessionKey(KeyParts parts) {
    Optional<Bits> expanded = parts.computed().map(SessionKey::expand);
    if (parts.quantum().isEmpty()) {
      return expanded.orElseThrow();
    }
    return expanded.map(parts.quantum().get()::xor).orElse(parts.quantum().get());
  }

  /** Returns all that is an output of HKDF: what a break of hashing tells. */
  protected List<Bits> madeByHash(KeyParts parts) {
    return parts.computed().stream().toList();
  }

  /** Returns the MAC keys of the session after the one that made a session key. */
  protected KeyBlock macKeysAfter(KeyBlock present, Bits sessionKey) {
    return new SessionKey(sessionKey).macKeys();
  }

  /** Returns what lies beside the MAC keys in memory, and leaks with them. */
  protected Optional<Bits> besideMacKeys(Bits sessionKey) {
    return Optional.empty();
  }

  /**
   * Returns what two people read to each other.
   *
   * @param newest the newest session key
   * @param conversations a digest of all that was said in the bootstrap, and in each session since
   */
  protected Fingerprint fingerprint(Bits newest, List<Bits> conversations) {
    RoundTranscript said = new RoundTranscript();
    conversations.stream().skip(1).map(Bits::toBytes).forEach(said::add);
    return said.fingerprint(conversations.get(0).toBytes());
  }
}
