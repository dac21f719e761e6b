package org.eveproof.bootstrap;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/** Where one party's bootstrap stands. {@link MutualAuthentication} has the transitions. */
public sealed interface Handshake {

  /**
   * No run is under way.
   *
   * @param failed whether the last one was given up
   */
  record Resting(boolean failed) implements Handshake {}

  /**
   * The caller's Hello is out.
   *
   * @param key to prove and to verify with
   * @param hello what was sent
   */
  record Called(PeerKey key, HandshakeMessage.Hello hello) implements Handshake {}

  /**
   * The callee's Challenge is out.
   *
   * @param key to prove and to verify with
   * @param transcript as this party sees it
   * @param exchange what was answered with what
   */
  record Challenged(PeerKey key, Transcript transcript, Exchange exchange) implements Handshake {}

  /**
   * The caller's Proof is out.
   *
   * @param key to prove and to verify with
   * @param transcript as this party sees it
   * @param exchange what was answered with what
   */
  record Proved(PeerKey key, Transcript transcript, Exchange exchange) implements Handshake {}

  /**
   * The peer is authenticated; session 1 has not begun.
   *
   * @param key that was used
   * @param transcript as this party, and an honest peer, see it
   * @param exchange what was answered with what
   * @param seed of the first authentication keys
   */
  record Done(PeerKey key, Transcript transcript, Exchange exchange, SecretBits seed)
      implements Handshake {}

  /**
   * Session 1 runs under keys made from the seed; the bootstrap begins no other run.
   *
   * @param done what it rests on
   */
  record Begun(Done done) implements Handshake {
    /** Returns the seed of the first authentication keys; it is destroyed when session 1 ends. */
    public SecretBits seed() {
      return done.seed();
    }

    /** Returns the method to authenticate messages with. */
    public Suite method() {
      return done.transcript().chosen();
    }
  }

  /**
   * Session 1 is over: seed and credential are destroyed, and nothing rests on them any more.
   *
   * @param transcript of the bootstrap
   */
  record Over(Transcript transcript) implements Handshake {}

  /** Session 1 was stopped: its credential is revoked. Only an operator can begin anew. */
  record Stopped() implements Handshake {}

  /**
   * The last message that was answered, and the answer; so that a message that comes again because
   * its answer was lost gets the same answer.
   *
   * @param answered encoding of the message accepted last
   * @param answer encoding of what was sent then, if anything was
   */
  record Exchange(Bits answered, Optional<Bits> answer) {}

  /** Returns the last message sent in this run, to be sent again until an answer comes. */
  default Optional<byte[]> pending() {
    if (this instanceof Called called) {
      return Optional.of(called.hello().encode());
    }
    return lastExchange().flatMap(Exchange::answer).map(Bits::toBytes);
  }

  /** Returns what was answered last, in states in which it may be asked again. */
  default Optional<Exchange> lastExchange() {
    if (this instanceof Challenged challenged) {
      return Optional.of(challenged.exchange());
    } else if (this instanceof Proved proved) {
      return Optional.of(proved.exchange());
    } else if (this instanceof Done done) {
      return Optional.of(done.exchange());
    } else if (this instanceof Begun begun) {
      return Optional.of(begun.done().exchange());
    }
    return Optional.empty();
  }

  /** Returns the key that the run, or session 1, rests on. */
  default Optional<PeerKey> restsOn() {
    if (this instanceof Called called) {
      return Optional.of(called.key());
    } else if (this instanceof Challenged challenged) {
      return Optional.of(challenged.key());
    } else if (this instanceof Proved proved) {
      return Optional.of(proved.key());
    } else if (this instanceof Done done) {
      return Optional.of(done.key());
    } else if (this instanceof Begun begun) {
      return Optional.of(begun.done().key());
    }
    return Optional.empty();
  }

  /** Whether a run waits for the peer. */
  default boolean isMidRun() {
    return this instanceof Called || this instanceof Challenged || this instanceof Proved;
  }

  /** Whether a run may be begun: no run waits, and session 1 has not begun. */
  default boolean mayBegin() {
    return this instanceof Resting || this instanceof Done;
  }

  /** Returns the methods, strongest first: one whose tags no computing power forges, then HMAC. */
  static List<Suite> byStrength() {
    return List.of(Suite.WEGMAN_CARTER, Suite.HMAC_SHA256);
  }

  /** Returns the strongest of these methods. */
  static Optional<Suite> strongest(Set<Suite> methods) {
    return byStrength().stream().filter(methods::contains).findFirst();
  }
}
