package org.eveproof.delivery;

/**
 * Where a site stands in one owner's half of a block. The half begins with the two hash keys
 * (owner's messages, answers) of one unit each; the rest is a stream that is used from front to
 * back.
 *
 * @param id of the block
 * @param next offset of the first byte that has not been taken, a multiple of {@value #UNIT}
 * @param held how many bytes of the half this site holds, a multiple of {@value #UNIT}; of a block
 *     that there was no room for only the beginning, to refuse with
 * @param failures messages under the hash keys of this half that did not verify
 */
public record Half(BlockId id, int next, int held, int failures) {

  /** Bytes of a hash key, of a pad, and the grain of the stream. */
  public static final int UNIT = 16;

  /** Offset at which the stream begins. */
  public static final int STREAM = 2 * UNIT;

  /** What each message takes before the keys: the pads of its tag and of the answer's. */
  public static final int PADS = 2 * UNIT;

  /** Returns how many bytes have not been taken. */
  public int rest() {
    return held - next;
  }
}
