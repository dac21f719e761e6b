package org.eveproof.adversary.rndl;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * One end's classical channel in one session: the ends speak in turn, each message under a one-time
 * key of its own (Wegman-Carter).
 */
final class TaggedChannel {
  private static final int TYPE = 95;
  private static final MessageAuthenticator AUTHENTICATOR = Suite.WEGMAN_CARTER.authenticator();

  private final Protocol rules;
  private final Party self;
  private final KeyBlock keys;
  private final int round;
  private final MessageDigest conversation;
  private int said;

  TaggedChannel(Protocol rules, Party self, KeyBlock keys, int round) {
    this.rules = rules;
    this.self = self;
    this.keys = keys;
    this.round = round;
    try {
      this.conversation = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Makes the next message. */
  byte[] seal(byte[] payload) {
    Header header = header(self);
    try (OneTimeKey key = keys.key(self, header.key())) {
      byte[] bytes = Frame.seal(AUTHENTICATOR, key, header, payload).encode();
      note(bytes);
      return bytes;
    }
  }

  /** Takes the next message of the peer; empty if this is not it. */
  Optional<byte[]> open(byte[] bytes) {
    Header expected = header(self.peer());
    Optional<Frame> frame =
        Frame.parse(bytes).filter(parsed -> parsed.header().equals(expected)).filter(this::isRight);
    frame.ifPresent(right -> note(bytes));
    return frame.map(Frame::payload);
  }

  private boolean isRight(Frame frame) {
    try (OneTimeKey key = keys.key(self.peer(), frame.header().key())) {
      return rules.accepts(frame, AUTHENTICATOR, key);
    }
  }

  /** Returns a digest of all that was said so far, as this end heard it. */
  Bits conversation() {
    try {
      byte[] digest = ((MessageDigest) conversation.clone()).digest();
      return Bits.fromBytes(digest, Byte.SIZE * digest.length);
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the platform's SHA-256 can be copied", e);
    }
  }

  /** Returns the digest of a conversation that began with these messages. */
  static Bits digest(List<byte[]> messages) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      messages.forEach(sha::update);
      byte[] digest = sha.digest();
      return Bits.fromBytes(digest, Byte.SIZE * digest.length);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private Header header(Party sender) {
    KeyIndex index = new KeyIndex(0, round, said / 2);
    return new Header(Suite.WEGMAN_CARTER, sender, 0, round, said, TYPE, index);
  }

  private void note(byte[] bytes) {
    conversation.update(bytes);
    said++;
  }
}
