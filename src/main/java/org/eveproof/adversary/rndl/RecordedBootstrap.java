package org.eveproof.adversary.rndl;

import java.util.Optional;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.protocol.Bits;

/**
 * A bootstrap between the two devices, as Eve recorded it.
 *
 * @param transcript all that was said; public
 * @param ephemeral the key exchange, if there was one
 * @param seed what HKDF made of it: only a break of hashing tells her
 */
record RecordedBootstrap(Transcript transcript, Optional<Ephemeral> ephemeral, Bits seed) {}
