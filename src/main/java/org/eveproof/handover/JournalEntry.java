package org.eveproof.handover;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * One line of the ledger's journal: which keys went where. Never a bit of a key.
 *
 * @param number of the entry; each follows the one before, from 0
 * @param purpose what became of the keys
 * @param kind of the messages, if tags were made or verified
 * @param epoch of the block
 * @param block number within the epoch; -1 if the entry is about the journal itself
 * @param direction who sends under the keys; empty if the entry is about a whole block
 * @param first index of the first key; 0 of a whole block
 * @param last index of the last key, or number of keys in each direction of a block minus one; one
 *     less than the first if the entry names none
 * @param bits of secret key that it is about, as the balance counts them
 */
public record JournalEntry(
    long number,
    Purpose purpose,
    Optional<MessageKind> kind,
    int epoch,
    int block,
    Optional<Party> direction,
    int first,
    int last,
    long bits) {
  /** How many numbers stand for an entry in what is stored. */
  static final int NUMBERS = 9;

  /** Length of an encoded entry, in bytes. */
  static final int BYTES = NUMBERS * Long.BYTES;

  /** Length of a hash of the chain, in bytes. */
  static final int HASH_BYTES = 32;

  static final int PAD_BITS = Byte.SIZE * OneTimeKey.PAD_BYTES;

  /** What the chain begins with. */
  static final Bits NO_HASH = Bits.fromBytes(new byte[HASH_BYTES], Byte.SIZE * HASH_BYTES);

  /** In place of a number, while the entry may still get longer. */
  public static final long GROWING = -1;

  private static final int NONE = -1;

  static JournalEntry ofBlock(Purpose purpose, int epoch, int block, int keys, long bits) {
    return new JournalEntry(
        GROWING, purpose, Optional.empty(), epoch, block, Optional.empty(), 0, keys - 1, bits);
  }

  static JournalEntry ofKeys(
      Purpose purpose,
      Optional<MessageKind> kind,
      int epoch,
      int block,
      Party direction,
      int first,
      int last) {
    long bits = purpose.account() == Purpose.Account.NONE ? 0 : PAD_BITS * (last - first + 1L);
    return new JournalEntry(
        GROWING, purpose, kind, epoch, block, Optional.of(direction), first, last, bits);
  }

  /** Returns the entry as one line of text. */
  public String line() {
    String keys =
        direction
            .map(sender -> " " + sender.specName() + " " + first + (last > first ? "-" + last : ""))
            .orElse(keys() > 0 ? " (" + keys() + " keys each way)" : "");
    return (number == GROWING ? "" : number + " ")
        + purpose.label()
        + kind.map(said -> " " + said).orElse("")
        + (block < 0 ? " epoch " + epoch : " " + epoch + "/" + block)
        + keys
        + (bits > 0 ? " " + bits + " bits" : "");
  }

  /** Returns the number of keys that it names, in each direction if it is about a block. */
  public int keys() {
    return last - first + 1;
  }

  JournalEntry numbered(long assigned) {
    return new JournalEntry(assigned, purpose, kind, epoch, block, direction, first, last, bits);
  }

  /** Returns this entry with the next key as well, if that is one entry. */
  Optional<JournalEntry> with(JournalEntry next) {
    boolean goesOn =
        purpose == next.purpose
            && kind.equals(next.kind)
            && epoch == next.epoch
            && block == next.block
            && direction.equals(next.direction)
            && last + 1 == next.first;
    return goesOn
        ? Optional.of(
            new JournalEntry(
                GROWING,
                purpose,
                kind,
                epoch,
                block,
                direction,
                first,
                next.last,
                bits + next.bits))
        : Optional.empty();
  }

  /** Returns the numbers that stand for the entry in what is stored. */
  long[] numbers() {
    return new long[] {
      number,
      purpose.code(),
      kind.map(MessageKind::type).orElse(NONE),
      epoch,
      block,
      direction.map(JournalEntry::code).orElse(NONE),
      first,
      last,
      bits
    };
  }

  /**
   * Makes an entry out of stored numbers.
   *
   * @throws IllegalArgumentException if it is none
   */
  static JournalEntry ofNumbers(long[] numbers) {
    int[] small = new int[NUMBERS];
    for (int i = 1; i < NUMBERS - 1; i++) {
      small[i] = (int) numbers[i];
      if (small[i] != numbers[i]) {
        throw new IllegalArgumentException("the number " + numbers[i] + " is out of range");
      }
    }
    return new JournalEntry(
        numbers[0],
        Purpose.ofCode(small[1]),
        small[2] == NONE ? Optional.empty() : Optional.of(MessageKind.ofCode(small[2])),
        small[3],
        small[4],
        small[5] == NONE ? Optional.empty() : Optional.of(party(small[5])),
        small[6],
        small[7],
        numbers[8]);
  }

  void put(ByteBuffer out) {
    for (long value : numbers()) {
      out.putLong(value);
    }
  }

  static JournalEntry get(ByteBuffer in) {
    long[] numbers = new long[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = in.getLong();
    }
    return ofNumbers(numbers);
  }

  /** Returns the number that stands for a party in what is stored. */
  static int code(Party party) {
    return party == Party.ALICE ? 0 : 1;
  }

  static Party party(int code) {
    for (Party party : Party.values()) {
      if (code(party) == code) {
        return party;
      }
    }
    throw new IllegalArgumentException("no party has the number " + code);
  }

  /** Returns the chain's hash up to this entry: SHA-256 of the hash before it and the entry. */
  Bits chained(Bits before) {
    ByteBuffer encoded = ByteBuffer.allocate(BYTES);
    put(encoded);
    MessageDigest digest = sha256();
    digest.update(before.toBytes());
    return Bits.fromBytes(digest.digest(encoded.array()), Byte.SIZE * HASH_BYTES);
  }

  /** Reads a hash of the chain. */
  static Bits hash(ByteBuffer in) {
    byte[] bytes = new byte[HASH_BYTES];
    in.get(bytes);
    return Bits.fromBytes(bytes, Byte.SIZE * HASH_BYTES);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
