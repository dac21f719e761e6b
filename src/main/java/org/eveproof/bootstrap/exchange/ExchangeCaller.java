package org.eveproof.bootstrap.exchange;

import java.security.KeyPair;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * The caller's side of a key exchange: keys that live for one run, and the share that is sent.
 *
 * <p>What Java cannot promise: the provider's ML-KEM key has no way to overwrite its numbers; it is
 * dropped.
 */
public final class ExchangeCaller implements AutoCloseable {
  private final Set<KeyEstablishment> offered;
  private final Bits share;
  private final byte[] x25519;
  private Optional<KeyPair> mlKem;
  private boolean destroyed;

  private ExchangeCaller(
      Set<KeyEstablishment> offered, Bits share, byte[] x25519, Optional<KeyPair> mlKem) {
    this.offered = offered;
    this.share = share;
    this.x25519 = x25519;
    this.mlKem = mlKem;
  }

  /**
   * Makes the keys that some of the offered establishments use.
   *
   * @param offered at least one
   */
  public static ExchangeCaller begin(Set<KeyEstablishment> offered, SecretRandom random) {
    byte[] x25519 = {};
    Bits x25519Public = Share.NOTHING;
    if (offered.stream().anyMatch(KeyEstablishment::usesX25519)) {
      try (SecretBits key = random.secretBits(Byte.SIZE * X25519Agreement.BYTES)) {
        x25519 = key.toBytes();
      }
      x25519Public = Share.of(X25519Agreement.publicKey(x25519));
    }
    Optional<KeyPair> mlKem =
        offered.stream().anyMatch(KeyEstablishment::usesMlKem)
            ? Optional.of(MlKem768.generate(random.asSecureRandom()))
            : Optional.empty();
    Bits mlKemPublic =
        mlKem
            .map(pair -> Share.of(MlKem768.encapsulationKey(pair.getPublic())))
            .orElse(Share.NOTHING);
    return new ExchangeCaller(
        Set.copyOf(offered), new Share(x25519Public, mlKemPublic).encode(), x25519, mlKem);
  }

  /** Returns what the callee needs, in the clear. */
  public Bits share() {
    return share;
  }

  /**
   * Finishes the exchange. Changes nothing, so that a wrong answer can be followed by a right one.
   *
   * @param chosen what the callee chose
   * @param answer the callee's share, as it came
   * @return empty if that was not offered, or if the answer is not exactly what it takes
   * @throws IllegalStateException if the keys are destroyed
   */
  public Optional<ExchangeSecrets> finish(KeyEstablishment chosen, Bits answer) {
    if (destroyed) {
      throw new IllegalStateException("the keys of this exchange are destroyed");
    }
    Optional<Share> theirs = Share.decode(answer).filter(read -> offered.contains(chosen));
    if (theirs.isEmpty()
        || (theirs.get().x25519().length() > 0) != chosen.usesX25519()
        || (theirs.get().mlKem().length() > 0) != chosen.usesMlKem()) {
      return Optional.empty();
    }
    Optional<SecretBits> first =
        chosen.usesX25519()
            ? X25519Agreement.agree(x25519, theirs.get().x25519().toBytes())
            : Optional.empty();
    Optional<SecretBits> second =
        chosen.usesMlKem()
            ? mlKem.flatMap(
                pair -> MlKem768.decapsulate(pair.getPrivate(), theirs.get().mlKem().toBytes()))
            : Optional.empty();
    if (chosen.usesX25519() != first.isPresent() || chosen.usesMlKem() != second.isPresent()) {
      first.ifPresent(SecretBits::destroy);
      second.ifPresent(SecretBits::destroy);
      return Optional.empty();
    }
    return Optional.of(new ExchangeSecrets(chosen, share, answer, first, second));
  }

  /** Whether the keys are gone. */
  public boolean isDestroyed() {
    return destroyed;
  }

  /** Destroys the keys. */
  @Override
  public void close() {
    Arrays.fill(x25519, (byte) 0);
    mlKem = Optional.empty();
    destroyed = true;
  }
}
