package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.Suite;
import org.eveproof.handover.LedgerPair.End;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the journal says, and what an auditor makes of it. */
class JournalTest {
  private final SecretRandom random =
      SecretRandom.simulated(RandomGeneratorFactory.of("L64X128MixRandom").create(13));
  private LedgerPair pair = LedgerPair.inMemory(random, Suite.WEGMAN_CARTER);

  @BeforeEach
  void enrol() {
    pair.enrol(0);
  }

  private static List<JournalEntry> journal(End end) {
    return ((InMemoryLedgerStore) end.place.store()).journal();
  }

  private static List<String> lines(End end) {
    List<JournalEntry> all = new ArrayList<>(journal(end));
    all.addAll(end.image().journal().runs());
    return all.stream().map(entry -> entry.line().replaceFirst("^[0-9]+ ", "")).toList();
  }

  @Test
  void saysWhichKeysWentWhere() {
    for (int i = 0; i < 3; i++) {
      KeyIndex said = pair.alice.say().orElseThrow();
      if (i != 1) {
        pair.bob.hear(said);
      }
    }
    pair.stage(true);
    pair.settle();
    assertThat(lines(pair.alice))
        .containsExactly(
            "enrolled 0/0 (8 keys each way) 2560 bits",
            "committed 0/0 (8 keys each way) 512 bits",
            "staged 0/1 (8 keys each way) 3840 bits",
            "sent DATA 0/0 alice 0-2 384 bits",
            "prepared 0/1 (8 keys each way)",
            "given 0/1 (8 keys each way) 1280 bits",
            "sent PREPARE 0/0 alice 3 128 bits",
            "verified ACK 0/0 bob 0 128 bits",
            "superseded 0/0 (8 keys each way) 1408 bits",
            "committed 0/1 (8 keys each way) 512 bits",
            "sent COMMIT 0/1 alice 0 128 bits",
            "verified DONE 0/1 bob 0 128 bits");
    assertThat(lines(pair.bob))
        .containsExactly(
            "enrolled 0/0 (8 keys each way) 2560 bits",
            "committed 0/0 (8 keys each way) 512 bits",
            "skipped 0/0 alice 1 128 bits",
            "verified DATA 0/0 alice 0 128 bits",
            "staged 0/1 (8 keys each way) 3840 bits",
            "verified DATA 0/0 alice 2 128 bits",
            "prepared 0/1 (8 keys each way)",
            "given 0/1 (8 keys each way) 1280 bits",
            "sent ACK 0/0 bob 0 128 bits",
            "verified PREPARE 0/0 alice 3 128 bits",
            "superseded 0/0 (8 keys each way) 1408 bits",
            "committed 0/1 (8 keys each way) 512 bits",
            "verified COMMIT 0/1 alice 0 128 bits");
    KeyBalance balance = pair.bob.ledger.balance();
    assertThat(balance.made()).isEqualTo(2560 + 3840);
    assertThat(balance.burnt()).isEqualTo(128);
    assertThat(balance.superseded()).isEqualTo(1408);
    assertThat(balance.given()).isEqualTo(1280);
  }

  @Test
  void whatACrashLeavesInDoubtIsBurntOnceAndNamed() {
    assertThat(pair.alice.say()).isPresent();
    assertThat(pair.alice.say()).isPresent();
    pair.alice.restart();
    pair.alice.restart();
    assertThat(pair.meet()).isEqualTo(Rejoining.IN_STEP);
    assertThat(pair.alice.say()).isPresent();
    assertThat(lines(pair.alice)).contains("in-doubt 0/0 alice 1 128 bits");
    assertThat(pair.alice.ledger.balance().burnt()).isEqualTo(128);
    assertThat(pair.alice.audit()).isEmpty();
  }

  @Test
  void aKeyThatIsBurntByAttemptsIsNotSkippedAsWell() {
    KeyIndex first = pair.alice.say().orElseThrow();
    KeyIndex second = pair.alice.say().orElseThrow();
    for (int i = 0; i < 3; i++) {
      pair.bob.ledger.refused(first);
    }
    pair.bob.hear(second);
    assertThat(lines(pair.bob)).contains("burnt-by-attempts 0/0 alice 0 128 bits");
    assertThat(lines(pair.bob)).noneMatch(line -> line.startsWith("skipped"));
    assertThat(pair.bob.audit()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("org.eveproof.authentication.Suite#symmetric")
  void theBalanceAddsUpOverManyBlocksWithFaults(Suite suite) {
    pair = LedgerPair.inMemory(random, suite);
    pair.enrol(0);
    int longest = 0;
    for (int round = 1; round <= 400; round++) {
      End one = round % 2 == 0 ? pair.alice : pair.bob;
      End other = one == pair.alice ? pair.bob : pair.alice;
      one.say().ifPresent(said -> {});
      one.say().ifPresent(other::hear);
      if (round % 7 == 0) {
        one.restart();
        assertThat(pair.meet()).isEqualTo(Rejoining.IN_STEP);
      }
      pair.stage(round % 5 != 0);
      if (round % 4 == 0) {
        burnAKeyOfThePreparedBlock();
      }
      pair.settle();
      assertThat(pair.alice.audit()).isEmpty();
      assertThat(pair.bob.audit()).isEmpty();
      longest = Math.max(longest, Math.max(journal(one).size(), journal(other).size()));
    }
    KeyBalance balance = pair.alice.ledger.balance();
    assertThat(balance.left()).isEqualTo(pair.alice.image().bitsThere(pair.alice.ledger.current()));
    assertThat(balance.given()).isEqualTo(pair.alice.givenBits);
    assertThat(longest).isLessThan(2 * Journal.BLOCKS_KEPT * 25);
  }

  /** Eve tries forgeries at Bob while he waits for COMMIT. */
  private void burnAKeyOfThePreparedBlock() {
    pair.alice.advance().ifPresent(pair.bob.ledger::receive);
    int newest = pair.bob.ledger.newest();
    KeyIndex index = new KeyIndex(pair.bob.ledger.epoch(), newest, 3);
    Header header =
        new Header(pair.bob.suite, Party.ALICE, 0, 0, 0, MessageKind.COMMIT.type(), index);
    byte[] payload = new byte[8];
    byte[] tag = new byte[pair.bob.suite.maxTagBytes()];
    for (int i = 0; i < 3; i++) {
      pair.bob.ledger.receive(Frame.withTag(header, payload, tag));
    }
  }

  @Test
  void oldEntriesAreFoldedIntoACheckpoint() {
    for (int round = 0; round < 3 * Journal.BLOCKS_KEPT; round++) {
      pair.stage(true);
      pair.settle();
    }
    List<JournalEntry> kept = journal(pair.alice);
    assertThat(kept.get(0).number()).isPositive();
    assertThat(kept.stream().filter(entry -> entry.purpose() == Purpose.COMMITTED).count())
        .isBetween((long) Journal.BLOCKS_KEPT, 2L * Journal.BLOCKS_KEPT);
    assertThat(pair.alice.audit()).isEmpty();
    assertThat(pair.alice.ledger.balance().made())
        .isEqualTo(2560 + 3840L * 3 * Journal.BLOCKS_KEPT);
  }

  @Test
  void anyChangeOfTheJournalIsFound() {
    pair.alice.say().ifPresent(pair.bob::hear);
    pair.stage(true);
    pair.settle();
    List<JournalEntry> good = journal(pair.alice);
    assertThat(pair.alice.audit(good)).isEmpty();
    for (int i = 0; i < good.size(); i++) {
      List<JournalEntry> without = new ArrayList<>(good);
      without.remove(i);
      assertThat(pair.alice.audit(without)).as("without %s", good.get(i)).isNotEmpty();
      for (int field = 0; field < JournalEntry.NUMBERS; field++) {
        long[] numbers = good.get(i).numbers();
        numbers[field] ^= 1;
        Optional<JournalEntry> changed = parse(numbers);
        if (changed.isPresent()) {
          List<JournalEntry> flipped = new ArrayList<>(good);
          flipped.set(i, changed.get());
          assertThat(pair.alice.audit(flipped)).as("%s", changed).isNotEmpty();
        }
      }
    }
  }

  private static Optional<JournalEntry> parse(long[] numbers) {
    try {
      return Optional.of(JournalEntry.ofNumbers(numbers));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A ledger that did wrong would write a chain that is whole: the audit is by what it says. */
  @Test
  void anAuditorFindsWhatALedgerDidWrong() {
    assertThat(pair.alice.say()).isPresent();
    assertThat(pair.alice.say()).isPresent();
    pair.bob.say().ifPresent(pair.alice::hear);
    JournalEntry twice =
        JournalEntry.ofKeys(Purpose.SENT, Optional.of(MessageKind.DATA), 0, 0, Party.ALICE, 0, 0);
    assertThat(findingsAfter(twice)).anyMatch(line -> line.contains("key 0 was used before"));
    JournalEntry ofThePeer =
        JournalEntry.ofKeys(Purpose.SENT, Optional.of(MessageKind.DATA), 0, 0, Party.BOB, 5, 5);
    assertThat(findingsAfter(ofThePeer)).anyMatch(line -> line.contains("the direction is wrong"));
    JournalEntry inStore =
        JournalEntry.ofKeys(Purpose.SENT, Optional.of(MessageKind.DATA), 0, 0, Party.ALICE, 5, 5);
    assertThat(findingsAfter(inStore)).anyMatch(line -> line.contains("has a purpose"));
    JournalEntry tooFar =
        JournalEntry.ofKeys(Purpose.SKIPPED, Optional.empty(), 0, 0, Party.BOB, 7, 8);
    assertThat(findingsAfter(tooFar)).anyMatch(line -> line.contains("the block has 8 keys"));
    JournalEntry fewBits =
        new JournalEntry(
            0, Purpose.SKIPPED, Optional.empty(), 0, 0, Optional.of(Party.BOB), 5, 5, 1);
    assertThat(findingsAfter(fewBits)).anyMatch(line -> line.contains("the bits are not those"));
    assertThat(findingsAfter(JournalEntry.ofBlock(Purpose.GIVEN, 0, 0, 8, 64)))
        .anyMatch(line -> line.contains("should have"));
    assertThat(findingsAfter(JournalEntry.ofBlock(Purpose.SUPERSEDED, 0, 0, 8, 64)))
        .anyMatch(line -> line.contains("bits were left"));
    assertThat(findingsAfter(JournalEntry.ofBlock(Purpose.GIVEN, 0, 3, 8, 64)))
        .anyMatch(line -> line.contains("the block is dead"));
    assertThat(findingsAfter(JournalEntry.ofBlock(Purpose.STAGED, 0, 3, 8, 64)))
        .anyMatch(line -> line.contains("the block before it was 0/0"));
    assertThat(findingsAfter(JournalEntry.ofBlock(Purpose.COMMITTED, 0, 0, 8, 0)))
        .anyMatch(line -> line.contains("was not prepared"));
    assertThat(findingsAfter(JournalEntry.ofBlock(Purpose.PREPARED, 0, 0, 8, 0)))
        .anyMatch(line -> line.contains("was not staged"));
    assertThat(findingsAfter(JournalEntry.ofBlock(Purpose.ENROLLED, 0, 0, 8, 0)))
        .anyMatch(line -> line.contains("an epoch begins"));
    assertThat(pair.alice.audit()).isEmpty();
  }

  private List<String> findingsAfter(JournalEntry entry) {
    LedgerImage image = pair.alice.image();
    image.journal().endRuns();
    image.journal().note(entry);
    List<JournalEntry> entries = new ArrayList<>(journal(pair.alice));
    entries.addAll(image.journal().pending());
    assertThat(LedgerAudit.chainDamage(image.journal(), entries)).isEmpty();
    return LedgerAudit.findings(image, entries);
  }

  @Test
  void aBlockThatDoesNotGrowTheKeysIsRefused() {
    for (int i = 0; i < LedgerPair.KEYS - LedgerPair.SPARE; i++) {
      pair.alice.say().ifPresent(pair.bob::hear);
      pair.bob.say().ifPresent(pair.alice::hear);
    }
    long consumed = pair.alice.ledger.balance(0).consumed();
    // 512 for the block's own comparison and hash keys, 128 for each tag.
    assertThat(consumed).isEqualTo(512 + 12 * 128);
    byte[] before = pair.alice.place.store().read().orElseThrow();
    try (SecretBits equal = random.secretBits((int) consumed);
        SecretBits more = random.secretBits((int) consumed + 8);
        KeyBlock notGrowing = KeyBlock.of(equal, Ledger.REFILL_COST + 1);
        KeyBlock growing = KeyBlock.of(more, Ledger.REFILL_COST + 1)) {
      assertThat(pair.alice.ledger.stage(notGrowing)).isFalse();
      assertThat(pair.alice.place.store().read().orElseThrow()).isEqualTo(before);
      assertThat(pair.alice.ledger.stage(growing)).isTrue();
    }
  }

  @Test
  void growthIsReportedForEachRoundAndInTotal() {
    // What the block in use takes for its own comparison and hash keys counts at once.
    assertThat(pair.alice.ledger.keyGrowing()).isEqualTo(new KeyGrowth(0, -512));
    pair.stage(true);
    pair.settle();
    // PREPARE and ACK, and what the first block took itself.
    assertThat(pair.alice.ledger.keyGrowing()).isEqualTo(new KeyGrowth(3072, 3072 - 768));
    pair.stage(true);
    pair.settle();
    assertThat(pair.alice.ledger.keyGrowing()).isEqualTo(new KeyGrowth(2816, 5888 - 768));
    long before = pair.alice.ledger.balance().consumed();
    pair.alice.say().ifPresent(pair.bob::hear);
    pair.bob.say().ifPresent(pair.alice::hear);
    long since = pair.alice.ledger.balance().consumed() - before;
    assertThat(since).isPositive();
    assertThat(pair.alice.ledger.keyGrowing()).isEqualTo(new KeyGrowth(2816, 5888 - 768 - since));
  }

  @Test
  void theReserveIsLowBeforeItIsAllThatIsLeft() {
    List<ReserveLevel> levels = new ArrayList<>();
    for (int i = 0; i <= LedgerPair.KEYS - LedgerPair.SPARE; i++) {
      levels.add(pair.alice.ledger.level());
      assertThat(pair.alice.say().isPresent()).isEqualTo(i < LedgerPair.KEYS - LedgerPair.SPARE);
    }
    assertThat(levels)
        .containsExactly(
            ReserveLevel.PLENTY,
            ReserveLevel.PLENTY,
            ReserveLevel.PLENTY,
            ReserveLevel.LOW,
            ReserveLevel.LOW,
            ReserveLevel.LOW,
            ReserveLevel.RESERVE_ONLY);
    assertThat(pair.bob.ledger.level()).isEqualTo(ReserveLevel.PLENTY);
  }
}
