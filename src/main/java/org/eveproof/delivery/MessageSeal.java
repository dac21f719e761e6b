package org.eveproof.delivery;

import java.util.Arrays;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.authentication.WegmanCarter;
import org.eveproof.protocol.Party;

/**
 * How the messages of one owner's half are framed and authenticated: Wegman-Carter, with the hash
 * keys that the half of the block begins with and the two pads that the piece begins with. The
 * index of a frame's key is the pad's offset in units.
 */
record MessageSeal(DeliveryStore store, Party owner) {

  /** Type of the owner's messages. */
  static final int ANNOUNCEMENT = 96;

  /** Type of the holder's messages. */
  static final int ANSWER = 97;

  private static final MessageAuthenticator AUTHENTICATOR = new WegmanCarter();

  /** Returns the header of the announcement, or of the answer, whose piece begins at an offset. */
  Header header(int type, BlockId block, int offset) {
    boolean answer = type == ANSWER;
    KeyIndex key =
        new KeyIndex(block.epoch(), block.block(), offset / Half.UNIT + (answer ? 1 : 0));
    return new Header(Suite.WEGMAN_CARTER, answer ? owner.peer() : owner, 0, 0, 0, type, key);
  }

  /** Returns where the piece of an announcement begins, by its header. Never negative. */
  static int offset(Header announcement) {
    return (int) Math.min(Integer.MAX_VALUE, (long) Half.UNIT * announcement.key().index());
  }

  /** Returns the block where the piece of an announcement begins, by its header. */
  static BlockId block(Header announcement) {
    return new BlockId(announcement.key().epoch(), announcement.key().block());
  }

  /** Makes the one message under a pad. */
  Frame seal(Header header, byte[] payload) {
    try (OneTimeKey key = key(header)) {
      return Frame.seal(AUTHENTICATOR, key, header, payload);
    }
  }

  /** Returns whether a frame was made under the pad that it names. */
  boolean verifies(Frame frame) {
    try (OneTimeKey key = key(frame.header())) {
      return frame.verifies(AUTHENTICATOR, key);
    }
  }

  private OneTimeKey key(Header header) {
    BlockId block = block(header);
    int role = header.type() == ANSWER ? 1 : 0;
    byte[] hashKey = store.read(owner, block, role * Half.UNIT, Half.UNIT);
    byte[] pad = store.read(owner, block, offset(header), Half.UNIT);
    try {
      return new OneTimeKey(header.key(), hashKey, pad);
    } finally {
      Arrays.fill(hashKey, (byte) 0);
      Arrays.fill(pad, (byte) 0);
    }
  }
}
