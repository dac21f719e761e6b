package org.eveproof.bootstrap;

import java.util.Optional;
import org.eveproof.bootstrap.exchange.ExchangeCaller;
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
   * @param key to prove and to verify with, if it is in hand before the peer shows anything
   * @param hello what was sent
   * @param exchange the caller's side of the key exchange
   */
  record Called(Optional<PeerKey> key, HandshakeMessage.Hello hello, ExchangeCaller exchange)
      implements Handshake {}

  /**
   * The callee's Challenge is out.
   *
   * @param run what was agreed so far
   */
  record Challenged(Run run) implements Handshake {}

  /**
   * The caller's Proof is out.
   *
   * @param run what was agreed so far
   */
  record Proved(Run run) implements Handshake {}

  /**
   * The peer is authenticated; session 1 has not begun.
   *
   * @param run what was agreed
   */
  record Done(Run run) implements Handshake {}

  /**
   * Session 1 runs under keys made from the seed; the bootstrap begins no other run.
   *
   * @param run what it rests on
   */
  record Begun(Run run) implements Handshake {}

  /**
   * Session 1 is over: seed and credential are destroyed, and nothing rests on them any more.
   *
   * @param transcript of the bootstrap
   */
  record Over(Transcript transcript) implements Handshake {}

  /** Session 1 was stopped: its credential is revoked. Only an operator can begin anew. */
  record Stopped() implements Handshake {}

  /**
   * A run in which both ends have spoken.
   *
   * @param key to prove and to verify with
   * @param transcript as this party, and an honest peer, see it
   * @param exchange what was answered with what
   * @param seed of the first authentication keys; used only once the peer is authenticated, and
   *     destroyed when session 1 ends
   */
  record Run(PeerKey key, Transcript transcript, Exchange exchange, SecretBits seed) {
    Run answered(Exchange next) {
      return new Run(key, transcript, next, seed);
    }
  }

  /**
   * The last message that was answered, and the answer; so that a message that comes again because
   * its answer was lost gets the same answer.
   *
   * @param answered encoding of the message accepted last
   * @param answer encoding of what was sent then, if anything was
   */
  record Exchange(Bits answered, Optional<Bits> answer) {}

  /** Returns the run in which both ends have spoken, up to the end of session 1. */
  default Optional<Run> currentRun() {
    if (this instanceof Challenged challenged) {
      return Optional.of(challenged.run());
    } else if (this instanceof Proved proved) {
      return Optional.of(proved.run());
    } else if (this instanceof Done done) {
      return Optional.of(done.run());
    } else if (this instanceof Begun begun) {
      return Optional.of(begun.run());
    }
    return Optional.empty();
  }

  /** Returns the last message sent in this run, to be sent again until an answer comes. */
  default Optional<byte[]> pending() {
    if (this instanceof Called called) {
      return Optional.of(called.hello().encode());
    }
    return lastExchange().flatMap(Exchange::answer).map(Bits::toBytes);
  }

  /** Returns what was answered last, in states in which it may be asked again. */
  default Optional<Exchange> lastExchange() {
    return currentRun().map(Run::exchange);
  }

  /** Returns the key that the run, or session 1, rests on. */
  default Optional<PeerKey> restsOn() {
    return this instanceof Called called ? called.key() : currentRun().map(Run::key);
  }

  /** Whether a run waits for the peer. */
  default boolean isMidRun() {
    return this instanceof Called || this instanceof Challenged || this instanceof Proved;
  }

  /** Whether a run may be begun: no run waits, and session 1 has not begun. */
  default boolean mayBegin() {
    return this instanceof Resting || this instanceof Done;
  }

  /** Destroys the secrets of a state that is left behind; the credential is not among them. */
  default void forget() {
    if (this instanceof Called called) {
      called.exchange().close();
    }
    currentRun().map(Run::seed).ifPresent(SecretBits::destroy);
  }
}
