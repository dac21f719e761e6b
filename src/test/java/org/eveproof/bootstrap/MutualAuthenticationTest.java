package org.eveproof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.MutualAuthentication.Moved;
import org.eveproof.bootstrap.MutualAuthentication.Outcome;
import org.eveproof.bootstrap.MutualAuthentication.Refused;
import org.eveproof.bootstrap.MutualAuthentication.Repeated;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;

/** Honest runs, and each classical attack on them by hand. */
class MutualAuthenticationTest {
  private static final Set<Suite> BOTH = Set.of(Suite.HMAC_SHA256, Suite.WEGMAN_CARTER);

  private final SecretRandom random = Keys.random(7);

  /** One end with its state. */
  private final class End {
    final PresharedKeys anchor;
    final MutualAuthentication machine;
    Handshake state = new Handshake.Resting(false);

    End(Party role, DeviceName name, Set<Suite> methods) {
      anchor = new PresharedKeys(name);
      machine = new MutualAuthentication(role, name, anchor, Methods.preshared(methods));
    }

    Optional<byte[]> calls(DeviceName peer) {
      return moves(machine.call(state, peer, Keys.NOW, random));
    }

    Optional<byte[]> takes(byte[] message) {
      return moves(machine.receive(state, message, Keys.NOW, random));
    }

    Outcome tries(byte[] message) {
      return machine.receive(state, message, Keys.NOW, random);
    }

    private Optional<byte[]> moves(Outcome outcome) {
      assertThat(outcome).isInstanceOf(Moved.class);
      state = outcome.after(state);
      return outcome.send();
    }
  }

  private final End alice = new End(Party.ALICE, Keys.ALICE, BOTH);
  private final End bob = new End(Party.BOB, Keys.BOB, BOTH);

  MutualAuthenticationTest() {
    Credential shared = Keys.credential(Keys.ALICE, Keys.BOB);
    alice.anchor.enrol(Keys.key(shared));
    bob.anchor.enrol(Keys.key(shared));
    alice.anchor.enrol(Keys.key(Keys.credential(Keys.ALICE, Keys.EVE)));
    bob.anchor.enrol(Keys.key(Keys.credential(Keys.BOB, Keys.EVE)));
  }

  private static byte[] sent(Optional<byte[]> message) {
    return message.orElseThrow();
  }

  private void authenticate() {
    byte[] hello = sent(alice.calls(Keys.BOB));
    byte[] challenge = sent(bob.takes(hello));
    byte[] proof = sent(alice.takes(challenge));
    byte[] accept = sent(bob.takes(proof));
    assertThat(alice.takes(accept)).isEmpty();
  }

  @Test
  void honestEndsShareOneSeedAndTheStrongestMethod() {
    authenticate();
    Handshake.Begun atAlice = begun(alice, Keys.BOB);
    Handshake.Begun atBob = begun(bob, Keys.ALICE);
    assertThat(atAlice.run().seed().sameAs(atBob.run().seed())).isTrue();
    Method strongest = new Method(KeyEstablishment.NONE, Suite.WEGMAN_CARTER);
    assertThat(atAlice.run().transcript().chosen()).isEqualTo(strongest);
    assertThat(atBob.run().transcript().chosen()).isEqualTo(strongest);
  }

  private static Handshake.Begun begun(End end, DeviceName peer) {
    end.state = end.machine.begin(end.state, peer).after(end.state);
    return (Handshake.Begun) end.state;
  }

  @Test
  void lostAnswersAreRepeatedWithoutAnyChange() {
    byte[] hello = sent(alice.calls(Keys.BOB));
    byte[] challenge = sent(bob.takes(hello));
    Handshake before = bob.state;
    Outcome again = bob.tries(hello);
    assertThat(again).isInstanceOf(Repeated.class);
    assertThat(again.send().orElseThrow()).isEqualTo(challenge);
    assertThat(again.after(before)).isSameAs(before);
    assertThat(bob.state.pending().orElseThrow()).isEqualTo(challenge);
    assertThat(alice.state.pending().orElseThrow()).isEqualTo(hello);
  }

  @Test
  void reflectedProofIsRefused() {
    byte[] challenge = sent(bob.takes(helloFrom(Keys.ALICE, "alice-bob", BOTH)));
    Bits own =
        ((HandshakeMessage.Challenge) HandshakeMessage.parse(challenge).orElseThrow()).proof();
    assertRefused(bob.tries(new HandshakeMessage.Proof(own).encode()), Refusal.WRONG_PROOF);
  }

  @Test
  void replayedProofIsRefused() {
    byte[] hello = sent(alice.calls(Keys.BOB));
    byte[] proof = sent(alice.takes(sent(bob.takes(hello))));
    bob.takes(proof);
    bob.takes(hello);
    assertRefused(bob.tries(proof), Refusal.WRONG_PROOF);
  }

  @Test
  void weakenedOfferIsRefused() {
    HandshakeMessage.Hello hello =
        (HandshakeMessage.Hello) HandshakeMessage.parse(sent(alice.calls(Keys.BOB))).orElseThrow();
    byte[] weakened =
        new HandshakeMessage.Hello(
                hello.caller(),
                hello.callee(),
                hello.shown(),
                hello.nonce(),
                Methods.preshared(Set.of(Suite.HMAC_SHA256)),
                hello.share())
            .encode();
    byte[] challenge = sent(bob.takes(weakened));
    assertRefused(alice.tries(challenge), Refusal.WRONG_PROOF);
  }

  @Test
  void methodThatWasNotOfferedIsRefusedEvenFromThePeer() {
    End strict = new End(Party.ALICE, Keys.ALICE, Set.of(Suite.WEGMAN_CARTER));
    PresharedKey shared = Keys.key(Keys.credential(Keys.ALICE, Keys.BOB));
    strict.anchor.enrol(shared);
    strict.calls(Keys.BOB);
    HandshakeMessage.Hello hello = ((Handshake.Called) strict.state).hello();
    HandshakeMessage.Opening opening =
        new HandshakeMessage.Opening(
            hello.shown(),
            random.publicBits(Transcript.NONCE_BITS),
            new Method(KeyEstablishment.NONE, Suite.HMAC_SHA256),
            hello.share());
    Bits proof = shared.prove(ProofKind.CHALLENGE, new Transcript(hello, opening));
    assertRefused(
        strict.tries(new HandshakeMessage.Challenge(opening, proof).encode()),
        Refusal.NO_COMMON_METHOD);
  }

  @Test
  void anotherSubjectsCredentialIsRefused() {
    assertRefused(
        bob.tries(helloFrom(Keys.ALICE, "bob-eve", Set.of(Suite.HMAC_SHA256))),
        Refusal.UNKNOWN_CREDENTIAL);
  }

  @Test
  void linkIsWithWhoWasAuthenticatedAndNobodyElse() {
    authenticate();
    assertRefused(alice.machine.begin(alice.state, Keys.EVE), Refusal.WRONG_PEER);
  }

  @Test
  void onlyAliceCallsAndOnlyBobAnswers() {
    assertRefused(bob.machine.call(bob.state, Keys.ALICE, Keys.NOW, random), Refusal.WRONG_ROLE);
    byte[] toAlice =
        new HandshakeMessage.Hello(
                Keys.BOB,
                Keys.ALICE,
                shown(Keys.credential(Keys.ALICE, Keys.BOB)),
                random.publicBits(Transcript.NONCE_BITS),
                Methods.preshared(Set.of(Suite.HMAC_SHA256)),
                Bits.parse(""))
            .encode();
    assertRefused(alice.tries(toAlice), Refusal.WRONG_ROLE);
  }

  @Test
  void noCommonMethodNoAnswer() {
    End strict = new End(Party.BOB, Keys.BOB, Set.of(Suite.WEGMAN_CARTER));
    strict.anchor.enrol(Keys.key(Keys.credential(Keys.ALICE, Keys.BOB)));
    assertRefused(
        strict.tries(helloFrom(Keys.ALICE, "alice-bob", Set.of(Suite.HMAC_SHA256))),
        Refusal.NO_COMMON_METHOD);
  }

  @Test
  void seedAndCredentialAreGoneAfterTheFirstSession() {
    authenticate();
    Handshake.Begun session = begun(alice, Keys.BOB);
    Outcome over = alice.machine.finish(alice.state);
    alice.state = over.after(alice.state);
    assertThat(session.run().seed().isDestroyed()).isTrue();
    assertRefused(alice.machine.call(alice.state, Keys.BOB, Keys.NOW, random), Refusal.NOT_NOW);
    assertRefused(
        alice.machine.call(new Handshake.Resting(false), Keys.BOB, Keys.NOW, random),
        Refusal.SPENT);
  }

  @Test
  void revocationStopsTheRunAndTheSession() {
    authenticate();
    Handshake.Begun session = begun(alice, Keys.BOB);
    CredentialId id = Keys.credential(Keys.ALICE, Keys.BOB).id();
    alice.state = alice.machine.revoked(alice.state, id).after(alice.state);
    assertThat(alice.state).isInstanceOf(Handshake.Stopped.class);
    assertThat(session.run().seed().isDestroyed()).isTrue();
    assertRefused(bob.machine.call(bob.state, Keys.BOB, Keys.NOW, random), Refusal.WRONG_ROLE);
    bob.state = bob.machine.revoked(bob.state, id).after(bob.state);
    assertThat(bob.state).isInstanceOf(Handshake.Resting.class);
    assertRefused(
        bob.tries(helloFrom(Keys.ALICE, "alice-bob", Set.of(Suite.HMAC_SHA256))), Refusal.REVOKED);
  }

  @Test
  void credentialsAreUsedOnlyWhileTheyAreGood() {
    assertThat(admission(Credential.Purpose.AUTHENTICATION, Credential.Origin.FACTORY, Keys.NOW))
        .isEqualTo(Refusal.UNTRUSTED_CREDENTIAL);
    assertThat(admission(Credential.Purpose.ENCRYPTION, Credential.Origin.COURIER, Keys.NOW))
        .isEqualTo(Refusal.WRONG_PURPOSE);
    assertThat(
            admission(
                Credential.Purpose.AUTHENTICATION,
                Credential.Origin.COURIER,
                Keys.FROM.minusSeconds(1)))
        .isEqualTo(Refusal.NOT_YET_VALID);
    assertThat(
            admission(
                Credential.Purpose.AUTHENTICATION,
                Credential.Origin.COURIER,
                Keys.TO.plusSeconds(1)))
        .isEqualTo(Refusal.EXPIRED);
  }

  private static Refusal admission(
      Credential.Purpose purpose, Credential.Origin origin, Instant now) {
    Credential good = Keys.credential(Keys.ALICE, Keys.BOB);
    Credential credential =
        new Credential(
            good.id(),
            good.first(),
            good.second(),
            purpose,
            origin,
            good.validFrom(),
            good.validTo());
    try (PresharedKeys anchor = new PresharedKeys(Keys.ALICE)) {
      anchor.enrol(Keys.key(credential));
      return ((TrustAnchor.NotAdmitted) anchor.admit(shown(credential), Keys.BOB, Party.BOB, now))
          .reason();
    }
  }

  private byte[] helloFrom(DeviceName caller, String credential, Set<Suite> offered) {
    Bits shown =
        shown(
            credential.equals("alice-bob")
                ? Keys.credential(Keys.ALICE, Keys.BOB)
                : Keys.credential(Keys.BOB, Keys.EVE));
    return new HandshakeMessage.Hello(
            caller,
            Keys.BOB,
            shown,
            random.publicBits(Transcript.NONCE_BITS),
            Methods.preshared(offered),
            Bits.parse(""))
        .encode();
  }

  private static Bits shown(Credential credential) {
    return Bits.fromBytes(credential.id().bytes(), Byte.SIZE * CredentialId.BYTES);
  }

  private static void assertRefused(Outcome outcome, Refusal reason) {
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused) outcome).reason()).isEqualTo(reason);
  }
}
