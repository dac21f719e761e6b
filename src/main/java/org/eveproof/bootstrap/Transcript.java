package org.eveproof.bootstrap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.eveproof.protocol.Bits;

/**
 * Everything that the two ends must see alike: every proof covers all of it.
 *
 * @param hello the caller's first message, as the callee received it
 * @param challenge the callee's answer; its proof is no part of what is covered
 */
public record Transcript(HandshakeMessage.Hello hello, HandshakeMessage.Opening challenge) {

  /** Length of a nonce, in bits. */
  public static final int NONCE_BITS = 256;

  /** Returns who called. */
  public DeviceName caller() {
    return hello.caller();
  }

  /** Returns who answered. */
  public DeviceName callee() {
    return hello.callee();
  }

  /** Returns the caller's nonce, {@value #NONCE_BITS} bits, fresh for each run. */
  public Bits callerNonce() {
    return hello.nonce();
  }

  /** Returns the callee's nonce, {@value #NONCE_BITS} bits, fresh for each run. */
  public Bits calleeNonce() {
    return challenge.nonce();
  }

  /** Returns the methods that the caller offered, as the callee received them. */
  public Methods offered() {
    return hello.offered();
  }

  /** Returns the method that the callee chose among them. */
  public Method chosen() {
    return challenge.chosen();
  }

  /** Returns the name at the other end. */
  public DeviceName peerOf(DeviceName self) {
    return self.equals(caller()) ? callee() : caller();
  }

  /** Returns the whole transcript in its one encoding. */
  public byte[] bytes() {
    return covered(ProofKind.ACCEPT);
  }

  /**
   * Returns what the proof of one message covers: its kind, and with it the role of who made it,
   * and the whole transcript. Different contents have different encodings, because each part tells
   * its own length.
   */
  byte[] covered(ProofKind kind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("eveproof mutual authentication 2".getBytes(StandardCharsets.US_ASCII));
    out.write(kind.code());
    out.writeBytes(hello.encode());
    out.writeBytes(challenge.encode());
    return out.toByteArray();
  }
}
