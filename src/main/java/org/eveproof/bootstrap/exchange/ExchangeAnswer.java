package org.eveproof.bootstrap.exchange;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * The callee's side of a key exchange: one answer to one share.
 *
 * @param share what the caller needs, in the clear
 * @param secrets what the exchange gave
 */
public record ExchangeAnswer(Bits share, ExchangeSecrets secrets) {

  /**
   * Answers a caller.
   *
   * @param chosen one of those offered
   * @param offered what the caller offered
   * @param callerShare as it came; what the choice does not use is ignored
   * @return empty if the choice was not offered, or if the share is not what it takes
   */
  public static Optional<ExchangeAnswer> to(
      KeyEstablishment chosen,
      Set<KeyEstablishment> offered,
      Bits callerShare,
      SecretRandom random) {
    Optional<Share> theirs = Share.decode(callerShare).filter(read -> offered.contains(chosen));
    if (theirs.isEmpty()) {
      return Optional.empty();
    }
    SecureRandom source = random.asSecureRandom();
    Bits x25519 = Share.NOTHING;
    Optional<SecretBits> first = Optional.empty();
    if (chosen.usesX25519()) {
      byte[] own = new byte[X25519Agreement.BYTES];
      source.nextBytes(own);
      x25519 = Share.of(X25519Agreement.publicKey(own));
      first = X25519Agreement.agree(own, theirs.get().x25519().toBytes());
      Arrays.fill(own, (byte) 0);
    }
    Optional<MlKem768.Encapsulated> second =
        chosen.usesMlKem()
            ? MlKem768.encapsulate(theirs.get().mlKem().toBytes(), source)
            : Optional.empty();
    if (chosen.usesX25519() != first.isPresent() || chosen.usesMlKem() != second.isPresent()) {
      first.ifPresent(SecretBits::destroy);
      second.map(MlKem768.Encapsulated::secret).ifPresent(SecretBits::destroy);
      return Optional.empty();
    }
    Bits ciphertext = second.map(MlKem768.Encapsulated::ciphertext).orElse(Share.NOTHING);
    Bits share = new Share(x25519, ciphertext).encode();
    return Optional.of(
        new ExchangeAnswer(
            share,
            new ExchangeSecrets(
                chosen, callerShare, share, first, second.map(MlKem768.Encapsulated::secret))));
  }
}
