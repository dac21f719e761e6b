package org.eveproof.bootstrap.openpgp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.openpgp.PGPSignature;
import org.eveproof.protocol.Bits;

/**
 * A user id of a certificate.
 *
 * @param raw its bytes
 * @param signatures on it, in the order of the file
 */
record UserId(Bits raw, List<PGPSignature> signatures) {
  static UserId of(byte[] raw, List<PGPSignature> signatures) {
    return new UserId(Bits.fromBytes(raw, Byte.SIZE * raw.length), List.copyOf(signatures));
  }

  byte[] bytes() {
    return raw.toBytes();
  }

  /** Returns the text; what is not UTF-8 is replaced. */
  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Returns the text up to the first zero byte, which is where GnuPG's matching stops. */
  String matched() {
    byte[] bytes = bytes();
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8);
  }
}
