package org.eveproof.conformance;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.HandshakeMessage;
import org.eveproof.bootstrap.ProofKind;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.conformance.AuthBootstrapSnapshot.ProofAccepted;
import org.eveproof.conformance.AuthBootstrapSnapshot.ProofSent;
import org.eveproof.conformance.AuthBootstrapSnapshot.Registered;
import org.eveproof.conformance.AuthBootstrapSnapshot.RunBegun;
import org.eveproof.protocol.Bits;

/** What the specification's ghosts remember, read off what really happened. */
final class BootstrapGhosts {
  private final BootstrapCredentials credentials;
  private final BootstrapDevice alice;
  private final BootstrapDevice bob;
  private final Map<Bits, ProofSent> sent = new LinkedHashMap<>();
  private final Set<RunBegun> began = new LinkedHashSet<>();
  private final Set<ProofAccepted> accepted = new LinkedHashSet<>();

  BootstrapGhosts(BootstrapCredentials credentials, BootstrapDevice alice, BootstrapDevice bob) {
    this.credentials = credentials;
    this.alice = alice;
    this.bob = bob;
  }

  /** Returns every proof that an honest party ever sent. */
  Set<Bits> proofs() {
    return sent.keySet();
  }

  Set<ProofSent> net() {
    return Set.copyOf(sent.values());
  }

  Set<RunBegun> began() {
    return Set.copyOf(began);
  }

  Set<ProofAccepted> accepted() {
    return Set.copyOf(accepted);
  }

  void recordSent(BootstrapDevice device, HandshakeMessage message) {
    if (message instanceof HandshakeMessage.Hello hello) {
      device.publishes(hello.nonce(), hello.share());
    } else if (message instanceof HandshakeMessage.Challenge challenge) {
      device.publishes(challenge.opening().nonce(), challenge.opening().share());
    }
    Optional<Bits> proof = proofOf(message);
    Optional<Transcript> view = device.transcript();
    if (proof.isPresent() && view.isPresent()) {
      sent.putIfAbsent(
          proof.get(),
          describe(
              kindOf(message), proof.get(), view.get(), device.party.specName(), device.runs()));
    }
  }

  void recordBegin(BootstrapDevice device, DeviceName peer, int day) {
    boolean honest = !peer.equals(BootstrapCredentials.EVE);
    Registered registered =
        honest
            ? credentials.registered(credentials.keyOf(peer, device.name))
            : new Registered(1, 0, "authentication");
    began.add(
        new RunBegun(
            device.party.specName(),
            peer.text(),
            day,
            registered,
            honest && device.heardOfRevocation()));
  }

  void recordTaken(BootstrapDevice device, HandshakeMessage message) {
    Optional<Bits> proof = proofOf(message);
    Optional<Transcript> view = device.transcript();
    if (proof.isEmpty() || view.isEmpty()) {
      return;
    }
    Transcript seen = view.get();
    ProofKind kind = kindOf(message);
    ProofSent maker =
        Optional.ofNullable(sent.get(proof.get()))
            .orElseGet(() -> known(describe(kind, proof.get(), seen, "eve", 0)));
    accepted.add(
        new ProofAccepted(
            device.party.specName(),
            device.runs(),
            seen.peerOf(device.name).text(),
            spelt(kind),
            BootstrapDevice.callerNumber(seen, alice),
            BootstrapDevice.calleeNumber(seen, bob),
            device.strengths(seen.offered()),
            device.strength(seen.chosen()),
            maker));
  }

  /**
   * Returns the proof that an honest party sent and that says the same, if there is one: what a
   * device shows with its proof, which may have been issued anew since, is not in the model.
   */
  private ProofSent known(ProofSent forged) {
    return sent.values().stream()
        .filter(honest -> honest.by("eve", 0).equals(forged))
        .findFirst()
        .orElse(forged);
  }

  /** Describes a proof: under which key it is right is found out by verifying it under each. */
  private ProofSent describe(ProofKind kind, Bits proof, Transcript seen, String by, int run) {
    Optional<String> key =
        credentials.keys().entrySet().stream()
            .filter(known -> known.getValue().verifies(kind, seen, proof))
            .map(Map.Entry::getKey)
            .findFirst();
    return new ProofSent(
        spelt(kind),
        key.orElse("none"),
        seen.caller().text(),
        seen.callee().text(),
        BootstrapDevice.callerNumber(seen, alice),
        BootstrapDevice.calleeNumber(seen, bob),
        alice.strengths(seen.offered()),
        alice.strength(seen.chosen()),
        key.isPresent(),
        by,
        run);
  }

  private static String spelt(ProofKind kind) {
    return switch (kind) {
      case CHALLENGE -> "challenge";
      case PROOF -> "proof";
      case ACCEPT -> "accept";
    };
  }

  private static ProofKind kindOf(HandshakeMessage message) {
    if (message instanceof HandshakeMessage.Challenge) {
      return ProofKind.CHALLENGE;
    }
    return message instanceof HandshakeMessage.Proof ? ProofKind.PROOF : ProofKind.ACCEPT;
  }

  private static Optional<Bits> proofOf(HandshakeMessage message) {
    if (message instanceof HandshakeMessage.Challenge challenge) {
      return Optional.of(challenge.proof());
    } else if (message instanceof HandshakeMessage.Proof proof) {
      return Optional.of(proof.proof());
    } else if (message instanceof HandshakeMessage.Accept accept) {
      return Optional.of(accept.proof());
    }
    return Optional.empty();
  }
}
