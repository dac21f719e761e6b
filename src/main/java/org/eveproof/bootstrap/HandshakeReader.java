package org.eveproof.bootstrap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Bits;

/** Reads one {@link HandshakeMessage} out of bytes that anybody may have made. */
final class HandshakeReader {
  private static final int HEADER_BYTES = 3;

  private final byte[] bytes;
  private final ByteBuffer in;

  HandshakeReader(byte[] bytes) {
    this.bytes = bytes;
    this.in = ByteBuffer.wrap(bytes);
  }

  /** Returns the message if the bytes are exactly its encoding. */
  Optional<HandshakeMessage> message() {
    in.position(HEADER_BYTES);
    int type = bytes[HEADER_BYTES - 1];
    Optional<HandshakeMessage> message;
    if (type == HandshakeMessage.Hello.TYPE) {
      message = hello();
    } else if (type == ProofKind.CHALLENGE.code()) {
      message = challenge();
    } else if (type == ProofKind.PROOF.code()) {
      message = proof().map(HandshakeMessage.Proof::new);
    } else if (type == ProofKind.ACCEPT.code()) {
      message = proof().map(HandshakeMessage.Accept::new);
    } else {
      message = Optional.empty();
    }
    // One check for all that could be said in two ways, or that is left over.
    return message.filter(read -> MessageDigest.isEqual(read.encode(), bytes));
  }

  private Optional<HandshakeMessage> hello() {
    Optional<DeviceName> caller = name();
    Optional<DeviceName> callee = name();
    Optional<byte[]> id = take(CredentialId.BYTES);
    Optional<Bits> nonce = bits(Transcript.NONCE_BITS);
    Optional<Set<Suite>> offered = suites();
    if (caller.isEmpty()
        || callee.isEmpty()
        || id.isEmpty()
        || nonce.isEmpty()
        || offered.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HandshakeMessage.Hello(
            caller.get(), callee.get(), CredentialId.of(id.get()), nonce.get(), offered.get()));
  }

  private Optional<HandshakeMessage> challenge() {
    Optional<Bits> nonce = bits(Transcript.NONCE_BITS);
    Optional<Suite> chosen = take(1).flatMap(code -> suite(code[0]));
    Optional<Bits> proof = proof();
    if (nonce.isEmpty() || chosen.isEmpty() || proof.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new HandshakeMessage.Challenge(nonce.get(), chosen.get(), proof.get()));
  }

  private Optional<Bits> proof() {
    return bits(Byte.SIZE * HandshakeMessage.PROOF_BYTES);
  }

  private Optional<DeviceName> name() {
    return take(1)
        .filter(length -> length[0] > 0)
        .flatMap(length -> take(length[0]))
        .map(letters -> new String(letters, StandardCharsets.ISO_8859_1))
        .filter(DeviceName::isName)
        .map(DeviceName::new);
  }

  private Optional<Set<Suite>> suites() {
    Optional<byte[]> codes = take(1).filter(size -> size[0] > 0).flatMap(size -> take(size[0]));
    Set<Suite> suites = EnumSet.noneOf(Suite.class);
    for (byte code : codes.orElse(new byte[0])) {
      Optional<Suite> suite = suite(code);
      if (suite.isEmpty()) {
        return Optional.empty();
      }
      suites.add(suite.get());
    }
    return suites.isEmpty() ? Optional.empty() : Optional.of(suites);
  }

  private static Optional<Suite> suite(byte code) {
    return Arrays.stream(Suite.values()).filter(suite -> suite.code() == code).findFirst();
  }

  private Optional<Bits> bits(int length) {
    return take(length / Byte.SIZE).map(taken -> Bits.fromBytes(taken, length));
  }

  private Optional<byte[]> take(int count) {
    if (count > in.remaining()) {
      return Optional.empty();
    }
    byte[] taken = new byte[count];
    in.get(taken);
    return Optional.of(taken);
  }
}
