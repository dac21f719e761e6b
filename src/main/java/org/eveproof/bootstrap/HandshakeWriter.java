package org.eveproof.bootstrap;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;

/**
 * Writes a {@link HandshakeMessage}: magic byte, version, type, then its fields in order. A name is
 * its length and its characters, a byte string its length (four bytes, big-endian) and its bytes, a
 * set of methods the size and the codes, ascending, of each of its two halves.
 */
final class HandshakeWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  HandshakeWriter(int type) {
    out.write(HandshakeMessage.MAGIC);
    out.write(HandshakeMessage.VERSION);
    out.write(type);
  }

  HandshakeWriter name(DeviceName name) {
    out.write(name.text().length());
    out.writeBytes(name.text().getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  HandshakeWriter nonce(Bits nonce) {
    out.writeBytes(nonce.toBytes());
    return this;
  }

  HandshakeWriter bytes(Bits bits) {
    byte[] bytes = bits.toBytes();
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
    return this;
  }

  HandshakeWriter method(Method method) {
    out.write(method.establishment().code());
    out.write(method.suite().code());
    return this;
  }

  HandshakeWriter methods(Methods methods) {
    codes(methods.establishments().stream().mapToInt(KeyEstablishment::code));
    codes(methods.suites().stream().mapToInt(Suite::code));
    return this;
  }

  private void codes(IntStream codes) {
    int[] sorted = codes.sorted().toArray();
    out.write(sorted.length);
    for (int code : sorted) {
      out.write(code);
    }
  }

  byte[] message() {
    return out.toByteArray();
  }
}
