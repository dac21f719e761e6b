package org.eveproof.conformance;

import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.MutualAuthentication;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.conformance.AuthBootstrapSnapshot.Registered;
import org.eveproof.conformance.AuthBootstrapSnapshot.RunState;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;

/** A real device under test: its anchor, its machine, its state, and the nonces it published. */
final class BootstrapDevice implements AutoCloseable {
  final Party party;
  final DeviceName name;
  final PresharedKeys anchor;
  final MutualAuthentication machine;
  Handshake state = new Handshake.Resting(false);

  /** The nonces that this device ever sent; equal bytes are one nonce. */
  private final Map<Bits, Integer> nonces = new LinkedHashMap<>();

  BootstrapDevice(Party party) {
    this.party = party;
    this.name = new DeviceName(party.specName());
    this.anchor = new PresharedKeys(name);
    this.machine = new MutualAuthentication(party, name, anchor, EnumSet.allOf(Suite.class));
  }

  void publishes(Bits nonce) {
    nonces.putIfAbsent(nonce, nonces.size() + 1);
  }

  int runs() {
    return nonces.size();
  }

  /** Returns the number of one of this device's nonces, 0 for any other. */
  int numberOf(Bits nonce) {
    return nonces.getOrDefault(nonce, 0);
  }

  /** Returns this device's nonce of that number; it must have been published. */
  Bits nonce(int number) {
    return nonces.keySet().stream().skip(number - 1L).findFirst().orElseThrow();
  }

  /** Returns what is registered here for the key shared with a peer. */
  Registered registered(DeviceName peer) {
    return anchor
        .credentialFor(peer)
        .map(
            credential ->
                new Registered(
                    credential.origin() == Credential.Origin.COURIER ? 1 : 0,
                    0,
                    credential.purpose() == Credential.Purpose.AUTHENTICATION
                        ? "authentication"
                        : "other"))
        .orElse(Registered.NOTHING);
  }

  boolean heardOfRevocation(CredentialId id) {
    return anchor.isRevoked(id);
  }

  /** Returns where this device stands, its nonces numbered by who published them. */
  RunState runState(BootstrapDevice alice, BootstrapDevice bob) {
    if (state instanceof Handshake.Called called) {
      return new RunState(
          "called",
          called.hello().callee().text(),
          alice.numberOf(called.hello().nonce()),
          0,
          strengths(called.hello().offered()),
          0);
    } else if (state instanceof Handshake.Challenged challenged) {
      return inRun("challenged", challenged.transcript(), alice, bob);
    } else if (state instanceof Handshake.Proved proved) {
      return inRun("proved", proved.transcript(), alice, bob);
    } else if (state instanceof Handshake.Done done) {
      return inRun("done", done.transcript(), alice, bob);
    } else if (state instanceof Handshake.Begun begun) {
      return inRun("done", begun.done().transcript(), alice, bob);
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
        alice.numberOf(transcript.callerNonce()),
        bob.numberOf(transcript.calleeNonce()),
        strengths(transcript.offered()),
        strength(transcript.chosen()));
  }

  /** Returns the specification's number for a method: the greater, the stronger. */
  static int strength(Suite suite) {
    return Handshake.byStrength().size() - Handshake.byStrength().indexOf(suite);
  }

  static Set<Integer> strengths(Set<Suite> suites) {
    return suites.stream().map(BootstrapDevice::strength).collect(Collectors.toSet());
  }

  static Suite suite(int strength) {
    return Handshake.byStrength().get(Handshake.byStrength().size() - strength);
  }

  MutualAuthentication.Outcome receives(byte[] message, Instant now, SecretRandom random) {
    return machine.receive(state, message, now, random);
  }

  @Override
  public void close() {
    anchor.close();
  }
}
