package org.eveproof.bootstrap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;

/** Reads one {@link HandshakeMessage} out of bytes that anybody may have made. */
final class HandshakeReader {
  private static final int HEADER_BYTES = 3;

  /** Says that the bytes are no message; never leaves this class. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final byte[] bytes;
  private final ByteBuffer in;

  HandshakeReader(byte[] bytes) {
    this.bytes = bytes;
    this.in = ByteBuffer.wrap(bytes);
  }

  /** Returns the message if the bytes are exactly its encoding. */
  Optional<HandshakeMessage> message() {
    try {
      in.position(HEADER_BYTES);
      HandshakeMessage read = read(bytes[HEADER_BYTES - 1]);
      // One check for all that could be said in two ways, or that is left over.
      return Optional.of(read).filter(same -> MessageDigest.isEqual(same.encode(), bytes));
    } catch (Malformed malformed) {
      return Optional.empty();
    }
  }

  private HandshakeMessage read(int type) throws Malformed {
    if (type == HandshakeMessage.Hello.TYPE) {
      return new HandshakeMessage.Hello(
          name(), name(), shown(), nonce(), methods(), bytes(0, HandshakeMessage.MAX_SHARE_BYTES));
    } else if (type == ProofKind.CHALLENGE.code()) {
      HandshakeMessage.Opening opening =
          new HandshakeMessage.Opening(
              shown(), nonce(), method(), bytes(0, HandshakeMessage.MAX_SHARE_BYTES));
      return new HandshakeMessage.Challenge(opening, proof());
    } else if (type == ProofKind.PROOF.code()) {
      return new HandshakeMessage.Proof(proof());
    } else if (type == ProofKind.ACCEPT.code()) {
      return new HandshakeMessage.Accept(proof());
    }
    throw new Malformed();
  }

  private DeviceName name() throws Malformed {
    String text = new String(take(take(1)[0]), StandardCharsets.ISO_8859_1);
    if (!DeviceName.isName(text)) {
      throw new Malformed();
    }
    return new DeviceName(text);
  }

  private Bits shown() throws Malformed {
    return bytes(1, TrustAnchor.MAX_SHOWN_BYTES);
  }

  private Bits nonce() throws Malformed {
    return Bits.fromBytes(take(Transcript.NONCE_BITS / Byte.SIZE), Transcript.NONCE_BITS);
  }

  private Bits proof() throws Malformed {
    return bytes(1, PeerKey.MAX_PROOF_BYTES);
  }

  private Bits bytes(int least, int most) throws Malformed {
    int length = ByteBuffer.wrap(take(Integer.BYTES)).getInt();
    if (length < least || length > most) {
      throw new Malformed();
    }
    return Bits.fromBytes(take(length), Byte.SIZE * length);
  }

  private Method method() throws Malformed {
    return new Method(establishment(take(1)[0]), suite(take(1)[0]));
  }

  private Methods methods() throws Malformed {
    Set<KeyEstablishment> establishments = new LinkedHashSet<>();
    for (byte code : take(take(1)[0])) {
      establishments.add(establishment(code));
    }
    Set<Suite> suites = new LinkedHashSet<>();
    for (byte code : take(take(1)[0])) {
      suites.add(suite(code));
    }
    if (establishments.isEmpty() || suites.isEmpty()) {
      throw new Malformed();
    }
    return new Methods(establishments, suites);
  }

  private static KeyEstablishment establishment(int code) throws Malformed {
    return Arrays.stream(KeyEstablishment.values())
        .filter(known -> known.code() == code)
        .findFirst()
        .orElseThrow(Malformed::new);
  }

  private static Suite suite(int code) throws Malformed {
    return Arrays.stream(Suite.values())
        .filter(known -> known.code() == code)
        .findFirst()
        .orElseThrow(Malformed::new);
  }

  private byte[] take(int count) throws Malformed {
    if (count < 0 || count > in.remaining()) {
      throw new Malformed();
    }
    byte[] taken = Arrays.copyOfRange(bytes, in.position(), in.position() + count);
    in.position(in.position() + count);
    return taken;
  }
}
