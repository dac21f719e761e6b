package org.eveproof.handover;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eveproof.authentication.KeyIndex;

/**
 * All that a ledger must still know after a crash, keys included. Its encoding is what the store
 * keeps.
 */
public final class LedgerImage implements AutoCloseable {
  private static final int FORMAT = 0x45504c32;
  private static final int NOT_ASKED = -1;

  /** What is held of a block that is not dead. */
  private record Held(BlockState state, KeyBlock keys) {}

  private long version;
  private int epoch;
  private int blocks;

  /** By their numbers; a block that is not here is dead and takes no room. */
  private final NavigableMap<Integer, Held> held = new TreeMap<>();

  private final NavigableMap<KeyIndex, Integer> tries = new TreeMap<>();
  private KeyIndex mark;
  private KeyIndex heard;
  private Optional<MessageKind> asked = Optional.empty();

  /** Starts an epoch in which nothing is known yet. */
  LedgerImage(long version, int epoch) {
    this.version = version;
    this.epoch = epoch;
    this.mark = new KeyIndex(epoch, 0, 0);
    this.heard = mark;
  }

  /** Returns the number of the image; each one written has a greater one. */
  public long version() {
    return version;
  }

  /** Returns the number of the bootstrap credential that the chain of blocks started from. */
  public int epoch() {
    return epoch;
  }

  /**
   * Returns the number of blocks of the epoch that anything is known of, the bootstrap included.
   */
  public int blocks() {
    return blocks;
  }

  /** Returns what is known of a block, 0 to {@link #blocks} - 1. */
  public BlockState state(int block) {
    Held entry = held.get(Objects.checkIndex(block, blocks));
    return entry == null ? BlockState.DEAD : entry.state;
  }

  /**
   * Returns what is left of a block's bytes: the ledger's own, not a copy. Of a dead block nothing
   * is left, not even its length.
   */
  public KeyBlock keys(int block) {
    Held entry = held.get(Objects.checkIndex(block, blocks));
    return entry == null ? KeyBlock.GONE : entry.keys;
  }

  /** Returns the high-water mark: this key and all after it are not taken yet. */
  public KeyIndex mark() {
    return mark;
  }

  /** Returns the first key of the peer's direction under which a message may still be accepted. */
  public KeyIndex heard() {
    return heard;
  }

  /** Returns the kind of the last message that was accepted in this epoch. */
  public Optional<MessageKind> asked() {
    return asked;
  }

  /** Returns how many verifications failed, for the peer's keys for which any did. */
  public NavigableMap<KeyIndex, Integer> tries() {
    return Collections.unmodifiableNavigableMap(tries);
  }

  /** Destroys everything that is known and starts another epoch. */
  void startEpoch(int newEpoch) {
    close();
    held.clear();
    blocks = 0;
    tries.clear();
    epoch = newEpoch;
    raiseMark(new KeyIndex(newEpoch, 0, 0));
    heard = mark;
    asked = Optional.empty();
  }

  /** Puts a block in line, which is not copied. */
  void add(BlockState state, KeyBlock keys) {
    held.put(blocks, new Held(state, keys));
    blocks++;
  }

  /** Passes over the next number in line. */
  void addDead() {
    blocks++;
  }

  void set(int block, BlockState state) {
    held.put(block, new Held(state, keys(block)));
  }

  /** Overwrites a block. */
  void kill(int block) {
    keys(block).close();
    held.remove(block);
  }

  /** Overwrites all blocks before this one. */
  void killBefore(int block) {
    NavigableMap<Integer, Held> before = held.headMap(block, false);
    before.values().forEach(entry -> entry.keys.close());
    before.clear();
  }

  void raiseMark(KeyIndex index) {
    mark = index.compareTo(mark) > 0 ? index : mark;
  }

  void hear(KeyIndex index, MessageKind kind) {
    KeyIndex after = after(index);
    heard = after.compareTo(heard) > 0 ? after : heard;
    asked = Optional.of(kind);
    tries.headMap(index, true).clear();
  }

  /** Counts a failed verification and returns how many there were under this key. */
  int countTry(KeyIndex index) {
    return tries.merge(index, 1, Integer::sum);
  }

  static KeyIndex after(KeyIndex index) {
    return new KeyIndex(index.epoch(), index.block(), index.index() + 1);
  }

  /** Returns the encoding under the next version number, for the caller to wipe. */
  byte[] encodeNext() {
    version++;
    int length = 64 + tries.size() * 16;
    for (Held entry : held.values()) {
      length += 16 + entry.keys.length();
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putInt(FORMAT).putLong(version).putInt(epoch);
    put(out, mark);
    put(out, heard);
    out.putInt(asked.map(MessageKind::type).orElse(NOT_ASKED));
    out.putInt(tries.size());
    tries.forEach((index, number) -> put(out, index).putInt(number));
    out.putInt(blocks).putInt(held.size());
    held.forEach(
        (block, entry) -> {
          byte[] secret = entry.keys.toBytes();
          out.putInt(block).putInt(entry.state.code());
          out.putInt(entry.keys.keys()).putInt(secret.length).put(secret);
          Arrays.fill(secret, (byte) 0);
        });
    byte[] encoded = Arrays.copyOf(out.array(), out.position());
    Arrays.fill(out.array(), (byte) 0);
    return encoded;
  }

  /**
   * Reads an image.
   *
   * @param encoded the caller wipes it
   * @throws IllegalArgumentException if it is damaged
   */
  public static LedgerImage decode(byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    try {
      if (in.getInt() != FORMAT) {
        throw new IllegalArgumentException("not the image of a ledger");
      }
      LedgerImage image = new LedgerImage(in.getLong(), in.getInt());
      image.mark = index(in);
      image.heard = index(in);
      int asked = in.getInt();
      if (asked != NOT_ASKED) {
        image.asked = MessageKind.ofType(asked).or(() -> Optional.of(MessageKind.DATA));
      }
      for (int left = in.getInt(); left > 0; left--) {
        image.tries.put(index(in), in.getInt());
      }
      image.blocks = in.getInt();
      for (int left = in.getInt(); left > 0; left--) {
        int block = Objects.checkIndex(in.getInt(), image.blocks);
        BlockState state = BlockState.ofCode(in.getInt());
        int keys = in.getInt();
        byte[] secret = new byte[Math.min(in.getInt(), in.remaining())];
        in.get(secret);
        image.held.put(block, new Held(state, KeyBlock.fromBytes(keys, secret)));
      }
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("the image of the ledger is too long");
      }
      return image;
    } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("the image of the ledger is damaged", e);
    }
  }

  private static ByteBuffer put(ByteBuffer out, KeyIndex index) {
    return out.putInt(index.epoch()).putInt(index.block()).putInt(index.index());
  }

  private static KeyIndex index(ByteBuffer in) {
    return new KeyIndex(in.getInt(), in.getInt(), in.getInt());
  }

  /** Overwrites all keys. */
  @Override
  public void close() {
    held.values().forEach(entry -> entry.keys.close());
  }

  @Override
  public String toString() {
    return "LedgerImage[version " + version + ", mark " + mark + ", heard " + heard + "]";
  }
}
