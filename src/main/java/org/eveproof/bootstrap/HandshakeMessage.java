package org.eveproof.bootstrap;

import java.util.Optional;
import org.eveproof.protocol.Bits;

/**
 * The four messages of the mutual authentication, as they travel. Nothing in them is authentic but
 * what a verified proof covers.
 *
 * <p>The encoding is canonical ({@link HandshakeWriter}): a byte string that is not exactly one
 * encoding is no message.
 */
public sealed interface HandshakeMessage {
  /** First byte of every message; no {@link org.eveproof.authentication.Frame} begins with it. */
  int MAGIC = 0xB7;

  /** Version of the format. */
  int VERSION = 2;

  /** Greatest length of the public share of a key exchange, in bytes. */
  int MAX_SHARE_BYTES = 2048;

  /** Greatest length of a message, in bytes. */
  int MAX_BYTES = TrustAnchor.MAX_SHOWN_BYTES + MAX_SHARE_BYTES + PeerKey.MAX_PROOF_BYTES + 1024;

  /**
   * The caller's first message.
   *
   * @param caller who claims to call
   * @param callee who is called
   * @param shown the caller's credential: whole bytes, 1 to {@link TrustAnchor#MAX_SHOWN_BYTES}
   * @param nonce the caller's
   * @param offered methods that the caller allows
   * @param share the caller's in the key exchange, whole bytes; none if there is no exchange
   */
  record Hello(
      DeviceName caller, DeviceName callee, Bits shown, Bits nonce, Methods offered, Bits share)
      implements HandshakeMessage {
    static final int TYPE = 1;

    /** Checks the lengths. */
    public Hello {
      requireBytes(shown, 1, TrustAnchor.MAX_SHOWN_BYTES);
      requireBytes(nonce, Transcript.NONCE_BITS / Byte.SIZE, Transcript.NONCE_BITS / Byte.SIZE);
      requireBytes(share, 0, MAX_SHARE_BYTES);
    }

    @Override
    public byte[] encode() {
      return new HandshakeWriter(TYPE)
          .name(caller)
          .name(callee)
          .bytes(shown)
          .nonce(nonce)
          .methods(offered)
          .bytes(share)
          .message();
    }
  }

  /**
   * What the callee answers, before its proof.
   *
   * @param shown the callee's credential: whole bytes, 1 to {@link TrustAnchor#MAX_SHOWN_BYTES}
   * @param nonce the callee's
   * @param chosen method
   * @param share the callee's in the key exchange, whole bytes; none if there is no exchange
   */
  record Opening(Bits shown, Bits nonce, Method chosen, Bits share) {
    /** Checks the lengths. */
    public Opening {
      requireBytes(shown, 1, TrustAnchor.MAX_SHOWN_BYTES);
      requireBytes(nonce, Transcript.NONCE_BITS / Byte.SIZE, Transcript.NONCE_BITS / Byte.SIZE);
      requireBytes(share, 0, MAX_SHARE_BYTES);
    }

    HandshakeWriter write() {
      return new HandshakeWriter(ProofKind.CHALLENGE.code())
          .bytes(shown)
          .nonce(nonce)
          .method(chosen)
          .bytes(share);
    }

    byte[] encode() {
      return write().message();
    }
  }

  /**
   * The callee's answer.
   *
   * @param opening what the proof covers, with the Hello
   * @param proof of kind {@link ProofKind#CHALLENGE}
   */
  record Challenge(Opening opening, Bits proof) implements HandshakeMessage {
    /** Checks the length. */
    public Challenge {
      requireProof(proof);
    }

    @Override
    public byte[] encode() {
      return opening.write().bytes(proof).message();
    }
  }

  /**
   * The caller's proof.
   *
   * @param proof of kind {@link ProofKind#PROOF}
   */
  record Proof(Bits proof) implements HandshakeMessage {
    /** Checks the length. */
    public Proof {
      requireProof(proof);
    }

    @Override
    public byte[] encode() {
      return new HandshakeWriter(ProofKind.PROOF.code()).bytes(proof).message();
    }
  }

  /**
   * The callee's acceptance.
   *
   * @param proof of kind {@link ProofKind#ACCEPT}
   */
  record Accept(Bits proof) implements HandshakeMessage {
    /** Checks the length. */
    public Accept {
      requireProof(proof);
    }

    @Override
    public byte[] encode() {
      return new HandshakeWriter(ProofKind.ACCEPT.code()).bytes(proof).message();
    }
  }

  /** Returns the message as it travels. */
  byte[] encode();

  /** Reads a message; empty if the bytes are not exactly one. Never throws for hostile bytes. */
  static Optional<HandshakeMessage> parse(byte[] bytes) {
    if (bytes.length < 3
        || bytes.length > MAX_BYTES
        || Byte.toUnsignedInt(bytes[0]) != MAGIC
        || bytes[1] != VERSION) {
      return Optional.empty();
    }
    return new HandshakeReader(bytes).message();
  }

  private static void requireProof(Bits proof) {
    requireBytes(proof, 1, PeerKey.MAX_PROOF_BYTES);
  }

  private static void requireBytes(Bits bits, int least, int most) {
    int bytes = bits.length() / Byte.SIZE;
    if (bits.length() % Byte.SIZE != 0 || bytes < least || bytes > most) {
      throw new IllegalArgumentException(
          bits.length() + " bits where " + least + " to " + most + " bytes belong");
    }
  }
}
