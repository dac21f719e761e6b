package org.eveproof.handover;

import java.nio.ByteBuffer;

/**
 * What became of secret bits: of a block, of an epoch, or of all.
 *
 * @param made bits that a credential or the exchange brought
 * @param consumed bits that tags, the comparison of blocks, and hash keys took
 * @param burnt bits of keys that were lost with a message, a crash, or Eve's attempts
 * @param superseded bits that were wiped because their block was given up
 * @param given bits that were handed over to applications
 */
public record KeyBalance(long made, long consumed, long burnt, long superseded, long given) {
  /** Nothing yet. */
  public static final KeyBalance ZERO = new KeyBalance(0, 0, 0, 0, 0);

  /** Length of the encoding, in bytes. */
  static final int BYTES = 5 * Long.BYTES;

  /** Returns the bits that are still there. */
  public long left() {
    return made - consumed - burnt - superseded - given;
  }

  KeyBalance plus(KeyBalance other) {
    return new KeyBalance(
        made + other.made,
        consumed + other.consumed,
        burnt + other.burnt,
        superseded + other.superseded,
        given + other.given);
  }

  /** Returns the balance after what an entry says. */
  KeyBalance after(JournalEntry entry) {
    long bits = entry.bits();
    return switch (entry.purpose().account()) {
      case NONE -> this;
      case MADE -> plus(new KeyBalance(bits, 0, 0, 0, 0));
      case CONSUMED -> plus(new KeyBalance(0, bits, 0, 0, 0));
      case BURNT -> plus(new KeyBalance(0, 0, bits, 0, 0));
      case SUPERSEDED -> plus(new KeyBalance(0, 0, 0, bits, 0));
      case GIVEN -> plus(new KeyBalance(0, 0, 0, 0, bits));
    };
  }

  void put(ByteBuffer out) {
    out.putLong(made).putLong(consumed).putLong(burnt).putLong(superseded).putLong(given);
  }

  static KeyBalance get(ByteBuffer in) {
    return new KeyBalance(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
