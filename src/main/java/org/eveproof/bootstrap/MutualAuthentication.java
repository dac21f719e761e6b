package org.eveproof.bootstrap;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Handshake.Begun;
import org.eveproof.bootstrap.Handshake.Called;
import org.eveproof.bootstrap.Handshake.Challenged;
import org.eveproof.bootstrap.Handshake.Done;
import org.eveproof.bootstrap.Handshake.Exchange;
import org.eveproof.bootstrap.Handshake.Over;
import org.eveproof.bootstrap.Handshake.Proved;
import org.eveproof.bootstrap.Handshake.Resting;
import org.eveproof.bootstrap.Handshake.Stopped;
import org.eveproof.bootstrap.HandshakeMessage.Accept;
import org.eveproof.bootstrap.HandshakeMessage.Challenge;
import org.eveproof.bootstrap.HandshakeMessage.Hello;
import org.eveproof.bootstrap.HandshakeMessage.Proof;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
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
  private final Set<Suite> methods;

  /**
   * Configures a device.
   *
   * @param role which end of the link it is: Alice calls, Bob answers
   * @param self its name
   * @param anchor what it trusts
   * @param methods that it allows, at least one
   */
  public MutualAuthentication(Party role, DeviceName self, TrustAnchor anchor, Set<Suite> methods) {
    this.role = role;
    this.self = self;
    this.anchor = anchor;
    this.methods = EnumSet.copyOf(methods);
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
   * @param reason for the operator, never for the peer
   */
  public record Refused(Refusal reason) implements Outcome {
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
   * @param random source of the nonce
   */
  @Refines("AuthBootstrap!Call")
  public Outcome call(Handshake state, DeviceName peer, Instant now, SecretRandom random) {
    Optional<Credential> credential = anchor.credentialFor(peer);
    if (role != Party.ALICE) {
      return new Refused(Refusal.WRONG_ROLE);
    }
    if (!state.mayBegin()) {
      return new Refused(Refusal.NOT_NOW);
    }
    if (credential.isEmpty()) {
      return new Refused(Refusal.UNKNOWN_CREDENTIAL);
    }
    TrustAnchor.Admission admission = anchor.admit(credential.get().id(), peer, now);
    if (admission instanceof TrustAnchor.Admitted admitted) {
      forget(state);
      Hello hello =
          new Hello(
              self, peer, credential.get().id(), random.publicBits(Transcript.NONCE_BITS), methods);
      return new Moved(new Called(admitted.key(), hello), Optional.of(hello.encode()));
    }
    return refused(admission);
  }

  /**
   * Takes a message from the channel, whoever made it.
   *
   * @param state any
   * @param received the bytes
   * @param now the present time
   * @param random source of the nonce
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
      return takeChallenge(called, challenge, bytes);
    } else if (message instanceof Proof proof && state instanceof Challenged challenged) {
      return takeProof(challenged, proof, bytes);
    } else if (message instanceof Accept accept && state instanceof Proved proved) {
      return takeAccept(proved, accept, bytes);
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
    if (!hello.callee().equals(self)) {
      return new Refused(Refusal.NOT_FOR_US);
    }
    Set<Suite> common = EnumSet.copyOf(hello.offered());
    common.retainAll(methods);
    Optional<Suite> chosen = Handshake.strongest(common);
    if (chosen.isEmpty()) {
      return new Refused(Refusal.NO_COMMON_METHOD);
    }
    TrustAnchor.Admission admission = anchor.admit(hello.credential(), hello.caller(), now);
    if (admission instanceof TrustAnchor.Admitted admitted) {
      forget(state);
      PeerKey key = admitted.key();
      Transcript transcript =
          new Transcript(
              hello.caller(),
              self,
              hello.credential(),
              hello.nonce(),
              random.publicBits(Transcript.NONCE_BITS),
              hello.offered(),
              chosen.get());
      Bits proof = key.prove(ProofKind.CHALLENGE, transcript);
      byte[] answer = new Challenge(transcript.calleeNonce(), chosen.get(), proof).encode();
      return new Moved(
          new Challenged(key, transcript, answered(bytes, answer)), Optional.of(answer));
    }
    return refused(admission);
  }

  @Refines("AuthBootstrap!TakeChallenge")
  private Outcome takeChallenge(Called state, Challenge challenge, Bits bytes) {
    Hello hello = state.hello();
    Transcript transcript =
        new Transcript(
            hello.caller(),
            hello.callee(),
            hello.credential(),
            hello.nonce(),
            challenge.nonce(),
            hello.offered(),
            challenge.chosen());
    if (!hello.offered().contains(challenge.chosen())
        || !state.key().verifies(ProofKind.CHALLENGE, transcript, challenge.proof())) {
      return new Refused(Refusal.WRONG_PROOF);
    }
    byte[] answer = new Proof(state.key().prove(ProofKind.PROOF, transcript)).encode();
    return new Moved(
        new Proved(state.key(), transcript, answered(bytes, answer)), Optional.of(answer));
  }

  @Refines("AuthBootstrap!TakeProof")
  private Outcome takeProof(Challenged state, Proof proof, Bits bytes) {
    if (!state.key().verifies(ProofKind.PROOF, state.transcript(), proof.proof())) {
      return new Refused(Refusal.WRONG_PROOF);
    }
    byte[] answer = new Accept(state.key().prove(ProofKind.ACCEPT, state.transcript())).encode();
    return new Moved(
        new Done(
            state.key(),
            state.transcript(),
            answered(bytes, answer),
            state.key().seed(state.transcript())),
        Optional.of(answer));
  }

  @Refines("AuthBootstrap!TakeAccept")
  private Outcome takeAccept(Proved state, Accept accept, Bits bytes) {
    if (!state.key().verifies(ProofKind.ACCEPT, state.transcript(), accept.proof())) {
      return new Refused(Refusal.WRONG_PROOF);
    }
    return new Moved(
        new Done(
            state.key(),
            state.transcript(),
            new Exchange(bytes, Optional.empty()),
            state.key().seed(state.transcript())),
        Optional.empty());
  }

  /** Gives a run up that has waited long enough; refused if no run waits. */
  @Refines("AuthBootstrap!GiveUp")
  public Outcome giveUp(Handshake state) {
    return state.isMidRun()
        ? new Moved(new Resting(true), Optional.empty())
        : new Refused(Refusal.NOT_NOW);
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
      return done.transcript().peerOf(self).equals(peer)
          ? new Moved(new Begun(done), Optional.empty())
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
      forget(begun.done());
      begun.done().key().destroy();
      return new Moved(new Over(begun.done().transcript()), Optional.empty());
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
    boolean restsOnIt = state.restsOn().filter(key -> key.credential().id().equals(id)).isPresent();
    if (!restsOnIt) {
      return new Moved(state, Optional.empty());
    }
    if (state instanceof Begun begun) {
      forget(begun.done());
      return new Moved(new Stopped(), Optional.empty());
    }
    forget(state);
    return new Moved(new Resting(true), Optional.empty());
  }

  /** Destroys the seed of a state that is left behind. */
  private static void forget(Handshake state) {
    if (state instanceof Done done) {
      done.seed().destroy();
    }
  }

  private static Exchange answered(Bits message, byte[] answer) {
    return new Exchange(message, Optional.of(Bits.fromBytes(answer, Byte.SIZE * answer.length)));
  }

  private static Outcome refused(TrustAnchor.Admission admission) {
    if (admission instanceof TrustAnchor.NotAdmitted no) {
      return new Refused(no.reason());
    }
    throw new AssertionError("an admission is one or the other");
  }
}
