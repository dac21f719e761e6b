package org.eveproof.adversary.rndl;

import java.util.Optional;
import org.eveproof.protocol.Bits;

/**
 * What an end could make its session key from.
 *
 * @param quantum what quantum key distribution gave, {@link SessionKey#BITS} bits
 * @param computed what the key exchange gave, bound to all that was said: an output of HKDF
 * @param credential the secret that both ends had before the bootstrap, if there is one
 */
record KeyParts(Optional<Bits> quantum, Optional<Bits> computed, Optional<Bits> credential) {}
