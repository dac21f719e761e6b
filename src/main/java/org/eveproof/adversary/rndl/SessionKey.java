package org.eveproof.adversary.rndl;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.RoleSplit;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * What a session brings forth: one string, of which a part is MAC keys for the next session and the
 * rest the payload key; no bit serves both.
 *
 * @param bits {@value #BITS} of them
 */
record SessionKey(Bits bits) {
  /** One-time keys in each direction: as many as a session sends messages. */
  static final int MAC_KEYS = 3;

  private static final int MAC_BITS = Byte.SIZE * (64 + 2 * 16 * MAC_KEYS);
  private static final int PAYLOAD_BITS = 128;

  /** Length of the whole. */
  static final int BITS = MAC_BITS + PAYLOAD_BITS;

  SessionKey {
    if (bits.length() != BITS || MAC_BITS != Byte.SIZE * RoleSplit.leastBytes(MAC_KEYS)) {
      throw new IllegalArgumentException("a session key of " + bits.length() + " bits");
    }
  }

  /** Returns the key for the application. */
  Bits payload() {
    return bits.slice(MAC_BITS, BITS);
  }

  /** Returns the MAC keys, as bits. */
  KeyBlock macKeys() {
    return KeyBlock.of(SecretBits.copyOf(bits.slice(0, MAC_BITS)), MAC_KEYS);
  }

  /** Expands what a key exchange gave (HKDF-Expand, RFC 5869). */
  static Bits expand(Bits computed) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(
        HKDFParameters.skipExtractParameters(
            computed.toBytes(), "eveproof session key".getBytes(StandardCharsets.US_ASCII)));
    byte[] bytes = new byte[BITS / Byte.SIZE];
    generator.generateBytes(bytes, 0, bytes.length);
    return Bits.fromBytes(bytes, BITS);
  }
}
