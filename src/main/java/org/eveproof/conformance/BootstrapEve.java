package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eveproof.bootstrap.PeerKey;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.ProofKind;
import org.eveproof.bootstrap.SignatureKeys;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.bootstrap.exchange.ExchangeAnswer;
import org.eveproof.bootstrap.exchange.ExchangeCaller;
import org.eveproof.bootstrap.exchange.ExchangeSecrets;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** What Eve has: keys of her own, keys she stole or can imitate, secrets she worked out. */
final class BootstrapEve implements AutoCloseable {
  private final SecretRandom random;
  private final Map<String, PeerKey> keys = new LinkedHashMap<>();
  private final List<SecretBits> secrets = new ArrayList<>();
  private final ExchangeCaller caller;
  private final Map<Answered, ExchangeAnswer> answers = new LinkedHashMap<>();

  /** What she answered in a key exchange. */
  private record Answered(KeyEstablishment chosen, Bits callerShare) {}

  BootstrapEve(SecretRandom random, BootstrapCredentials credentials) {
    this.random = random;
    this.caller = ExchangeCaller.begin(credentials.methods().establishments(), random);
  }

  /** Hands her a key with all its bytes: her own, a stolen one, or one she need not know to use. */
  @Refines("AuthBootstrap!StealCredential")
  @Refines("AuthBootstrap!BreakPrimitive")
  void takes(String name, PeerKey key) {
    keys.put(name, key);
  }

  void learns(SecretBits secret) {
    secrets.add(secret);
  }

  boolean knows(SecretBits secret) {
    return secrets.stream().anyMatch(secret::sameAs);
  }

  /** Returns her share as a caller, always the same. */
  Bits share() {
    return caller.share();
  }

  /** Returns her share as a callee, for a caller's share; the same each time. */
  Bits answer(KeyEstablishment chosen, Bits callerShare) {
    return answers
        .computeIfAbsent(
            new Answered(chosen, callerShare),
            asked ->
                ExchangeAnswer.to(asked.chosen(), Set.of(asked.chosen()), callerShare, random)
                    .orElseThrow())
        .share();
  }

  /** Returns a proof under each key she has, and a guess. */
  List<Bits> proofs(ProofKind kind, Transcript transcript) {
    List<Bits> proofs = new ArrayList<>();
    for (PeerKey key : keys.values()) {
      proofs.add(key.prove(kind, transcript));
    }
    proofs.add(random.publicBits(256));
    return proofs;
  }

  /** Returns every secret that she knows, can derive for a transcript, or guesses. */
  List<SecretBits> candidates(List<Transcript> transcripts) {
    List<SecretBits> candidates = new ArrayList<>(secrets);
    for (Transcript transcript : transcripts) {
      for (PeerKey key : keys.values()) {
        if (key instanceof PresharedKey shared) {
          candidates.add(shared.seed(transcript));
        } else if (key instanceof SignatureKeys signing) {
          exchanged(transcript)
              .forEach(own -> candidates.add(signing.seed(transcript, Optional.of(own))));
        }
      }
    }
    candidates.add(random.secretBits(256));
    return candidates;
  }

  /** Returns what a key exchange gave her in which she was one of the two. */
  private List<ExchangeSecrets> exchanged(Transcript transcript) {
    List<ExchangeSecrets> own = new ArrayList<>();
    KeyEstablishment chosen = transcript.chosen().establishment();
    caller.finish(chosen, transcript.challenge().share()).ifPresent(own::add);
    Optional.ofNullable(answers.get(new Answered(chosen, transcript.hello().share())))
        .map(ExchangeAnswer::secrets)
        .ifPresent(own::add);
    return own;
  }

  @Override
  public void close() {
    secrets.forEach(SecretBits::destroy);
    caller.close();
    answers.values().forEach(answer -> answer.secrets().close());
  }
}
