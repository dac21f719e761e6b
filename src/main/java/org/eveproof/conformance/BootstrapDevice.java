package org.eveproof.conformance;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.HandshakeMessage;
import org.eveproof.bootstrap.Method;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.MutualAuthentication;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.conformance.AuthBootstrapSnapshot.RunState;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;

/** A real device under test: its anchor, its machine, its state, and the nonces it published. */
final class BootstrapDevice {
  final Party party;
  final DeviceName name;
  private final BootstrapCredentials credentials;
  MutualAuthentication machine;
  Handshake state = new Handshake.Resting(false);

  /** A nonce and the share of the key exchange that travelled beside it. */
  record Opening(Bits nonce, Bits share) {}

  /** What this device ever sent; equal bytes are one nonce. */
  private final Map<Opening, Integer> openings = new LinkedHashMap<>();

  BootstrapDevice(Party party, BootstrapCredentials credentials) {
    this.party = party;
    this.name = BootstrapCredentials.nameOf(party);
    this.credentials = credentials;
    this.machine = newMachine();
  }

  private MutualAuthentication newMachine() {
    return new MutualAuthentication(party, name, anchor(), credentials.methods());
  }

  private TrustAnchor anchor() {
    return credentials.anchor(party);
  }

  /** Starts anew with what it trusts now; where it stands stays as it is. */
  void reconfigure() {
    machine = newMachine();
  }

  void publishes(Bits nonce, Bits share) {
    openings.putIfAbsent(new Opening(nonce, share), openings.size() + 1);
  }

  int runs() {
    return openings.size();
  }

  /** Returns the number of what this device opened a run with, 0 for anything else. */
  int numberOf(Bits nonce, Bits share) {
    return openings.getOrDefault(new Opening(nonce, share), 0);
  }

  /** Returns what this device opened its run of that number with. */
  Opening opening(int number) {
    return openings.keySet().stream().skip(number - 1L).findFirst().orElseThrow();
  }

  /** Whether it was told that its honest peer's credential is revoked. */
  boolean heardOfRevocation() {
    return credentials.peersIds(party).stream().allMatch(anchor()::isRevoked);
  }

  /** Whether its run rests on the credential of its honest peer. */
  boolean restsOnPeer() {
    Set<CredentialId> ids = credentials.peersIds(party);
    return state.restsOn().filter(key -> ids.contains(key.id())).isPresent();
  }

  /** Returns where this device stands, its nonces numbered by who published them. */
  RunState runState(BootstrapDevice alice, BootstrapDevice bob) {
    if (state instanceof Handshake.Called called) {
      HandshakeMessage.Hello hello = called.hello();
      return new RunState(
          "called",
          hello.callee().text(),
          alice.numberOf(hello.nonce(), hello.share()),
          0,
          strengths(hello.offered()),
          0);
    } else if (state instanceof Handshake.Challenged challenged) {
      return inRun("challenged", challenged.run().transcript(), alice, bob);
    } else if (state instanceof Handshake.Proved proved) {
      return inRun("proved", proved.run().transcript(), alice, bob);
    } else if (state instanceof Handshake.Done done) {
      return inRun("done", done.run().transcript(), alice, bob);
    } else if (state instanceof Handshake.Begun begun) {
      return inRun("done", begun.run().transcript(), alice, bob);
    } else if (state instanceof Handshake.Over over) {
      return inRun("done", over.transcript(), alice, bob);
    }
    boolean idle = state instanceof Handshake.Resting resting && !resting.failed();
    return RunState.resting(idle ? "idle" : "failed");
  }

  private RunState inRun(
      String phase, Transcript transcript, BootstrapDevice alice, BootstrapDevice bob) {
    return new RunState(
        phase,
        transcript.peerOf(name).text(),
        callerNumber(transcript, alice),
        calleeNumber(transcript, bob),
        strengths(transcript.offered()),
        strength(transcript.chosen()));
  }

  static int callerNumber(Transcript transcript, BootstrapDevice alice) {
    return alice.numberOf(transcript.callerNonce(), transcript.hello().share());
  }

  static int calleeNumber(Transcript transcript, BootstrapDevice bob) {
    return bob.numberOf(transcript.calleeNonce(), transcript.challenge().share());
  }

  /** Returns the transcript of its run, as long as its messages may be answered. */
  Optional<Transcript> transcript() {
    return state instanceof Handshake.Begun
        ? Optional.empty()
        : state.currentRun().map(Handshake.Run::transcript);
  }

  /** Returns the specification's number for a method: the greater, the stronger. */
  int strength(Method method) {
    return credentials.byStrength().indexOf(method) + 1;
  }

  Set<Integer> strengths(Methods methods) {
    Set<Integer> strengths = new TreeSet<>();
    List<Method> known = credentials.byStrength();
    known.stream().filter(methods::allows).map(this::strength).forEach(strengths::add);
    return strengths;
  }

  Method method(int strength) {
    return credentials.byStrength().get(strength - 1);
  }

  MutualAuthentication.Outcome receives(byte[] message, Instant now, SecretRandom random) {
    return machine.receive(state, message, now, random);
  }
}
