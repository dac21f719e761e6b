package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.ProofKind;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** What Eve has: keys of her own, keys she stole or can imitate, secrets she worked out. */
final class BootstrapEve implements AutoCloseable {
  private final SecretRandom random;
  private final Map<String, PresharedKey> keys = new LinkedHashMap<>();
  private final List<SecretBits> secrets = new ArrayList<>();

  BootstrapEve(SecretRandom random) {
    this.random = random;
  }

  /** Hands her a key with all its bytes: her own, a stolen one, or one she need not know to use. */
  @Refines("AuthBootstrap!StealCredential")
  @Refines("AuthBootstrap!BreakPrimitive")
  void takes(String name, PresharedKey key) {
    keys.put(name, key);
  }

  boolean has(String name) {
    return keys.containsKey(name);
  }

  void learns(SecretBits secret) {
    secrets.add(secret);
  }

  boolean knows(SecretBits secret) {
    return secrets.stream().anyMatch(secret::sameAs);
  }

  /** Returns a proof under each key she has, and a guess. */
  List<Bits> proofs(ProofKind kind, Transcript transcript) {
    List<Bits> proofs = new ArrayList<>();
    for (PresharedKey key : keys.values()) {
      proofs.add(key.prove(kind, transcript));
    }
    proofs.add(random.publicBits(256));
    return proofs;
  }

  /** Returns every secret that she knows, can derive for a transcript, or guesses. */
  List<SecretBits> candidates(List<Transcript> transcripts) {
    List<SecretBits> candidates = new ArrayList<>(secrets);
    for (PresharedKey key : keys.values()) {
      transcripts.forEach(transcript -> candidates.add(key.seed(transcript)));
    }
    candidates.add(random.secretBits(256));
    return candidates;
  }

  @Override
  public void close() {
    secrets.forEach(SecretBits::destroy);
  }
}
