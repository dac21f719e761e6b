package org.eveproof.adversary.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.delivery.BlockId;
import org.eveproof.handover.JournalEntry;
import org.eveproof.handover.LedgerImage;
import org.eveproof.handover.Purpose;
import org.eveproof.protocol.Party;

/**
 * What the logs and journals of both ends say together, over all their lives. What is found is
 * told, and stays found.
 */
final class Evidence {
  private final Map<Party, Told> told = new EnumMap<>(Party.class);
  private final List<Finding> findings = new ArrayList<>();
  private int lostWithEpoch;

  /** A property that does not hold, and how that shows. */
  record Finding(Property property, String text) {}

  /** What one end has told. */
  private static final class Told {
    /** What was tagged with each key. */
    final NavigableMap<KeyIndex, String> sent = new TreeMap<>();

    /** Keys that a message of the peer's was accepted under. */
    final Set<KeyIndex> verified = new HashSet<>();

    /** Digests of what was to be handed over. */
    final Map<BlockId, String> gives = new HashMap<>();

    /** Blocks that came into use and have a part that is not for authentication. */
    final Set<BlockId> committed = new HashSet<>();
  }

  Evidence() {
    for (Party party : Party.values()) {
      told.put(party, new Told());
    }
  }

  private Told of(Party party) {
    return Objects.requireNonNull(told.get(party));
  }

  /** Takes what a life has written down; its process is dead. */
  void read(Party party, Path log) throws IOException {
    Told own = of(party);
    for (String line : SiteLog.read(log)) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case SiteLog.SENDS -> {
          KeyIndex key = new KeyIndex(number(words[1]), number(words[2]), number(words[3]));
          String before = own.sent.putIfAbsent(key, words[4]);
          if (before != null && !before.equals(words[4])) {
            find(
                Property.NO_KEY_USED_TWICE,
                party.specName() + "'s key " + words(key) + " authenticated two messages");
          }
        }
        case SiteLog.GIVES -> {
          BlockId block = new BlockId(number(words[1]), number(words[2]));
          String before = own.gives.putIfAbsent(block, words[3]);
          if (before != null && !before.equals(words[3])) {
            find(
                Property.NO_COMMITTED_KEY_LOST,
                party.specName() + " gave two different keys as those of block " + block);
          }
        }
        default -> {}
      }
    }
  }

  /**
   * Compares what an end's state says with what it has done. Its process is dead.
   *
   * @param isOld whether the state is an old copy that the end has not found out about yet
   */
  void look(Party party, StateCopy state, boolean isOld) {
    Told own = of(party);
    state.audit().forEach(text -> find(Property.JOURNAL_ADDS_UP, party.specName() + ": " + text));
    if (isOld || state.image().isEmpty()) {
      return;
    }
    LedgerImage image = state.image().get();
    NavigableMap<KeyIndex, String> tooLate = own.sent.tailMap(image.mark(), true);
    if (!tooLate.isEmpty()) {
      find(
          Property.GONE_BEFORE_USED,
          party.specName()
              + " has sent a message under key "
              + words(tooLate.firstKey())
              + ", and its store would give out that key again");
    }
    for (JournalEntry entry : state.entries()) {
      if (entry.purpose() == Purpose.VERIFIED) {
        for (int index = entry.first(); index <= entry.last(); index++) {
          own.verified.add(new KeyIndex(entry.epoch(), entry.block(), index));
        }
      } else if (entry.purpose() == Purpose.COMMITTED && entry.block() > 0) {
        own.committed.add(new BlockId(entry.epoch(), entry.block()));
      }
    }
    if (image.current() > 0) {
      BlockId last = new BlockId(image.epoch(), image.current());
      if (state.lastTakenIn().filter(taken -> taken.compareTo(last) >= 0).isEmpty()) {
        find(
            Property.NO_COMMITTED_KEY_LOST,
            party.specName() + " has committed block " + last + ", and its pool does not have it");
      }
    }
  }

  /** Compares the ends when both have ended as they should. */
  void compare(StateCopy alice, StateCopy bob) {
    for (Party party : Party.values()) {
      for (KeyIndex key : of(party).verified) {
        if (!of(party.peer()).sent.containsKey(key)) {
          find(
              Property.NO_KEY_USED_TWICE,
              party.specName() + " accepted a message under key " + words(key) + ", never sent");
        }
      }
    }
    compareGiven();
    if (alice.image().isEmpty() || bob.image().isEmpty()) {
      find(Property.ENDS_AGREE, "an end has no ledger");
      return;
    }
    String atAlice = standing(alice.image().get());
    String atBob = standing(bob.image().get());
    if (!atAlice.equals(atBob)) {
      find(Property.ENDS_AGREE, "Alice ends with " + atAlice + ", Bob with " + atBob);
    }
    if (!alice.pool().equals(bob.pool())) {
      find(
          Property.NO_COMMITTED_KEY_LOST,
          "Alice's pool ends with blocks "
              + alice.pool().keySet()
              + ", Bob's with "
              + bob.pool().keySet()
              + (alice.pool().keySet().equals(bob.pool().keySet()) ? ", of other bytes" : ""));
    }
  }

  private static String standing(LedgerImage image) {
    return "epoch "
        + image.epoch()
        + ", block "
        + image.current()
        + " of "
        + (image.blocks() - 1)
        + ", "
        + image.state(image.blocks() - 1).specName();
  }

  private void compareGiven() {
    Set<BlockId> all = new TreeSet<>(of(Party.ALICE).committed);
    all.addAll(of(Party.BOB).committed);
    int lastEpoch = all.stream().mapToInt(BlockId::epoch).max().orElse(0);
    for (BlockId block : all) {
      String atAlice = of(Party.ALICE).gives.get(block);
      String atBob = of(Party.BOB).gives.get(block);
      if (atAlice != null && atBob != null) {
        if (!atAlice.equals(atBob)) {
          find(
              Property.NO_COMMITTED_KEY_LOST,
              "the ends were given different keys of block " + block);
        }
      } else if (block.epoch() < lastEpoch && isLast(block, all)) {
        // A new bootstrap took the place of a handover that was half done, and says so.
        lostWithEpoch++;
      } else {
        find(
            Property.NO_COMMITTED_KEY_LOST,
            "block "
                + block
                + " is committed, and the keys of it never reached "
                + (atAlice == null ? "Alice" : "Bob"));
      }
    }
  }

  private static boolean isLast(BlockId block, Set<BlockId> all) {
    return all.stream()
        .noneMatch(other -> other.epoch() == block.epoch() && other.compareTo(block) > 0);
  }

  private void find(Property property, String text) {
    findings.add(new Finding(property, text));
  }

  /** Returns what was found since this was asked last. */
  List<Finding> newFindings() {
    List<Finding> found = List.copyOf(findings);
    findings.clear();
    return found;
  }

  /** Returns how many keys authenticated a message. */
  int keysUsed() {
    return of(Party.ALICE).sent.size() + of(Party.BOB).sent.size();
  }

  /** Returns how many blocks both ends handed over. */
  int blocksGiven() {
    Set<BlockId> both = new HashSet<>(of(Party.ALICE).gives.keySet());
    both.retainAll(of(Party.BOB).gives.keySet());
    return both.size();
  }

  /** Returns how many blocks one end alone had when a new bootstrap began another epoch. */
  int lostWithEpoch() {
    return lostWithEpoch;
  }

  private static int number(String word) {
    return Integer.parseInt(word);
  }

  private static String words(KeyIndex key) {
    return key.epoch() + "/" + key.block() + "/" + key.index();
  }
}
