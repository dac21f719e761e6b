package org.eveproof.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.Signed;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.Method;
import org.eveproof.bootstrap.MutualAuthentication;
import org.eveproof.bootstrap.MutualAuthentication.Outcome;
import org.eveproof.bootstrap.MutualAuthentication.Refused;
import org.eveproof.bootstrap.Refusal;
import org.eveproof.bootstrap.SignatureKeys;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * The mutual authentication as the first stage of the link.
 *
 * <p>Its first message is authenticated by nothing, so anybody can start a run that nobody goes on
 * with. Hence Bob leaves a run that waits when a new one is begun, and Alice begins a new one when
 * she has asked in vain a few times.
 */
final class LinkBootstrap implements LinkStage {
  private static final int ASK_IN_VAIN = 8;

  private final Party self;
  private final MutualAuthentication authentication;
  private final DeviceName peer;
  private final InstantSource clock;
  private final SecretRandom random;
  private Handshake state = new Handshake.Resting(false);
  private Optional<String> failure = Optional.empty();
  private Optional<String> refusal = Optional.empty();
  private int asked;

  LinkBootstrap(
      Party self,
      MutualAuthentication authentication,
      DeviceName peer,
      InstantSource clock,
      SecretRandom random) {
    this.self = self;
    this.authentication = authentication;
    this.peer = peer;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public List<LinkEffect> begin() {
    return self == Party.ALICE ? call() : List.of();
  }

  private List<LinkEffect> call() {
    Outcome outcome = authentication.call(state, peer, clock.instant(), random);
    if (outcome instanceof Refused refused) {
      failure = Optional.of("the credential cannot be used: " + refused.text());
    }
    return follow(outcome);
  }

  @Override
  public Optional<List<LinkEffect>> receive(byte[] bytes) {
    Outcome outcome = authentication.receive(state, bytes, clock.instant(), random);
    if (self == Party.BOB
        && state instanceof Handshake.Challenged
        && outcome instanceof Refused refused
        && refused.reason() == Refusal.NOT_NOW) {
      // The run that waits is left only for one that can begin.
      outcome = authentication.receive(new Handshake.Resting(true), bytes, clock.instant(), random);
      if (outcome instanceof MutualAuthentication.Moved) {
        state = authentication.giveUp(state).after(state);
      }
    }
    if (outcome instanceof Refused refused && refused.reason() != Refusal.NOT_NOW) {
      refusal = Optional.of(refused.text());
    }
    return outcome instanceof MutualAuthentication.Moved
        ? Optional.of(follow(outcome))
        : Optional.empty();
  }

  @Override
  public Optional<List<LinkEffect>> retry() {
    if (self == Party.ALICE && state.isMidRun() && ++asked > ASK_IN_VAIN) {
      asked = 0;
      state = authentication.giveUp(state).after(state);
      return Optional.of(call());
    }
    return Optional.empty();
  }

  private List<LinkEffect> follow(Outcome outcome) {
    state = outcome.after(state);
    if (state instanceof Handshake.Done) {
      Outcome begun = authentication.begin(state, peer);
      state = begun.after(state);
      if (begun instanceof Refused refused) {
        failure = Optional.of("another device answered: " + refused.text());
      }
    }
    return outcome
        .send()
        .map(bytes -> List.<LinkEffect>of(new LinkEffect.Send(bytes)))
        .orElse(List.of());
  }

  @Override
  public List<LinkEffect> giveUp() {
    state = authentication.giveUp(state).after(state);
    return List.of();
  }

  @Override
  public boolean isOver() {
    return state instanceof Handshake.Begun;
  }

  @Override
  public Optional<String> failure() {
    return failure;
  }

  /** Returns the seed of the first one-time keys; it belongs to the handshake. */
  SecretBits seed() {
    return begun().run().seed();
  }

  /** Returns the identifier of the session: new each time, because both nonces are in it. */
  long session() {
    Transcript transcript = begun().run().transcript();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(transcript.callerNonce().toBytes());
      digest.update(transcript.calleeNonce().toBytes());
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Returns how the first keys were made and messages are authenticated. */
  Method method() {
    return state instanceof Handshake.Over over
        ? over.transcript().chosen()
        : begun().run().transcript().chosen();
  }

  /** Returns the transcript of the bootstrap, also when the credential is gone. */
  byte[] transcript() {
    return state instanceof Handshake.Over over
        ? over.transcript().bytes()
        : begun().run().transcript().bytes();
  }

  /**
   * Returns how the messages of the next stage are authenticated. Signatures are made with the keys
   * that proved who is who, and only in session 1: from then on nothing rests on the credential,
   * and the keys that the link made authenticate its messages ({@code AuthBootstrap!WindowOnly}).
   */
  MessageAuthenticator authenticator() {
    if (method().suite() == Suite.SIGNATURE
        && state instanceof Handshake.Begun begun
        && begun.run().key() instanceof SignatureKeys keys) {
      return new Signed(keys.own(), keys.peer());
    }
    return handoverAuthenticator();
  }

  /** Returns how the messages of the handover are authenticated: always with one-time keys. */
  MessageAuthenticator handoverAuthenticator() {
    Suite suite = method().suite();
    return (suite == Suite.SIGNATURE ? Suite.WEGMAN_CARTER : suite).authenticator();
  }

  /** Returns what an operator should look at when nobody is authenticated. */
  String hint() {
    return refusal
        .map(text -> "the last message was refused: " + text)
        .orElse("do both ends trust each other's credentials?");
  }

  /** Destroys the seed, whose keys are in the ledger; the credential stays. */
  void forgetSeed() {
    state.forget();
  }

  /** Destroys seed and credential: the link stands on keys of its own. */
  void finish() {
    state = authentication.finish(state).after(state);
  }

  private Handshake.Begun begun() {
    if (state instanceof Handshake.Begun begun) {
      return begun;
    }
    throw new IllegalStateException("nobody is authenticated");
  }

  @Override
  public void close() {
    finish();
  }
}
