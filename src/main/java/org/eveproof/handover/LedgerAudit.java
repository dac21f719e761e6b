package org.eveproof.handover;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * Replays a journal from its last checkpoint: no key has two purposes, no block comes back, the
 * balance adds up, and what should be left is exactly what is in the store.
 */
final class LedgerAudit {
  private final LedgerImage image;
  private final List<String> findings = new ArrayList<>();
  private final NavigableMap<Integer, Block> live = new TreeMap<>();
  private KeyBalance balance;
  private int epoch;
  private int newest;

  /** A block that is not dead, as far as the entries go. */
  private static final class Block {
    final int keys;
    final Map<Party, BitSet> gone = new EnumMap<>(Party.class);
    BlockState state;
    long left;

    Block(int keys, BlockState state, long left) {
      this.keys = keys;
      this.state = state;
      this.left = left;
    }

    BitSet gone(Party direction) {
      return gone.computeIfAbsent(direction, none -> new BitSet());
    }
  }

  private LedgerAudit(LedgerImage image) {
    this.image = image;
    Checkpoint start = image.journal().kept();
    balance = start.balance();
    epoch = start.epoch();
    newest = start.block();
    if (start.block() >= 0) {
      live.put(
          start.block(), new Block(start.keys(), BlockState.COMMITTED, start.balance().left()));
    }
  }

  /** Returns what is wrong with the chain of entries; empty if it is whole. */
  static Optional<String> chainDamage(Journal end, List<JournalEntry> entries) {
    long expected = end.kept().next();
    Bits hash = end.kept().hash();
    for (JournalEntry entry : entries) {
      if (entry.number() != expected) {
        return Optional.of("after entry " + (expected - 1) + " comes " + entry.number());
      }
      hash = entry.chained(hash);
      expected++;
    }
    if (expected != end.next()) {
      return Optional.of("entries " + expected + " to " + (end.next() - 1) + " are missing");
    }
    return hash.equals(end.hash())
        ? Optional.empty()
        : Optional.of("an entry is not what was written");
  }

  /** Returns what is wrong, given that the chain is whole. */
  static List<String> findings(LedgerImage image, List<JournalEntry> entries) {
    LedgerAudit audit = new LedgerAudit(image);
    entries.forEach(audit::replay);
    image.journal().runs().forEach(audit::replay);
    audit.compareWithImage();
    return audit.findings;
  }

  private void replay(JournalEntry entry) {
    balance = balance.after(entry);
    switch (entry.purpose()) {
      case ENROLLED -> enrol(entry);
      case ROLLED_BACK -> {
        live.clear();
        balance = KeyBalance.ZERO;
        epoch = entry.epoch();
        newest = -1;
      }
      case REPAIRED -> live.clear();
      case STAGED -> begin(entry, BlockState.STAGED);
      case LOST -> newest = follow(entry);
      case FOUND -> {
        newest = entry.block();
        live.put(entry.block(), new Block(entry.keys(), BlockState.STAGED, entry.bits()));
      }
      default -> change(entry);
    }
  }

  private void enrol(JournalEntry entry) {
    if (entry.epoch() < epoch || (entry.epoch() == epoch && newest >= 0) || !live.isEmpty()) {
      find(entry, "an epoch begins before the one before it is over");
    }
    epoch = entry.epoch();
    newest = -1;
    begin(entry, BlockState.PREPARED);
  }

  private void begin(JournalEntry entry, BlockState state) {
    newest = follow(entry);
    live.put(entry.block(), new Block(entry.keys(), state, entry.bits()));
  }

  private int follow(JournalEntry entry) {
    if (entry.epoch() != epoch || entry.block() != newest + 1) {
      find(entry, "the block before it was " + epoch + "/" + newest);
    }
    return entry.block();
  }

  private void change(JournalEntry entry) {
    Block block = entry.epoch() == epoch ? live.get(entry.block()) : null;
    if (block == null) {
      find(entry, "the block is dead, or was never there");
      return;
    }
    switch (entry.purpose()) {
      case PREPARED -> {
        expect(entry, block.state == BlockState.STAGED, "the block was not staged");
        block.state = BlockState.PREPARED;
      }
      case COMMITTED -> {
        expect(entry, block.state == BlockState.PREPARED, "the block was not prepared");
        block.state = BlockState.COMMITTED;
        block.left -= entry.bits();
      }
      case GIVEN -> block.left -= entry.bits();
      case SUPERSEDED, DISCARDED -> {
        expect(entry, block.left == entry.bits(), block.left + " bits were left");
        live.remove(entry.block());
      }
      default -> useKeys(entry, block);
    }
  }

  private void useKeys(JournalEntry entry, Block block) {
    Party direction = entry.direction().orElse(image.owner());
    Purpose purpose = entry.purpose();
    boolean own =
        purpose == Purpose.SENT || purpose == Purpose.GIVEN_UP || purpose == Purpose.IN_DOUBT;
    boolean rightWay =
        purpose == Purpose.WIPED_BEFORE
            || (entry.direction().isPresent() && own == (direction == image.owner()));
    expect(entry, rightWay, "the direction is wrong");
    if (entry.first() < 0 || entry.last() < entry.first() || entry.last() >= block.keys) {
      find(entry, "the block has " + block.keys + " keys");
      return;
    }
    BitSet gone = block.gone(direction);
    if (purpose != Purpose.WIPED_BEFORE) {
      int again = gone.nextSetBit(entry.first());
      expect(entry, again < 0 || again > entry.last(), "key " + again + " was used before");
      expect(
          entry,
          entry.bits() == (long) JournalEntry.PAD_BITS * entry.keys(),
          "the bits are not those of the keys");
      block.left -= entry.bits();
    }
    gone.set(entry.first(), entry.last() + 1);
  }

  private void expect(JournalEntry entry, boolean holds, String otherwise) {
    if (!holds) {
      find(entry, otherwise);
    }
  }

  private void find(JournalEntry entry, String what) {
    findings.add(entry.line() + ": " + what);
  }

  /** What the entries leave must be what the store holds, key by key and bit by bit. */
  private void compareWithImage() {
    if (!live.keySet().equals(image.held().keySet())) {
      findings.add(
          "the journal leaves blocks "
              + live.keySet()
              + ", the store holds "
              + image.held().keySet());
      return;
    }
    long left = live.values().stream().mapToLong(block -> block.left).sum();
    if (balance.left() != left) {
      findings.add("the balance leaves " + balance.left() + " bits, the blocks " + left);
    }
    live.forEach(this::compareBlock);
    if (!balance.equals(image.journal().balance())) {
      findings.add(
          "the journal gives " + balance + ", the store says " + image.journal().balance());
    }
  }

  private void compareBlock(int number, Block block) {
    KeyBlock keys = image.keys(number);
    if (block.state != image.state(number) || block.keys != keys.keys()) {
      findings.add(
          "block " + number + " is " + image.state(number) + " with " + keys.keys() + " keys");
      return;
    }
    if (number == image.current() && image.taken() > 0) {
      // Taken, and neither used nor given up as far as is known for good.
      block.gone(image.owner()).set(image.accounted(), image.mark().index());
      block.left -= (long) JournalEntry.PAD_BITS * image.taken();
    }
    for (Party direction : Party.values()) {
      for (int index = 0; index < block.keys; index++) {
        if (keys.holds(direction, index) == block.gone(direction).get(index)) {
          findings.add(
              "key "
                  + direction.specName()
                  + " "
                  + epoch
                  + "/"
                  + number
                  + "/"
                  + index
                  + (keys.holds(direction, index)
                      ? " is in the store and has a purpose"
                      : " is gone and has no purpose"));
        }
      }
    }
    if (block.left != image.bitsThere(number)) {
      findings.add(
          "block "
              + number
              + " should have "
              + block.left
              + " bits, has "
              + image.bitsThere(number));
    }
  }
}
