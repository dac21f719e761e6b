package org.eveproof.bootstrap;

import java.time.Instant;
import java.util.Optional;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Handshake.Begun;
import org.eveproof.bootstrap.Handshake.Called;
import org.eveproof.bootstrap.Handshake.Challenged;
import org.eveproof.bootstrap.Handshake.Done;
import org.eveproof.bootstrap.Handshake.Exchange;
import org.eveproof.bootstrap.Handshake.Over;
import org.eveproof.bootstrap.Handshake.Proved;
import org.eveproof.bootstrap.Handshake.Resting;
import org.eveproof.bootstrap.Handshake.Run;
import org.eveproof.bootstrap.Handshake.Stopped;
import org.eveproof.bootstrap.HandshakeMessage.Accept;
import org.eveproof.bootstrap.HandshakeMessage.Challenge;
import org.eveproof.bootstrap.HandshakeMessage.Hello;
import org.eveproof.bootstrap.HandshakeMessage.Opening;
import org.eveproof.bootstrap.HandshakeMessage.Proof;
import org.eveproof.bootstrap.TrustAnchor.Admission;
import org.eveproof.bootstrap.TrustAnchor.Admitted;
import org.eveproof.bootstrap.TrustAnchor.NotAdmitted;
import org.eveproof.bootstrap.exchange.ExchangeAnswer;
import org.eveproof.bootstrap.exchange.ExchangeCaller;
import org.eveproof.bootstrap.exchange.ExchangeSecrets;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * One device's side of the mutual authentication: (state, event) to (state, message to send), after
 * {@code AuthBootstrap}. It has no clock and no randomness of its own, and a refused event changes
 * nothing.
 */
public final class MutualAuthentication {
  private final Party role;
  private final DeviceName self;
  private final TrustAnchor anchor;
  private final Methods methods;

  /**
   * Configures a device.
   *
   * @param role which end of the link it is: Alice calls, Bob answers
   * @param self its name
   * @param anchor what it trusts
   * @param methods that it allows; no run uses any other
   * @throws IllegalArgumentException if a way of making the first keys does not go with the anchor
   */
  public MutualAuthentication(Party role, DeviceName self, TrustAnchor anchor, Methods methods) {
    if (!anchor.establishments().containsAll(methods.establishments())) {
      throw new IllegalArgumentException(
          methods.establishments() + " does not go with this anchor: " + anchor.establishments());
    }
    if (anchor.holdsBefore() && methods.suites().contains(Suite.SIGNATURE)) {
      throw new IllegalArgumentException("a pre-shared key signs nothing");
    }
    this.role = role;
    this.self = self;
    this.anchor = anchor;
    this.methods = methods;
  }

  /** What becomes of an event. */
  public sealed interface Outcome {
    /** Returns the message to send, if any. */
    Optional<byte[]> send();

    /** Returns the state after the event. */
    default Handshake after(Handshake before) {
      return this instanceof Moved moved ? moved.state() : before;
    }
  }

  /**
   * The state moves on.
   *
   * @param state the next one
   * @param send message to send, if any
   */
  public record Moved(Handshake state, Optional<byte[]> send) implements Outcome {}

  /**
   * The message was answered before; nothing changes.
   *
   * @param answer the same answer again
   */
  public record Repeated(Bits answer) implements Outcome {
    @Override
    public Optional<byte[]> send() {
      return Optional.of(answer.toBytes());
    }
  }

  /**
   * Nothing changes and nothing is sent.
   *
   * @param reason which check failed; never told to the peer
   * @param text one line for the operator
   */
  public record Refused(Refusal reason, String text) implements Outcome {
    Refused(Refusal reason) {
      this(reason, reason.words());
    }

    @Override
    public Optional<byte[]> send() {
      return Optional.empty();
    }
  }

  /** Returns the name of this device. */
  public DeviceName self() {
    return self;
  }

  /**
   * Calls a peer.
   *
   * @param state any; refused unless a run may be begun
   * @param now the present time
   * @param random source of the nonce and of the exchange
   */
  @Refines("AuthBootstrap!Call")
  public Outcome call(Handshake state, DeviceName peer, Instant now, SecretRandom random) {
    if (role != Party.ALICE) {
      return new Refused(Refusal.WRONG_ROLE);
    }
    if (!state.mayBegin()) {
      return new Refused(Refusal.NOT_NOW);
    }
    Optional<Bits> shown = anchor.shownTo(peer);
    if (shown.isEmpty()) {
      return new Refused(
          Refusal.UNKNOWN_CREDENTIAL, self + " has no credential to show to " + peer);
    }
    Optional<PeerKey> key = Optional.empty();
    if (anchor.holdsBefore()) {
      Admission admission = anchor.admit(shown.get(), peer, role.peer(), now);
      if (admission instanceof NotAdmitted no) {
        return new Refused(no.reason(), no.text());
      }
      key = Optional.of(admitted(admission));
    }
    state.forget();
    ExchangeCaller exchange = ExchangeCaller.begin(methods.establishments(), random);
    Bits nonce = random.publicBits(Transcript.NONCE_BITS);
    Hello hello = new Hello(self, peer, shown.get(), nonce, methods, exchange.share());
    return new Moved(new Called(key, hello, exchange), Optional.of(hello.encode()));
  }

  /**
   * Takes a message from the channel, whoever made it.
   *
   * @param state any
   * @param received the bytes
   * @param now the present time
   * @param random source of the nonce and of the exchange
   */
  public Outcome receive(Handshake state, byte[] received, Instant now, SecretRandom random) {
    Optional<HandshakeMessage> parsed = HandshakeMessage.parse(received);
    if (parsed.isEmpty()) {
      return new Refused(Refusal.MALFORMED);
    }
    Bits bytes = Bits.fromBytes(received, Byte.SIZE * received.length);
    Optional<Exchange> last = state.lastExchange().filter(old -> old.answered().equals(bytes));
    if (last.isPresent()) {
      return last.get().answer().<Outcome>map(Repeated::new).orElse(new Refused(Refusal.NOT_NOW));
    }
    HandshakeMessage message = parsed.get();
    if (message instanceof Hello hello) {
      return takeHello(state, hello, bytes, now, random);
    } else if (message instanceof Challenge challenge && state instanceof Called called) {
      return takeChallenge(called, challenge, bytes, now);
    } else if (message instanceof Proof proof && state instanceof Challenged challenged) {
      return takeProof(challenged.run(), proof, bytes);
    } else if (message instanceof Accept accept && state instanceof Proved proved) {
      return takeAccept(proved.run(), accept, bytes);
    }
    return new Refused(Refusal.NOT_NOW);
  }

  @Refines("AuthBootstrap!TakeHello")
  @Refines("AuthBootstrap!TakeForgedHello")
  private Outcome takeHello(
      Handshake state, Hello hello, Bits bytes, Instant now, SecretRandom random) {
    if (role != Party.BOB) {
      return new Refused(Refusal.WRONG_ROLE);
    }
    if (!state.mayBegin()) {
      return new Refused(Refusal.NOT_NOW);
    }
    if (!hello.callee().equals(self) || hello.caller().equals(self)) {
      return new Refused(Refusal.NOT_FOR_US);
    }
    Optional<Method> chosen = methods.strongestCommon(hello.offered());
    if (chosen.isEmpty()) {
      return new Refused(
          Refusal.NO_COMMON_METHOD,
          hello.caller() + " offers none of the methods that are allowed here");
    }
    Optional<Bits> shown = anchor.shownTo(hello.caller());
    if (shown.isEmpty()) {
      return new Refused(Refusal.UNKNOWN_CREDENTIAL);
    }
    Admission admission = anchor.admit(hello.shown(), hello.caller(), role.peer(), now);
    if (admission instanceof NotAdmitted no) {
      return new Refused(no.reason(), no.text());
    }
    Optional<ExchangeAnswer> exchange =
        ExchangeAnswer.to(
            chosen.get().establishment(), hello.offered().establishments(), hello.share(), random);
    if (exchange.isEmpty()) {
      return new Refused(Refusal.WRONG_SHARE);
    }
    state.forget();
    try (ExchangeSecrets secrets = exchange.get().secrets()) {
      Opening opening =
          new Opening(
              shown.get(),
              random.publicBits(Transcript.NONCE_BITS),
              chosen.get(),
              exchange.get().share());
      Transcript transcript = new Transcript(hello, opening);
      PeerKey key = admitted(admission);
      Bits proof = key.prove(ProofKind.CHALLENGE, transcript);
      byte[] answer = new Challenge(opening, proof).encode();
      SecretBits seed = key.seed(transcript, Optional.of(secrets));
      return new Moved(
          new Challenged(new Run(key, transcript, answered(bytes, answer), seed)),
          Optional.of(answer));
    }
  }

  @Refines("AuthBootstrap!TakeChallenge")
  private Outcome takeChallenge(Called state, Challenge challenge, Bits bytes, Instant now) {
    Hello hello = state.hello();
    Opening opening = challenge.opening();
    if (!hello.offered().allows(opening.chosen())) {
      return new Refused(Refusal.NO_COMMON_METHOD);
    }
    if (state.key().isPresent()) {
      return opening.shown().equals(hello.shown())
          ? takeChallenge(state, state.key().get(), challenge, bytes)
          : new Refused(Refusal.UNKNOWN_CREDENTIAL);
    }
    Admission admission = anchor.admit(opening.shown(), hello.callee(), role.peer(), now);
    return admission instanceof NotAdmitted no
        ? new Refused(no.reason(), no.text())
        : takeChallenge(state, admitted(admission), challenge, bytes);
  }

  private Outcome takeChallenge(Called state, PeerKey key, Challenge challenge, Bits bytes) {
    Opening opening = challenge.opening();
    Transcript transcript = new Transcript(state.hello(), opening);
    if (!key.verifies(ProofKind.CHALLENGE, transcript, challenge.proof())) {
      return new Refused(Refusal.WRONG_PROOF);
    }
    Optional<ExchangeSecrets> exchange =
        state.exchange().finish(opening.chosen().establishment(), opening.share());
    if (exchange.isEmpty()) {
      return new Refused(Refusal.WRONG_SHARE);
    }
    try (ExchangeSecrets secrets = exchange.get()) {
      byte[] answer = new Proof(key.prove(ProofKind.PROOF, transcript)).encode();
      SecretBits seed = key.seed(transcript, Optional.of(secrets));
      state.forget();
      return new Moved(
          new Proved(new Run(key, transcript, answered(bytes, answer), seed)), Optional.of(answer));
    }
  }

  @Refines("AuthBootstrap!TakeProof")
  private Outcome takeProof(Run run, Proof proof, Bits bytes) {
    if (!run.key().verifies(ProofKind.PROOF, run.transcript(), proof.proof())) {
      return new Refused(Refusal.WRONG_PROOF);
    }
    byte[] answer = new Accept(run.key().prove(ProofKind.ACCEPT, run.transcript())).encode();
    return new Moved(new Done(run.answered(answered(bytes, answer))), Optional.of(answer));
  }

  @Refines("AuthBootstrap!TakeAccept")
  private Outcome takeAccept(Run run, Accept accept, Bits bytes) {
    if (!run.key().verifies(ProofKind.ACCEPT, run.transcript(), accept.proof())) {
      return new Refused(Refusal.WRONG_PROOF);
    }
    return new Moved(
        new Done(run.answered(new Exchange(bytes, Optional.empty()))), Optional.empty());
  }

  /** Gives a run up that has waited long enough; refused if no run waits. */
  @Refines("AuthBootstrap!GiveUp")
  public Outcome giveUp(Handshake state) {
    if (!state.isMidRun()) {
      return new Refused(Refusal.NOT_NOW);
    }
    state.forget();
    return new Moved(new Resting(true), Optional.empty());
  }

  /**
   * Begins session 1: from here on the bootstrap begins no other run, and the seed may be used.
   *
   * @param state refused unless a peer is authenticated
   * @param peer whom the link is with; refused if somebody else was authenticated
   */
  @Refines("AuthBootstrap!BeginSession")
  public Outcome begin(Handshake state, DeviceName peer) {
    if (state instanceof Done done) {
      return done.run().transcript().peerOf(self).equals(peer)
          ? new Moved(new Begun(done.run()), Optional.empty())
          : new Refused(Refusal.WRONG_PEER);
    }
    return new Refused(Refusal.NOT_NOW);
  }

  /**
   * Ends session 1, which has made keys for the next one: seed and credential are destroyed, and no
   * later session can rest on them. Refused unless session 1 runs.
   */
  @Refines("AuthBootstrap!FinishSession")
  public Outcome finish(Handshake state) {
    if (state instanceof Begun begun) {
      state.forget();
      begun.run().key().destroy();
      return new Moved(new Over(begun.run().transcript()), Optional.empty());
    }
    return new Refused(Refusal.NOT_NOW);
  }

  /**
   * Hears that a credential is revoked: no run begins on it any more, and the run or session 1 that
   * rests on it stops. What is over stays as it is.
   */
  @Refines("AuthBootstrap!RevocationNotice")
  public Outcome revoked(Handshake state, CredentialId id) {
    anchor.revoke(id);
    boolean restsOnIt = state.restsOn().filter(key -> key.id().equals(id)).isPresent();
    if (!restsOnIt) {
      return new Moved(state, Optional.empty());
    }
    state.forget();
    return new Moved(state instanceof Begun ? new Stopped() : new Resting(true), Optional.empty());
  }

  private static Exchange answered(Bits message, byte[] answer) {
    return new Exchange(message, Optional.of(Bits.fromBytes(answer, Byte.SIZE * answer.length)));
  }

  private static PeerKey admitted(Admission admission) {
    if (admission instanceof Admitted yes) {
      return yes.key();
    }
    throw new AssertionError("an admission is one or the other");
  }
}
