package org.eveproof.handover;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eveproof.protocol.Bits;

/**
 * The end of the journal, which is a part of the ledger's image: where the chain of entries stands,
 * the ranges that still grow, and the balance. The entries themselves go to the store, in the same
 * write as the image.
 *
 * <p>Keys that are used one after the other for the same kind of message are one entry, which is
 * written when the run is over; until then it is kept here.
 */
final class Journal {
  /** Blocks that come into use between two checkpoints; entries of as many at least are kept. */
  static final int BLOCKS_KEPT = 64;

  private long next;
  private Bits hash;
  private Checkpoint kept;
  private Checkpoint coming;
  private int blocksSince;
  private Optional<JournalEntry> sent = Optional.empty();
  private Optional<JournalEntry> verified = Optional.empty();
  private KeyBalance earlier = KeyBalance.ZERO;
  private final NavigableMap<Integer, KeyBalance> live = new TreeMap<>();
  private KeyGrowth growth = KeyGrowth.NONE;
  private final List<JournalEntry> pending = new ArrayList<>();

  Journal() {
    this(0, JournalEntry.NO_HASH);
  }

  private Journal(long next, Bits hash) {
    this.next = next;
    this.hash = hash;
    this.kept = Checkpoint.blank(next, hash);
    this.coming = kept;
  }

  /** Returns a journal in which nothing is known, whose numbers follow those of this one. */
  Journal following() {
    return new Journal(next, hash);
  }

  /** Leaves all entries so far behind, but keeps the balance. */
  void beginAnew(int epoch) {
    sent = Optional.empty();
    verified = Optional.empty();
    pending.clear();
    blocksSince = 0;
    kept = new Checkpoint(next, hash, epoch, -1, 0, balance());
    coming = kept;
  }

  /** Notes what became of a block, or of keys other than by a message. */
  void note(JournalEntry entry) {
    account(entry);
    append(entry);
  }

  /** Notes that a tag was made. */
  void noteSent(JournalEntry entry) {
    account(entry);
    sent = Optional.of(goOn(sent, entry));
  }

  /** Notes that a tag was verified. */
  void noteVerified(JournalEntry entry) {
    account(entry);
    verified = Optional.of(goOn(verified, entry));
  }

  private JournalEntry goOn(Optional<JournalEntry> run, JournalEntry entry) {
    Optional<JournalEntry> longer = run.flatMap(before -> before.with(entry));
    if (longer.isEmpty()) {
      run.ifPresent(this::append);
    }
    return longer.orElse(entry);
  }

  /** Ends both runs, because the block they are of comes out of use. */
  void endRuns() {
    sent.ifPresent(this::append);
    verified.ifPresent(this::append);
    sent = Optional.empty();
    verified = Optional.empty();
  }

  /** Returns the runs that are not written as entries yet. */
  List<JournalEntry> runs() {
    return Stream.of(sent, verified).flatMap(Optional::stream).toList();
  }

  /** A block is dead: what it comes to is added to all that was before. */
  void close(int block) {
    KeyBalance closed = live.remove(block);
    earlier = closed == null ? earlier : earlier.plus(closed);
  }

  /** A block has come into use, and no other is live. */
  void checkpoint(int epoch, int block, int keys) {
    blocksSince++;
    if (blocksSince >= BLOCKS_KEPT) {
      kept = coming;
      coming = new Checkpoint(next, hash, epoch, block, keys, balance());
      blocksSince = 0;
    }
  }

  void grew(KeyGrowth newGrowth) {
    growth = newGrowth;
  }

  private void account(JournalEntry entry) {
    if (entry.purpose().account() == Purpose.Account.NONE) {
      return;
    }
    live.merge(
        entry.block(), KeyBalance.ZERO.after(entry), (before, change) -> before.plus(change));
  }

  private void append(JournalEntry entry) {
    JournalEntry numbered = entry.numbered(next);
    hash = numbered.chained(hash);
    next++;
    pending.add(numbered);
  }

  /** Returns the entries that are not in the store yet. */
  List<JournalEntry> pending() {
    return List.copyOf(pending);
  }

  /** Notes that the pending entries are in the store. */
  void written() {
    pending.clear();
  }

  /** Returns the number that the next entry gets. */
  long next() {
    return next;
  }

  /** Returns the hash of the chain up to the last entry. */
  Bits hash() {
    return hash;
  }

  /** Returns what the entries before the first one that is kept amount to. */
  Checkpoint kept() {
    return kept;
  }

  /** Returns the balance of all blocks of all epochs. */
  KeyBalance balance() {
    return live.values().stream().reduce(earlier, KeyBalance::plus);
  }

  /** Returns the balance of a block that is not dead. */
  KeyBalance balance(int block) {
    return live.getOrDefault(block, KeyBalance.ZERO);
  }

  KeyGrowth growth() {
    return growth;
  }

  int length() {
    return 3 * Long.BYTES
        + JournalEntry.HASH_BYTES
        + 2 * Checkpoint.BYTES
        + 4 * Integer.BYTES
        + 2 * JournalEntry.BYTES
        + KeyBalance.BYTES
        + live.size() * (Integer.BYTES + KeyBalance.BYTES);
  }

  void put(ByteBuffer out) {
    out.putLong(next).put(hash.toBytes());
    kept.put(out);
    coming.put(out);
    out.putInt(blocksSince);
    putRun(out, sent);
    putRun(out, verified);
    earlier.put(out);
    out.putInt(live.size());
    live.forEach(
        (block, balance) -> {
          out.putInt(block);
          balance.put(out);
        });
    out.putLong(growth.round()).putLong(growth.total());
  }

  static Journal get(ByteBuffer in) {
    long next = in.getLong();
    Journal journal = new Journal(next, JournalEntry.hash(in));
    journal.kept = Checkpoint.get(in);
    journal.coming = Checkpoint.get(in);
    journal.blocksSince = in.getInt();
    journal.sent = getRun(in);
    journal.verified = getRun(in);
    journal.earlier = KeyBalance.get(in);
    for (int left = in.getInt(); left > 0; left--) {
      journal.live.put(in.getInt(), KeyBalance.get(in));
    }
    journal.growth = new KeyGrowth(in.getLong(), in.getLong());
    return journal;
  }

  private static void putRun(ByteBuffer out, Optional<JournalEntry> run) {
    out.putInt(run.isPresent() ? 1 : 0);
    run.ifPresent(entry -> entry.put(out));
  }

  private static Optional<JournalEntry> getRun(ByteBuffer in) {
    return in.getInt() == 0 ? Optional.empty() : Optional.of(JournalEntry.get(in));
  }
}
