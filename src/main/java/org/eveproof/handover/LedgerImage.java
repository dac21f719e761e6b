package org.eveproof.handover;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;

/**
 * All that a ledger must still know after a crash, keys included; {@link LedgerImageFormat} is what
 * the store keeps of it. Whatever changes here is noted in the journal in the same breath.
 */
public final class LedgerImage implements AutoCloseable {

  /** What is held of a block that is not dead. */
  record Held(BlockState state, KeyBlock keys) {}

  private final Party owner;
  private long version;
  private int epoch;
  private int blocks;

  /** By their numbers; a block that is not here is dead and takes no room. */
  private final NavigableMap<Integer, Held> held = new TreeMap<>();

  private final NavigableMap<KeyIndex, Integer> tries = new TreeMap<>();
  private KeyIndex mark;
  private KeyIndex heard;
  private Optional<MessageKind> asked = Optional.empty();

  /** Keys of the block in use before this index are accounted for; those up to the mark are not. */
  private int accounted;

  private int spare;
  private int lowWater;
  private final Journal journal;

  /** Starts an epoch in which nothing is known yet. */
  LedgerImage(Party owner, long version, int epoch, Journal journal) {
    this.owner = owner;
    this.version = version;
    this.epoch = epoch;
    this.mark = new KeyIndex(epoch, 0, 0);
    this.heard = mark;
    this.journal = journal;
  }

  /** Restores what was encoded. */
  LedgerImage(
      Party owner,
      long version,
      int epoch,
      int blocks,
      KeyIndex mark,
      KeyIndex heard,
      Optional<MessageKind> asked,
      int accounted,
      Journal journal) {
    this.owner = owner;
    this.version = version;
    this.epoch = epoch;
    this.blocks = blocks;
    this.mark = mark;
    this.heard = heard;
    this.asked = asked;
    this.accounted = accounted;
    this.journal = journal;
  }

  /** Returns the image of a party that has lost everything, because this one is an old copy. */
  LedgerImage rolledBack(long latestVersion, int latestEpoch) {
    LedgerImage empty = new LedgerImage(owner, latestVersion, latestEpoch + 1, journal.following());
    empty.journal.note(empty.entry(Purpose.ROLLED_BACK, -1, 0));
    return empty;
  }

  /** Returns whose ledger it is. */
  public Party owner() {
    return owner;
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

  /** Returns the block that messages go out under; -1 if there are no keys. */
  public int current() {
    return held.descendingMap().entrySet().stream()
        .filter(entry -> entry.getValue().state == BlockState.COMMITTED)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(-1);
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

  void keepTries(KeyIndex index, int number) {
    tries.put(index, number);
  }

  int spare() {
    return spare;
  }

  int lowWater() {
    return lowWater;
  }

  /** Notes the rules by which the level of the reserve is told, for whoever reads the image. */
  void keepReserve(int newSpare, int newLowWater) {
    spare = newSpare;
    lowWater = newLowWater;
  }

  NavigableMap<Integer, Held> held() {
    return held;
  }

  int accounted() {
    return accounted;
  }

  Journal journal() {
    return journal;
  }

  /** Returns the number of keys that are taken, and not accounted for: at most one. */
  int taken() {
    return mark.index() - accounted;
  }

  /** Counts the next write. */
  long nextVersion() {
    return ++version;
  }

  /** Destroys everything that is known and starts another epoch with its first block. */
  void enrol(int newEpoch, KeyBlock credential) {
    journal.endRuns();
    supersedeBefore(blocks);
    tries.clear();
    epoch = newEpoch;
    held.put(0, new Held(BlockState.COMMITTED, credential));
    blocks = 1;
    KeyIndex start = new KeyIndex(newEpoch, 0, 0);
    raiseMark(start);
    heard = start;
    asked = Optional.empty();
    accounted = 0;
    journal.note(entry(Purpose.ENROLLED, 0, credential.bits()));
    comesIntoUse(0);
  }

  /**
   * Puts a block in line, which is not copied.
   *
   * @param bits that the exchange brought with it
   */
  void stage(KeyBlock keys, long bits) {
    held.put(blocks, new Held(BlockState.STAGED, keys));
    blocks++;
    journal.note(entry(Purpose.STAGED, blocks - 1, bits));
  }

  /** Passes over the next number in line. */
  void passOver() {
    blocks++;
    journal.note(entry(Purpose.LOST, blocks - 1, 0));
  }

  /** Notes that both parties hold the same block. */
  void prepare(int block) {
    held.put(block, new Held(BlockState.PREPARED, keys(block)));
    journal.note(entry(Purpose.PREPARED, block, 0));
  }

  /** Overwrites a block that differs from the peer's. */
  void discard(int block) {
    kill(block, Purpose.DISCARDED);
  }

  /** Puts a block to use and overwrites all before it; returns its part for applications. */
  Optional<SecretBits> commit(int block) {
    KeyBlock keys = keys(block);
    Optional<SecretBits> application = Optional.empty();
    if (keys.holdsApplicationPart()) {
      application = Optional.of(keys.applicationPart());
      keys.wipeApplicationPart();
      journal.note(entry(Purpose.GIVEN, block, keys.applicationBits()));
    }
    journal.endRuns();
    long consumed = journal.balance(current()).consumed();
    supersedeBefore(block);
    held.put(block, new Held(BlockState.COMMITTED, keys));
    raiseMark(new KeyIndex(epoch, block, 0));
    accounted = 0;
    comesIntoUse(block);
    journal.grew(journal.growth().after(journal.balance(block).made(), consumed));
    return application;
  }

  /** Returns whether the link makes more bits than it takes. */
  KeyGrowth growth() {
    return current() < 0
        ? journal.growth()
        : journal.growth().less(journal.balance(current()).consumed());
  }

  private void comesIntoUse(int block) {
    KeyBlock keys = keys(block);
    long oneTime = 2L * JournalEntry.PAD_BITS * keys.keys();
    long rest = journal.balance(block).made() - oneTime - keys.applicationBits();
    journal.note(entry(Purpose.COMMITTED, block, rest));
    journal.checkpoint(epoch, block, keys.keys());
    noteWhatIsWiped(block);
  }

  /** Says which keys of a block are wiped already, for a reader who begins here. */
  private void noteWhatIsWiped(int block) {
    KeyBlock keys = keys(block);
    for (Party direction : Party.values()) {
      for (KeyBlock.Range gone : keys.ranges(direction, 0, keys.keys(), false)) {
        journal.note(entry(Purpose.WIPED_BEFORE, block, direction, gone.first(), gone.last()));
      }
    }
  }

  private void supersedeBefore(int block) {
    for (int before : held.headMap(block, false).keySet().toArray(Integer[]::new)) {
      kill(before, Purpose.SUPERSEDED);
    }
  }

  private void kill(int block, Purpose why) {
    journal.note(entry(why, block, journal.balance(block).left()));
    journal.close(block);
    keys(block).close();
    held.remove(block);
  }

  /** Begins a new journal with what is there, because the old one cannot be read. */
  void beginNewJournal() {
    giveUpTaken(Purpose.IN_DOUBT);
    journal.beginAnew(epoch);
    journal.note(entry(Purpose.REPAIRED, -1, 0));
    for (int block : held.keySet()) {
      journal.note(entry(Purpose.FOUND, block, journal.balance(block).left()));
      if (state(block) != BlockState.STAGED) {
        journal.note(entry(Purpose.PREPARED, block, 0));
      }
      if (state(block) == BlockState.COMMITTED) {
        journal.note(entry(Purpose.COMMITTED, block, 0));
      }
      noteWhatIsWiped(block);
    }
  }

  /** Returns the bits of a block that are really there, as the balance counts them. */
  long bitsThere(int block) {
    KeyBlock keys = keys(block);
    long oneTime = 2L * JournalEntry.PAD_BITS * keys.keys();
    long bits = keys.holdsApplicationPart() ? keys.applicationBits() : 0;
    if (state(block) != BlockState.COMMITTED) {
      bits += journal.balance(block).made() - oneTime - keys.applicationBits();
    }
    for (Party direction : Party.values()) {
      for (KeyBlock.Range there : keys.ranges(direction, 0, keys.keys(), true)) {
        bits += JournalEntry.PAD_BITS * (there.last() - there.first() + 1L);
      }
    }
    return bits;
  }

  /** Takes a key of the block in use: from here on it is not there any more. */
  void take(KeyIndex index) {
    keys(index.block()).wipe(owner, index.index(), index.index());
    raiseMark(after(index));
  }

  /** Notes what the key that was taken last went to. */
  void use(MessageKind kind, KeyIndex index) {
    journal.noteSent(
        JournalEntry.ofKeys(
            Purpose.SENT,
            Optional.of(kind),
            epoch,
            index.block(),
            owner,
            index.index(),
            index.index()));
    accounted = index.index() + 1;
  }

  /** Notes that the key that was taken, if any, will not be used by this process. */
  void giveUpTaken(Purpose why) {
    if (taken() > 0) {
      journal.note(entry(why, mark.block(), owner, accounted, mark.index() - 1));
      accounted = mark.index();
    }
  }

  private void raiseMark(KeyIndex index) {
    mark = index.compareTo(mark) > 0 ? index : mark;
  }

  /** Notes an accepted message: its key and all before it are destroyed. */
  void hear(KeyIndex index, MessageKind kind) {
    KeyBlock keys = keys(index.block());
    Party peer = owner.peer();
    int from = heard.block() == index.block() ? heard.index() : 0;
    for (KeyBlock.Range never : keys.ranges(peer, from, index.index(), true)) {
      journal.note(entry(Purpose.SKIPPED, index.block(), peer, never.first(), never.last()));
    }
    journal.noteVerified(
        JournalEntry.ofKeys(
            Purpose.VERIFIED,
            Optional.of(kind),
            epoch,
            index.block(),
            peer,
            index.index(),
            index.index()));
    keys.wipe(peer, 0, index.index());
    KeyIndex after = after(index);
    heard = after.compareTo(heard) > 0 ? after : heard;
    asked = Optional.of(kind);
    tries.headMap(index, true).clear();
  }

  /** Counts a failed verification; at the bound the key is destroyed. */
  void countTry(KeyIndex index, int bound) {
    if (tries.merge(index, 1, Integer::sum) >= bound) {
      keys(index.block()).wipe(owner.peer(), index.index(), index.index());
      journal.note(
          entry(
              Purpose.BURNT_BY_ATTEMPTS,
              index.block(),
              owner.peer(),
              index.index(),
              index.index()));
    }
  }

  static KeyIndex after(KeyIndex index) {
    return new KeyIndex(index.epoch(), index.block(), index.index() + 1);
  }

  private JournalEntry entry(Purpose purpose, int block, long bits) {
    return JournalEntry.ofBlock(purpose, epoch, block, block < 0 ? 0 : keys(block).keys(), bits);
  }

  private JournalEntry entry(Purpose purpose, int block, Party direction, int first, int last) {
    return JournalEntry.ofKeys(purpose, Optional.empty(), epoch, block, direction, first, last);
  }

  /** Returns the encoding under the next version number, for the caller to wipe. */
  byte[] encodeNext() {
    nextVersion();
    return LedgerImageFormat.encode(this);
  }

  /**
   * Reads an image.
   *
   * @param encoded the caller wipes it
   * @throws IllegalArgumentException if it is damaged
   */
  public static LedgerImage decode(byte[] encoded) {
    return LedgerImageFormat.decode(encoded);
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
