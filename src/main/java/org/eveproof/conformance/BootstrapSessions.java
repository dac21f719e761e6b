package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.FixedOneTimeKeys;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.MutualAuthentication.Moved;
import org.eveproof.bootstrap.MutualAuthentication.Outcome;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.conformance.AuthBootstrapSnapshot.SessionState;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * The sessions that follow a bootstrap, each as small as it can be: one message under real one-time
 * keys, and a key that comes over the (simulated) quantum channel. Half of that key authenticates
 * the next session, half is delivered.
 */
final class BootstrapSessions implements AutoCloseable {
  private static final int PART_BITS = 256;
  private static final int LINK_MESSAGE = 64;
  private static final int KEYS = 2;

  private final BootstrapDevice alice;
  private final BootstrapDevice bob;
  private final BootstrapEve eve;
  private final SecretRandom light;
  private final List<Session> sessions = new ArrayList<>();
  private List<Transcript> transcripts = List.of();
  private Ends fromCredential;
  private boolean exchangeIsBroken;

  BootstrapSessions(
      int count, BootstrapDevice alice, BootstrapDevice bob, BootstrapEve eve, SecretRandom light) {
    this.alice = alice;
    this.bob = bob;
    this.eve = eve;
    this.light = light;
    this.fromCredential = new Ends(light.secretBits(PART_BITS), light.secretBits(PART_BITS));
    for (int i = 0; i < count; i++) {
      sessions.add(new Session());
    }
  }

  /** What one session has at its two ends. */
  private static final class Session {
    Optional<Ends> authentication = Optional.empty();
    Optional<Ends> made = Optional.empty();
    Optional<SecretBits> light = Optional.empty();
    String rests = "none";
    boolean mitm;
    boolean bad;

    boolean begun() {
      return authentication.isPresent();
    }

    boolean running() {
      return begun() && made.isEmpty();
    }
  }

  /** One secret at each end; the same bytes if nobody stands between. */
  private record Ends(SecretBits alice, SecretBits bob) {
    Ends slice(int from, int to) {
      return new Ends(alice.slice(from, to), bob.slice(from, to));
    }

    Ends copy() {
      return slice(0, alice.length());
    }

    void destroy() {
      alice.destroy();
      bob.destroy();
    }
  }

  /** Returns each session as the specification sees it. */
  List<SessionState> snapshot() {
    List<SessionState> states = new ArrayList<>();
    for (Session session : sessions) {
      states.add(
          new SessionState(
              phase(session),
              session.rests,
              source(session),
              session.mitm,
              known(session),
              session.bad));
    }
    return states;
  }

  private String phase(Session session) {
    if (!session.begun()) {
      return "none";
    }
    if (!session.running()) {
      return "done";
    }
    boolean stopped = session == sessions.get(0) && !bothBegun();
    return stopped ? "aborted" : "run";
  }

  private boolean bothBegun() {
    return alice.state instanceof Handshake.Begun && bob.state instanceof Handshake.Begun;
  }

  /** Tells what the delivered key was made from, by comparing it with what the light brought. */
  private static Set<String> source(Session session) {
    if (session.made.isEmpty() || session.light.isEmpty()) {
      return Set.of();
    }
    return session.made.get().alice().sameAs(session.light.get())
        ? Set.of("quantum")
        : Set.of("credential");
  }

  private boolean known(Session session) {
    return session
        .made
        .filter(ends -> eve.knows(ends.alice()) || eve.knows(ends.bob()))
        .isPresent();
  }

  /** Begins the i-th session, from 1, if its first message passes. */
  @Refines("AuthBootstrap!BeginSession")
  boolean begin(int i) {
    Session session = sessions.get(i - 1);
    if (session.begun()) {
      return false;
    }
    if (i > 1) {
      Session before = sessions.get(i - 2);
      if (before.made.isEmpty()) {
        return false;
      }
      open(session, before.made.get().slice(0, PART_BITS), before.mitm);
      return true;
    }
    Outcome atAlice = alice.machine.begin(alice.state, bob.name);
    Outcome atBob = bob.machine.begin(bob.state, alice.name);
    if (atAlice instanceof Moved a
        && atBob instanceof Moved b
        && a.state() instanceof Handshake.Begun begunA
        && b.state() instanceof Handshake.Begun begunB) {
      Ends seeds = new Ends(begunA.run().seed(), begunB.run().seed());
      transcripts = List.of(begunA.run().transcript(), begunB.run().transcript());
      Suite atAliceSuite = begunA.run().transcript().chosen().suite();
      Suite atBobSuite = begunB.run().transcript().chosen().suite();
      boolean direct = passes(seeds.alice(), seeds.bob(), atAliceSuite);
      boolean translated =
          candidates(seeds).stream().anyMatch(secret -> passes(seeds.alice(), secret, atAliceSuite))
              && candidates(seeds).stream()
                  .anyMatch(secret -> passes(secret, seeds.bob(), atBobSuite));
      if (direct || translated) {
        alice.state = begunA;
        bob.state = begunB;
        fromCredential = seeds.copy();
        open(session, seeds, !direct);
        return true;
      }
    }
    return false;
  }

  private void open(Session session, Ends secrets, boolean mitm) {
    session.authentication = Optional.of(secrets);
    session.mitm = mitm;
    session.rests =
        fromCredential.alice().sameAs(secrets.alice()) || fromCredential.bob().sameAs(secrets.bob())
            ? "credential"
            : "chain";
  }

  /**
   * Returns what Eve can try where a message of a session is awaited that these secrets protect.
   */
  private List<SecretBits> candidates(Ends ends) {
    List<SecretBits> candidates = eve.candidates(transcripts);
    if (exchangeIsBroken) {
      // Who can break the exchange gets out of the public shares what the two ends got out of them.
      candidates.add(ends.alice());
      candidates.add(ends.bob());
    }
    return candidates;
  }

  /** From now on Eve can break every key exchange. */
  void breakExchange() {
    exchangeIsBroken = true;
  }

  /** Ends the i-th session, from 1: the light has brought a key, to each end or to Eve twice. */
  @Refines("AuthBootstrap!FinishSession")
  boolean finish(int i, boolean bad) {
    Session session = sessions.get(i - 1);
    if (!session.running()) {
      return false;
    }
    if (i == 1) {
      Outcome atAlice = alice.machine.finish(alice.state);
      Outcome atBob = bob.machine.finish(bob.state);
      if (!(atAlice instanceof Moved) || !(atBob instanceof Moved)) {
        return false;
      }
      alice.state = atAlice.after(alice.state);
      bob.state = atBob.after(bob.state);
    } else {
      session.authentication.ifPresent(Ends::destroy);
    }
    SecretBits toAlice = light.secretBits(2 * PART_BITS);
    SecretBits toBob = session.mitm ? light.secretBits(2 * PART_BITS) : toAlice.slice(0, 512);
    if (session.mitm) {
      eve.learns(toAlice.slice(0, 2 * PART_BITS));
      eve.learns(toBob.slice(0, 2 * PART_BITS));
      eve.learns(toAlice.slice(0, PART_BITS));
      eve.learns(toBob.slice(0, PART_BITS));
    }
    session.light = Optional.of(toAlice.slice(0, 2 * PART_BITS));
    session.made = Optional.of(new Ends(toAlice, toBob));
    session.bad = bad;
    return true;
  }

  /** Eve tries to make Bob take a message of hers for Alice's, with every secret she can get. */
  @Refines("AuthBootstrap!Intrude")
  boolean intrude(int i) {
    Session session = sessions.get(i - 1);
    if (session.mitm || !phase(session).equals("run") || session.authentication.isEmpty()) {
      return false;
    }
    Ends ends = session.authentication.get();
    session.mitm =
        (i == 1 ? candidates(ends) : eve.candidates(transcripts))
            .stream().anyMatch(secret -> passes(secret, ends.bob(), Suite.HMAC_SHA256));
    return session.mitm;
  }

  /** Eve tries whether anything she can get is the key of a finished session. */
  @Refines("AuthBootstrap!Reconstruct")
  boolean reconstruct(int i) {
    Session session = sessions.get(i - 1);
    if (session.made.isEmpty() || known(session)) {
      return false;
    }
    for (SecretBits candidate : eve.candidates(transcripts)) {
      if (candidate.sameAs(session.made.get().alice())) {
        eve.learns(candidate);
      }
    }
    return true;
  }

  /** Whether Bob takes a message from Alice's side under his secret that was made with another. */
  private static boolean passes(SecretBits sender, SecretBits receiver, Suite suite) {
    try (FixedOneTimeKeys out = new FixedOneTimeKeys(Party.ALICE, sender.toBytes(), KEYS);
        FixedOneTimeKeys in = new FixedOneTimeKeys(Party.BOB, receiver.toBytes(), KEYS);
        OneTimeKey key = out.take().orElseThrow()) {
      Header header = new Header(suite, Party.ALICE, 1, 0, 0, LINK_MESSAGE, key.index());
      byte[] wire = Frame.seal(suite.authenticator(), key, header, new byte[] {1}).encode();
      Optional<Frame> arrived = Frame.parse(wire);
      Optional<OneTimeKey> expected = in.lookup(key.index());
      return arrived.isPresent()
          && expected.isPresent()
          && arrived.get().verifies(suite.authenticator(), expected.get());
    }
  }

  @Override
  public void close() {
    fromCredential.destroy();
    for (Session session : sessions) {
      session.authentication.ifPresent(Ends::destroy);
      session.made.ifPresent(Ends::destroy);
      session.light.ifPresent(SecretBits::destroy);
    }
  }
}
