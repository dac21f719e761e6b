package org.eveproof.bootstrap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Bits;

/**
 * The four messages of the mutual authentication, as they travel. Nothing in them is authentic but
 * what a verified proof covers.
 *
 * <p>The encoding is canonical: magic byte, version, type, then the fields in order; a name is its
 * length and its characters, a set of methods its size and their codes, ascending. A byte string
 * that is not exactly one encoding is no message.
 */
public sealed interface HandshakeMessage {
  /** First byte of every message; no {@link org.eveproof.authentication.Frame} begins with it. */
  int MAGIC = 0xB7;

  /** Version of the format. */
  int VERSION = 1;

  /** Greatest length of a message, in bytes. */
  int MAX_BYTES = 256;

  /** Length of a proof, in bytes. */
  int PROOF_BYTES = 32;

  /**
   * The caller's first message.
   *
   * @param caller who claims to call
   * @param callee who is called
   * @param credential under which the caller wants to prove itself
   * @param nonce the caller's
   * @param offered methods that the caller allows, at least one
   */
  record Hello(
      DeviceName caller, DeviceName callee, CredentialId credential, Bits nonce, Set<Suite> offered)
      implements HandshakeMessage {
    static final int TYPE = 1;

    /** Copies the set. */
    public Hello {
      offered = Set.copyOf(offered);
      requireNonce(nonce);
      if (offered.isEmpty()) {
        throw new IllegalArgumentException("an offer has at least one method");
      }
    }

    @Override
    public byte[] encode() {
      ByteBuffer out = begin(TYPE);
      putName(out, caller);
      putName(out, callee);
      out.put(credential.bytes()).put(nonce.toBytes());
      putSuites(out, offered);
      return finish(out);
    }
  }

  /**
   * The callee's answer.
   *
   * @param nonce the callee's
   * @param chosen method
   * @param proof {@value #PROOF_BYTES} bytes, of kind {@link ProofKind#CHALLENGE}
   */
  record Challenge(Bits nonce, Suite chosen, Bits proof) implements HandshakeMessage {
    /** Checks the lengths. */
    public Challenge {
      requireNonce(nonce);
      requireProof(proof);
    }

    @Override
    public byte[] encode() {
      return finish(
          begin(ProofKind.CHALLENGE.code())
              .put(nonce.toBytes())
              .put((byte) chosen.code())
              .put(proof.toBytes()));
    }
  }

  /**
   * The caller's proof.
   *
   * @param proof {@value #PROOF_BYTES} bytes, of kind {@link ProofKind#PROOF}
   */
  record Proof(Bits proof) implements HandshakeMessage {
    /** Checks the length. */
    public Proof {
      requireProof(proof);
    }

    @Override
    public byte[] encode() {
      return finish(begin(ProofKind.PROOF.code()).put(proof.toBytes()));
    }
  }

  /**
   * The callee's acceptance.
   *
   * @param proof {@value #PROOF_BYTES} bytes, of kind {@link ProofKind#ACCEPT}
   */
  record Accept(Bits proof) implements HandshakeMessage {
    /** Checks the length. */
    public Accept {
      requireProof(proof);
    }

    @Override
    public byte[] encode() {
      return finish(begin(ProofKind.ACCEPT.code()).put(proof.toBytes()));
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

  private static ByteBuffer begin(int type) {
    return ByteBuffer.allocate(MAX_BYTES).put((byte) MAGIC).put((byte) VERSION).put((byte) type);
  }

  private static byte[] finish(ByteBuffer out) {
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** Writes a name: its length and its characters. */
  static void putName(ByteBuffer out, DeviceName name) {
    out.put((byte) name.text().length()).put(name.text().getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes a set of methods: its size and their codes, ascending. */
  static void putSuites(ByteBuffer out, Collection<Suite> suites) {
    out.put((byte) suites.size());
    EnumSet.copyOf(suites).stream()
        .mapToInt(Suite::code)
        .sorted()
        .forEach(code -> out.put((byte) code));
  }

  private static void requireNonce(Bits nonce) {
    if (nonce.length() != Transcript.NONCE_BITS) {
      throw new IllegalArgumentException("a nonce has " + Transcript.NONCE_BITS + " bits");
    }
  }

  private static void requireProof(Bits proof) {
    if (proof.length() != Byte.SIZE * PROOF_BYTES) {
      throw new IllegalArgumentException("a proof has " + PROOF_BYTES + " bytes");
    }
  }
}
