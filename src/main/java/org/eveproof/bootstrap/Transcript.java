package org.eveproof.bootstrap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Bits;

/**
 * Everything that the two ends must see alike: every proof covers all of it.
 *
 * @param caller who called
 * @param callee who answered
 * @param credential under which both prove who they are
 * @param callerNonce {@value #NONCE_BITS} bits, fresh for each run
 * @param calleeNonce {@value #NONCE_BITS} bits, fresh for each run
 * @param offered methods that the caller offered, as the callee received them
 * @param chosen method that the callee chose among them
 */
public record Transcript(
    DeviceName caller,
    DeviceName callee,
    CredentialId credential,
    Bits callerNonce,
    Bits calleeNonce,
    Set<Suite> offered,
    Suite chosen) {

  /** Length of a nonce, in bits. */
  public static final int NONCE_BITS = 256;

  /** Copies the set. */
  public Transcript {
    offered = Set.copyOf(offered);
    if (callerNonce.length() != NONCE_BITS || calleeNonce.length() != NONCE_BITS) {
      throw new IllegalArgumentException("a nonce has " + NONCE_BITS + " bits");
    }
  }

  /** Returns the name at the other end. */
  public DeviceName peerOf(DeviceName self) {
    return self.equals(caller) ? callee : caller;
  }

  /**
   * Returns what the proof of one message covers: its kind, and with it the role of who made it,
   * and the whole transcript. Different contents have different encodings.
   */
  byte[] covered(ProofKind kind) {
    ByteBuffer out = ByteBuffer.allocate(512);
    out.put("eveproof mutual authentication 1".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) kind.code());
    HandshakeMessage.putName(out, caller);
    HandshakeMessage.putName(out, callee);
    out.put(credential.bytes());
    out.put(callerNonce.toBytes());
    out.put(calleeNonce.toBytes());
    HandshakeMessage.putSuites(out, offered);
    out.put((byte) chosen.code());
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }
}
