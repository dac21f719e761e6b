package org.eveproof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.SigningKey;
import org.eveproof.authentication.Suite;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.MutualAuthentication.Moved;
import org.eveproof.bootstrap.MutualAuthentication.Outcome;
import org.eveproof.bootstrap.MutualAuthentication.Refused;
import org.eveproof.bootstrap.exchange.ExchangeAnswer;
import org.eveproof.bootstrap.exchange.ExchangeCaller;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices that sign, with a judge that trusts what was enrolled: the first keys, and attacks. */
class CertifiedKeysTest {
  private static final Set<KeyEstablishment> ALL =
      Set.of(KeyEstablishment.X25519, KeyEstablishment.ML_KEM_768, KeyEstablishment.HYBRID);

  private final SecretRandom random = Keys.random(3);

  /** Takes a SubjectPublicKeyInfo for a certificate: whoever shows one has that key. */
  private record Enrolled(DeviceName name, Bits shown) implements CredentialJudge {
    @Override
    public Judgement judge(byte[] bytes, DeviceName peer, Party role, Instant now) {
      Optional<VerifyingKey> key = VerifyingKey.decode(bytes);
      boolean known =
          peer.equals(name) && Bits.fromBytes(bytes, Byte.SIZE * bytes.length).equals(shown);
      return known && key.isPresent()
          ? new Trusted(new CredentialId("00".repeat(16)), key.get(), "enrolled")
          : new Untrusted(Refusal.UNTRUSTED_CREDENTIAL, peer + " is not enrolled");
    }
  }

  private final SigningKey alicesKey = key(SignatureScheme.ED25519);
  private final SigningKey bobsKey = key(SignatureScheme.ED25519);

  private static SigningKey key(SignatureScheme scheme) {
    return SigningKey.generate(scheme, new SecureRandom());
  }

  private static Bits shown(SigningKey key) {
    byte[] bytes = key.verifying().encode();
    return Bits.fromBytes(bytes, Byte.SIZE * bytes.length);
  }

  private static MutualAuthentication alice(SigningKey own, SigningKey peers, Methods methods) {
    return device(Party.ALICE, Keys.ALICE, own, new Enrolled(Keys.BOB, shown(peers)), methods);
  }

  private static MutualAuthentication bob(SigningKey own, SigningKey peers, Methods methods) {
    return device(Party.BOB, Keys.BOB, own, new Enrolled(Keys.ALICE, shown(peers)), methods);
  }

  private static MutualAuthentication device(
      Party role, DeviceName name, SigningKey own, CredentialJudge judge, Methods methods) {
    CertifiedKeys anchor = new CertifiedKeys(new OwnCredential(shown(own), own), judge);
    return new MutualAuthentication(role, name, anchor, methods);
  }

  private static Methods methods(Set<KeyEstablishment> establishments) {
    return new Methods(establishments, Set.of(Suite.WEGMAN_CARTER));
  }

  /** Runs the four messages, and returns where the two ends stand after them. */
  private Handshake[] run(MutualAuthentication alice, MutualAuthentication bob) {
    Handshake rest = new Handshake.Resting(false);
    Outcome hello = alice.call(rest, Keys.BOB, Keys.NOW, random);
    Outcome challenge = bob.receive(rest, sent(hello), Keys.NOW, random);
    Outcome proof = alice.receive(hello.after(rest), sent(challenge), Keys.NOW, random);
    Outcome accept = bob.receive(challenge.after(rest), sent(proof), Keys.NOW, random);
    Outcome end = alice.receive(proof.after(rest), sent(accept), Keys.NOW, random);
    return new Handshake[] {end.after(rest), accept.after(rest)};
  }

  private static byte[] sent(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Moved.class);
    return outcome.send().orElseThrow();
  }

  private static Handshake.Run done(Handshake state) {
    assertThat(state).isInstanceOf(Handshake.Done.class);
    return ((Handshake.Done) state).run();
  }

  @ParameterizedTest
  @EnumSource(SignatureScheme.class)
  void bothEndsShareOneSeedUnderEveryScheme(SignatureScheme scheme) {
    SigningKey one = key(scheme);
    SigningKey other = key(scheme);
    Handshake[] ends = run(alice(one, other, methods(ALL)), bob(other, one, methods(ALL)));
    assertThat(done(ends[0]).seed().sameAs(done(ends[1]).seed())).isTrue();
    assertThat(done(ends[0]).transcript().chosen().establishment())
        .isEqualTo(KeyEstablishment.HYBRID);
  }

  /** Whoever sees another conversation has other keys, even if she has part in the exchange. */
  @Test
  void theSeedIsBoundToTheWholeTranscript() {
    try (ExchangeCaller caller = ExchangeCaller.begin(ALL, random)) {
      ExchangeAnswer answer =
          ExchangeAnswer.to(KeyEstablishment.HYBRID, ALL, caller.share(), random).orElseThrow();
      HandshakeMessage.Hello hello =
          new HandshakeMessage.Hello(
              Keys.ALICE,
              Keys.BOB,
              shown(alicesKey),
              random.publicBits(Transcript.NONCE_BITS),
              methods(ALL),
              caller.share());
      HandshakeMessage.Hello fromEve =
          new HandshakeMessage.Hello(
              Keys.EVE, Keys.BOB, hello.shown(), hello.nonce(), hello.offered(), hello.share());
      HandshakeMessage.Opening opening =
          new HandshakeMessage.Opening(
              shown(bobsKey),
              random.publicBits(Transcript.NONCE_BITS),
              new Method(KeyEstablishment.HYBRID, Suite.WEGMAN_CARTER),
              answer.share());
      HandshakeMessage.Opening other =
          new HandshakeMessage.Opening(
              shown(alicesKey), opening.nonce(), opening.chosen(), opening.share());
      SecretBits seed = seed(new Transcript(hello, opening), answer);
      assertThat(seed(new Transcript(hello, opening), answer).sameAs(seed)).isTrue();
      assertThat(seed(new Transcript(fromEve, opening), answer).sameAs(seed)).isFalse();
      assertThat(seed(new Transcript(hello, other), answer).sameAs(seed)).isFalse();
    }
  }

  private SecretBits seed(Transcript transcript, ExchangeAnswer answer) {
    return new SignatureKeys(new CredentialId("00".repeat(16)), alicesKey, bobsKey.verifying())
        .seed(transcript, Optional.of(answer.secrets()));
  }

  @Test
  void theStrongestExchangeThatBothAllowIsUsed() {
    Methods both = methods(Set.of(KeyEstablishment.X25519, KeyEstablishment.ML_KEM_768));
    Handshake[] ends = run(alice(alicesKey, bobsKey, methods(ALL)), bob(bobsKey, alicesKey, both));
    assertThat(done(ends[0]).transcript().chosen().establishment())
        .isEqualTo(KeyEstablishment.ML_KEM_768);
  }

  @Test
  void anOfferThatWasCutOnTheWayIsRefused() {
    MutualAuthentication alice = alice(alicesKey, bobsKey, methods(ALL));
    MutualAuthentication bob = bob(bobsKey, alicesKey, methods(ALL));
    Handshake rest = new Handshake.Resting(false);
    Outcome call = alice.call(rest, Keys.BOB, Keys.NOW, random);
    HandshakeMessage.Hello hello =
        (HandshakeMessage.Hello) HandshakeMessage.parse(sent(call)).orElseThrow();
    byte[] cut =
        new HandshakeMessage.Hello(
                hello.caller(),
                hello.callee(),
                hello.shown(),
                hello.nonce(),
                methods(Set.of(KeyEstablishment.X25519)),
                hello.share())
            .encode();
    Outcome challenge = bob.receive(rest, cut, Keys.NOW, random);
    assertRefused(
        alice.receive(call.after(rest), sent(challenge), Keys.NOW, random), Refusal.WRONG_PROOF);
  }

  @Test
  void aHybridIsNotAnsweredWithLess() {
    MutualAuthentication strict = bob(bobsKey, alicesKey, methods(Set.of(KeyEstablishment.HYBRID)));
    MutualAuthentication alice =
        alice(
            alicesKey,
            bobsKey,
            methods(Set.of(KeyEstablishment.X25519, KeyEstablishment.ML_KEM_768)));
    Outcome call = alice.call(new Handshake.Resting(false), Keys.BOB, Keys.NOW, random);
    assertRefused(
        strict.receive(new Handshake.Resting(false), sent(call), Keys.NOW, random),
        Refusal.NO_COMMON_METHOD);
  }

  @Test
  void aHybridOfferWithHalfAShareIsRefused() {
    MutualAuthentication bob = bob(bobsKey, alicesKey, methods(ALL));
    try (ExchangeCaller half = ExchangeCaller.begin(Set.of(KeyEstablishment.X25519), random)) {
      byte[] stripped =
          new HandshakeMessage.Hello(
                  Keys.ALICE,
                  Keys.BOB,
                  shown(alicesKey),
                  random.publicBits(Transcript.NONCE_BITS),
                  methods(ALL),
                  half.share())
              .encode();
      assertRefused(
          bob.receive(new Handshake.Resting(false), stripped, Keys.NOW, random),
          Refusal.WRONG_SHARE);
    }
  }

  @Test
  void aShareThatWasExchangedOnTheWayIsRefused() {
    MutualAuthentication alice = alice(alicesKey, bobsKey, methods(ALL));
    MutualAuthentication bob = bob(bobsKey, alicesKey, methods(ALL));
    Handshake rest = new Handshake.Resting(false);
    Outcome call = alice.call(rest, Keys.BOB, Keys.NOW, random);
    HandshakeMessage.Hello hello =
        (HandshakeMessage.Hello) HandshakeMessage.parse(sent(call)).orElseThrow();
    try (ExchangeCaller eves = ExchangeCaller.begin(ALL, random)) {
      byte[] hers =
          new HandshakeMessage.Hello(
                  hello.caller(),
                  hello.callee(),
                  hello.shown(),
                  hello.nonce(),
                  hello.offered(),
                  eves.share())
              .encode();
      Outcome challenge = bob.receive(rest, hers, Keys.NOW, random);
      assertRefused(
          alice.receive(call.after(rest), sent(challenge), Keys.NOW, random), Refusal.WRONG_PROOF);
    }
  }

  @Test
  void aStrangerIsRefusedWithOneLine() {
    SigningKey stranger = key(SignatureScheme.ED25519);
    Outcome call =
        alice(stranger, bobsKey, methods(ALL))
            .call(new Handshake.Resting(false), Keys.BOB, Keys.NOW, random);
    Outcome answer =
        bob(bobsKey, alicesKey, methods(ALL))
            .receive(new Handshake.Resting(false), sent(call), Keys.NOW, random);
    assertRefused(answer, Refusal.UNTRUSTED_CREDENTIAL);
    assertThat(((Refused) answer).text()).isEqualTo("alice is not enrolled");
    assertThat(answer.send()).isEmpty();
  }

  @Test
  void theExchangeOfACallIsGoneWhenItIsGivenUp() {
    MutualAuthentication alice = alice(alicesKey, bobsKey, methods(ALL));
    Handshake called =
        alice
            .call(new Handshake.Resting(false), Keys.BOB, Keys.NOW, random)
            .after(new Handshake.Resting(false));
    alice.giveUp(called);
    assertThat(((Handshake.Called) called).exchange().isDestroyed()).isTrue();
  }

  @Test
  void theSigningKeyIsGoneAfterTheFirstSession() {
    MutualAuthentication alice = alice(alicesKey, bobsKey, methods(ALL));
    Handshake[] ends = run(alice, bob(bobsKey, alicesKey, methods(ALL)));
    Handshake begun = alice.begin(ends[0], Keys.BOB).after(ends[0]);
    alice.finish(begun);
    assertThat(alicesKey.isDestroyed()).isTrue();
    assertThat(done(ends[0]).seed().isDestroyed()).isTrue();
    assertRefused(
        alice.call(new Handshake.Resting(false), Keys.BOB, Keys.NOW, random),
        Refusal.UNKNOWN_CREDENTIAL);
  }

  @Test
  void methodsThatDoNotGoWithTheAnchorAreNoConfiguration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alice(alicesKey, bobsKey, methods(Set.of(KeyEstablishment.NONE))));
    try (PresharedKeys shared = new PresharedKeys(Keys.ALICE)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> new MutualAuthentication(Party.ALICE, Keys.ALICE, shared, methods(ALL)));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new MutualAuthentication(
                      Party.ALICE, Keys.ALICE, shared, Methods.preshared(Set.of(Suite.SIGNATURE))));
    }
  }

  private static void assertRefused(Outcome outcome, Refusal reason) {
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused) outcome).reason()).isEqualTo(reason);
  }
}
