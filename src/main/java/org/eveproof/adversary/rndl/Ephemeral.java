package org.eveproof.adversary.rndl;

import java.util.List;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;

/**
 * One caller's key exchange, as Eve recorded it, and how its private keys were drawn: the words
 * give the one for X25519, the byte strings the one for ML-KEM. {@link Loot} decides which of these
 * she has.
 *
 * @param establishment what was exchanged
 * @param answer the callee's share; public
 * @param words drawn for X25519
 * @param strings drawn for ML-KEM-768
 */
record Ephemeral(
    KeyEstablishment establishment, Bits answer, List<Long> words, List<byte[]> strings) {
  private static final int X25519_WORDS = 4;

  static Ephemeral of(KeyEstablishment establishment, Bits answer, DrawLog log) {
    return new Ephemeral(
        establishment,
        answer,
        establishment.usesX25519() ? log.words().subList(0, X25519_WORDS) : List.of(),
        establishment.usesMlKem() ? log.strings() : List.of());
  }
}
