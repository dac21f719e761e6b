package org.eveproof.handover;

import org.eveproof.authentication.OneTimeKey;
import org.eveproof.protocol.Party;

/**
 * Which bytes of a key block serve which purpose; no byte serves two.
 *
 * <pre>
 * check: pad 16, seed 16 | hash key Alice to Bob 16 | hash key Bob to Alice 16
 * | pads Alice to Bob, 16 each | pads Bob to Alice, 16 each | for applications: the rest
 * </pre>
 *
 * <p>The check part is for the hash by which the parties compare their blocks: the pad that masks
 * it, and its seed. Both belong to the block, so that there is one masked hash of it, however often
 * it is said: a second seed under the same pad would tell of the block. The hash keys are fresh in
 * each block unless the suite recycles them; the two directions share nothing.
 *
 * @param keys number of one-time keys in each direction, at least 0
 * @param applicationBytes length of the part for applications, at least 0
 */
public record RoleSplit(int keys, int applicationBytes) {
  /** Greatest number of one-time keys of each direction in a block. */
  public static final int MAX_KEYS = 1 << 20;

  /** Length of the check part, in bytes: its pad and its seed. */
  static final int CHECK_BYTES = OneTimeKey.PAD_BYTES + OneTimeKey.HASH_KEY_BYTES;

  /** Length of the hash keys of both directions, in bytes. */
  static final int HASH_KEYS_BYTES = 2 * OneTimeKey.HASH_KEY_BYTES;

  private static final int PADS = CHECK_BYTES + HASH_KEYS_BYTES;

  /** Checks the ranges. */
  public RoleSplit {
    if (keys < 0 || keys > MAX_KEYS || applicationBytes < 0) {
      throw new IllegalArgumentException("keys=" + keys + ", applicationBytes=" + applicationBytes);
    }
  }

  /** Returns the number of bytes that a block with so many keys needs at least. */
  public static int leastBytes(int keys) {
    return new RoleSplit(keys, 0).applicationOffset();
  }

  int hashKeyOffset(Party sender) {
    return CHECK_BYTES + (sender == Party.ALICE ? 0 : OneTimeKey.HASH_KEY_BYTES);
  }

  /** Returns where a pad lies. */
  public int padOffset(Party sender, int index) {
    if (index < 0 || index >= keys) {
      throw new IndexOutOfBoundsException("key " + index + " of " + keys);
    }
    return PADS + OneTimeKey.PAD_BYTES * (index + (sender == Party.ALICE ? 0 : keys));
  }

  /** Returns where the part for applications begins. */
  public int applicationOffset() {
    return PADS + 2 * keys * OneTimeKey.PAD_BYTES;
  }

  int bytes() {
    return applicationOffset() + applicationBytes;
  }
}
