package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger as its users see it; what it may do step by step is {@link PskHandoverProperties}. */
class LedgerTest {
  private static final int KEYS = 6;

  private final SecretRandom random =
      SecretRandom.simulated(RandomGeneratorFactory.of("L64X128MixRandom").create(11));
  private final SecretBits seed = random.secretBits(256);
  private final End alice = new End(Party.ALICE, Suite.WEGMAN_CARTER);
  private final End bob = new End(Party.BOB, Suite.WEGMAN_CARTER);

  private final class End {
    final Party self;
    final Suite suite;
    final InMemoryLedgerStore store = new InMemoryLedgerStore();
    final RollbackGuard guard = RollbackGuard.inMemory();
    final List<SecretBits> given = new ArrayList<>();
    boolean failing;
    Ledger ledger;

    End(Party self, Suite suite) {
      this.self = self;
      this.suite = suite;
      this.ledger = open(store);
      try (KeyBlock first = KeyBlock.bootstrap(seed, KEYS)) {
        assertThat(ledger.reBootstrap(0, first, false)).isTrue();
      }
    }

    Ledger open(LedgerStore from) {
      return Ledger.open(self, new LedgerRules(suite, 1, 3), from, guard, this::give);
    }

    void restart() {
      ledger.close();
      ledger = open(store);
    }

    private void give(int epoch, int block, SecretBits key) {
      if (failing) {
        throw new IllegalStateException("disk full");
      }
      given.add(key);
    }

    byte[] image() {
      return store.read().orElseThrow();
    }
  }

  private SecretBits newKey() {
    return random.secretBits(8 * RoleSplit.leastBytes(KEYS) + 403);
  }

  private static void stage(End end, SecretBits key) {
    try (KeyBlock block = KeyBlock.of(key, KEYS)) {
      assertThat(end.ledger.stage(block)).isTrue();
    }
  }

  /** Lets both talk until neither has anything to say. */
  private void settle(End a, End b) {
    boolean busy = true;
    while (busy) {
      Optional<Frame> fromA = a.ledger.advance();
      fromA.ifPresent(frame -> assertThat(b.ledger.receive(frame)).isTrue());
      Optional<Frame> fromB = b.ledger.advance();
      fromB.ifPresent(frame -> assertThat(a.ledger.receive(frame)).isTrue());
      busy = fromA.isPresent() || fromB.isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("org.eveproof.authentication.Suite#symmetric")
  void handsOverFromBlockToBlock(Suite suite) {
    End a = new End(Party.ALICE, suite);
    End b = new End(Party.BOB, suite);
    for (int round = 1; round <= 5; round++) {
      SecretBits key = newKey();
      stage(a, key);
      stage(b, key);
      settle(a, b);
      assertThat(a.ledger.current()).isEqualTo(round);
      assertThat(b.ledger.current()).isEqualTo(round);
      assertThat(a.given.get(round - 1).sameAs(b.given.get(round - 1))).isTrue();
      assertThat(a.given.get(round - 1).length()).isEqualTo(400);
      assertThat(a.ledger.ordinaryKeysLeft()).isEqualTo(KEYS - 2);
    }
  }

  @Test
  void recycledHashKeysComeFromTheFirstExchangeAndSaveTheirBits() {
    End a = new End(Party.ALICE, Suite.WEGMAN_CARTER_RECYCLED);
    End b = new End(Party.BOB, Suite.WEGMAN_CARTER_RECYCLED);
    List<String> hashKeys = new ArrayList<>();
    List<String> firstPads = new ArrayList<>();
    for (int round = 0; round <= 4; round++) {
      if (round > 0) {
        int saved = round == 1 ? 0 : 32;
        assertThat(a.ledger.leastBytes(KEYS)).isEqualTo(RoleSplit.leastBytes(KEYS) - saved);
        SecretBits key = random.secretBits(8 * a.ledger.leastBytes(KEYS));
        for (End end : List.of(a, b)) {
          try (KeyBlock block = end.ledger.nextBlock(key, KEYS)) {
            assertThat(end.ledger.stage(block)).isTrue();
          }
        }
        settle(a, b);
      }
      assertThat(a.ledger.current()).isEqualTo(round);
      byte[] atAlice = LedgerImage.decode(a.image()).keys(round).toBytes();
      byte[] atBob = LedgerImage.decode(b.image()).keys(round).toBytes();
      assertThat(Arrays.copyOfRange(atBob, 32, 64)).isEqualTo(Arrays.copyOfRange(atAlice, 32, 64));
      hashKeys.add(HexFormat.of().formatHex(atAlice, 32, 64));
      firstPads.add(HexFormat.of().formatHex(atAlice, atAlice.length - 16, atAlice.length));
    }
    assertThat(hashKeys.get(0)).as("of the bootstrap").isNotEqualTo(hashKeys.get(1));
    assertThat(hashKeys.subList(1, 5)).containsOnly(hashKeys.get(1));
    assertThat(firstPads).doesNotHaveDuplicates();
  }

  @Test
  void hashKeysAreRecycledWhateverIsStaged() {
    End a = new End(Party.ALICE, Suite.WEGMAN_CARTER_RECYCLED);
    End b = new End(Party.BOB, Suite.WEGMAN_CARTER_RECYCLED);
    for (int round = 1; round <= 2; round++) {
      SecretBits key = newKey();
      stage(a, key);
      stage(b, key);
      settle(a, b);
    }
    byte[] staged = LedgerImage.decode(a.image()).keys(2).toBytes();
    SecretBits key = newKey();
    stage(a, key);

    byte[] next = LedgerImage.decode(a.image()).keys(3).toBytes();
    assertThat(Arrays.copyOfRange(next, 32, 64)).isEqualTo(Arrays.copyOfRange(staged, 32, 64));
  }

  @Test
  void freshHashKeysAreFreshInEachBlock() {
    List<String> hashKeys = new ArrayList<>();
    for (int round = 1; round <= 3; round++) {
      SecretBits key = newKey();
      stage(alice, key);
      stage(bob, key);
      settle(alice, bob);
      byte[] block = LedgerImage.decode(alice.image()).keys(round).toBytes();
      hashKeys.add(HexFormat.of().formatHex(block, 32, 64));
    }
    assertThat(hashKeys).doesNotHaveDuplicates();
  }

  @Test
  void whatIsRetiredIsInNoImage() {
    byte[] before = alice.image();
    SecretBits key = newKey();
    stage(alice, key);
    stage(bob, key);
    settle(alice, bob);
    byte[] after = alice.image();
    LedgerImage old = LedgerImage.decode(before);
    byte[] bootstrap = old.keys(0).toBytes();
    for (int from = 0; from + 16 <= bootstrap.length; from += 16) {
      byte[] part = Arrays.copyOfRange(bootstrap, from, from + 16);
      assertThat(indexOf(before, part)).isNotNegative();
      assertThat(indexOf(after, part)).isNegative();
    }
  }

  private static int indexOf(byte[] text, byte[] part) {
    for (int at = 0; at + part.length <= text.length; at++) {
      if (Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    return -1;
  }

  @Test
  void aKeyIsTakenOnceAndFoundUntilItIsUsed() {
    try (OneTimeKey first = alice.ledger.take().orElseThrow();
        OneTimeKey second = alice.ledger.take().orElseThrow();
        OneTimeKey found = bob.ledger.lookup(second.index()).orElseThrow()) {
      assertThat(second.index()).isGreaterThan(first.index());
      assertThat(found.index()).isEqualTo(second.index());
      bob.ledger.accepted(second.index());
      assertThat(bob.ledger.lookup(second.index())).isEmpty();
      assertThat(bob.ledger.lookup(first.index())).isEmpty();
      assertThatThrownBy(() -> bob.ledger.accepted(first.index()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void ordinaryMessagesStopBeforeTheReserve() {
    for (int i = 0; i < KEYS - 1; i++) {
      alice.ledger.take().orElseThrow().close();
    }
    assertThat(alice.ledger.take()).isEmpty();
    assertThat(alice.ledger.isExhausted()).isFalse();
    // ReserveForResync: nothing is due, so the reserve stays where it is.
    assertThat(alice.ledger.reserveForResync()).isFalse();
    SecretBits key = newKey();
    stage(alice, key);
    stage(bob, key);
    settle(alice, bob);
    assertThat(alice.ledger.current()).isEqualTo(1);
  }

  /** BoundedAttempts: so many refusals are borne, and with the last of them the key is gone. */
  @Test
  void aKeyIsGoneWithTheLastAttemptThatIsAllowed() {
    try (OneTimeKey key = alice.ledger.take().orElseThrow()) {
      for (int attempt = 1; attempt <= 3; attempt++) {
        assertThat(bob.ledger.lookup(key.index())).as("attempt %d", attempt).isPresent();
        bob.ledger.refused(key.index());
      }
      assertThat(bob.ledger.lookup(key.index())).isEmpty();
    }
  }

  /** ReserveFloor: a key of the reserve that was taken for a refill is no ordinary message's. */
  @Test
  void aKeyOfTheReserveInHandIsForTheRefillAlone() {
    for (int i = 0; i < KEYS - 1; i++) {
      alice.ledger.take().orElseThrow().close();
    }
    SecretBits key = newKey();
    stage(alice, key);
    stage(bob, key);
    assertThat(alice.ledger.reserveForResync()).isTrue();
    assertThat(alice.ledger.handOut()).isEmpty();
    assertThat(alice.ledger.take()).isEmpty();
    settle(alice, bob);
    assertThat(alice.ledger.current()).isEqualTo(1);
  }

  @Test
  void whenTheStoreFailsNoKeyComesOutAndNothingFurtherIsDone() {
    Ledger ledger =
        alice.open(
            new LedgerStore() {
              @Override
              public void write(byte[] image, List<JournalEntry> entries, long firstKept) {
                throw new IllegalStateException("disk full");
              }

              @Override
              public Optional<byte[]> read() {
                return alice.store.read();
              }
            });
    assertThat(ledger.rejoin(bob.ledger.position())).isEqualTo(Rejoining.IN_STEP);
    assertThatThrownBy(ledger::take).hasMessage("disk full");
    assertThat(ledger.take()).isEmpty();
    try (KeyBlock block = KeyBlock.of(newKey(), KEYS)) {
      assertThatThrownBy(() -> ledger.stage(block)).hasMessageContaining("open the ledger anew");
    }
    alice.restart();
    assertThat(alice.ledger.rejoin(bob.ledger.position())).isEqualTo(Rejoining.IN_STEP);
    assertThat(alice.ledger.take()).isPresent();
  }

  /** keys.db is full just when a block is committed: its keys must not be lost at one end. */
  @Test
  void whenTheApplicationDoesNotTakeItsKeyTheBlockIsCommittedLater() {
    SecretBits key = newKey();
    stage(alice, key);
    stage(bob, key);
    bob.failing = true;
    Frame prepare = alice.ledger.advance().orElseThrow();
    assertThat(bob.ledger.receive(prepare)).isTrue();
    assertThat(alice.ledger.receive(bob.ledger.advance().orElseThrow())).isTrue();
    Frame commit = alice.ledger.advance().orElseThrow();
    assertThatThrownBy(() -> bob.ledger.receive(commit)).hasMessage("disk full");
    bob.failing = false;
    assertThatThrownBy(() -> bob.ledger.receive(commit))
        .hasMessageContaining("open the ledger anew");
    assertThat(bob.ledger.take()).isEmpty();
    assertThat(bob.given).isEmpty();
    bob.restart();
    assertThat(bob.ledger.state(1)).isEqualTo(BlockState.PREPARED);
    assertThat(bob.ledger.rejoin(alice.ledger.position())).isEqualTo(Rejoining.IN_STEP);
    assertThat(alice.ledger.rejoin(bob.ledger.position())).isEqualTo(Rejoining.IN_STEP);
    Frame anew = alice.ledger.advance().orElseThrow();
    assertThat(bob.ledger.receive(anew)).isTrue();
    assertThat(bob.given).hasSize(1);
    assertThat(bob.given.get(0).sameAs(alice.given.get(0))).isTrue();
  }

  @Test
  void whatIsNotForThisPartyChangesNothing() {
    SecretBits key = newKey();
    stage(alice, key);
    stage(bob, key);
    Frame prepare = alice.ledger.advance().orElseThrow();
    byte[] before = alice.image();
    assertThat(alice.ledger.receive(prepare)).isFalse();
    assertThat(alice.image()).isEqualTo(before);
    assertThat(bob.ledger.receive(prepare)).isTrue();
    byte[] after = bob.image();
    assertThat(bob.ledger.receive(prepare)).isFalse();
    assertThat(bob.image()).isEqualTo(after);
  }

  private Frame say(End end, RefillMessage message) {
    try (OneTimeKey key = end.ledger.take().orElseThrow()) {
      Header header = new Header(end.suite, end.self, 0, 0, 0, message.kind().type(), key.index());
      return Frame.seal(end.suite.authenticator(), key, header, message.payload());
    }
  }

  /** No honest peer says this; the tag is good all the same. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aMessageAboutAnotherBlockThanTheOneInLineChangesNothing(int other) {
    SecretBits key = newKey();
    stage(alice, key);
    stage(bob, key);
    try (KeyBlock block = KeyBlock.of(key, KEYS)) {
      RefillMessage good = RefillMessage.prepare(1, block);
      RefillMessage prepare =
          new RefillMessage(good.kind(), other, good.keys(), good.seed(), good.hash());
      byte[] bobs = bob.image();
      assertThat(bob.ledger.receive(say(alice, prepare))).isFalse();
      assertThat(bob.image()).isEqualTo(bobs);
    }
    for (MessageKind kind : List.of(MessageKind.ACK, MessageKind.NAK)) {
      byte[] alices = alice.image();
      assertThat(alice.ledger.receive(say(bob, RefillMessage.about(kind, other)))).isFalse();
      assertThat(alice.image()).isEqualTo(alices);
    }
  }

  @Test
  void theImageDoesNotGrow() {
    SecretBits key = newKey();
    int full = 0;
    for (int round = 1; round <= 10_000; round++) {
      stage(alice, key);
      if (round % 3 == 0) {
        assertThat(bob.ledger.stageLost(alice.ledger.position())).isTrue();
      } else {
        stage(bob, key);
      }
      settle(alice, bob);
      if (round == 1) {
        full = alice.image().length;
      }
      assertThat(alice.image().length).isLessThanOrEqualTo(full);
      assertThat(bob.image().length).isLessThanOrEqualTo(full);
    }
    assertThat(alice.ledger.current()).isEqualTo(10_000);
    assertThat(alice.ledger.state(9_999)).isEqualTo(BlockState.DEAD);
    assertThat(LedgerImage.decode(alice.image()).keys(9_999).keys()).isZero();
    assertThat(LedgerImage.decode(alice.image()).keys(9_999).isDestroyed()).isTrue();
  }

  @Test
  void aLostBlockIsDeadAtBothEndsAndTheNextOneIsUsed() {
    stage(alice, newKey());
    assertThat(alice.ledger.stageLost(bob.ledger.position())).as("this is Alice").isFalse();
    assertThat(bob.ledger.stageLost(alice.ledger.position())).isTrue();
    assertThat(bob.ledger.stageLost(alice.ledger.position())).as("once").isFalse();
    settle(alice, bob);
    assertThat(alice.ledger.state(1)).isEqualTo(BlockState.DEAD);
    assertThat(bob.ledger.state(1)).isEqualTo(BlockState.DEAD);
    SecretBits key = newKey();
    stage(alice, key);
    stage(bob, key);
    assertThat(bob.ledger.stageLost(alice.ledger.position())).as("the block is here").isFalse();
    settle(alice, bob);
    assertThat(bob.ledger.current()).isEqualTo(2);
  }

  @Test
  void aBlockThatAliceLostIsFoundOutByTheNextOne() {
    stage(bob, newKey());
    stage(alice, newKey());
    settle(alice, bob);
    assertThat(alice.ledger.state(1)).isEqualTo(BlockState.DEAD);
    assertThat(bob.ledger.state(1)).isEqualTo(BlockState.DEAD);
  }

  @Test
  void aDamagedImageIsRefused() {
    byte[] image = alice.image();
    for (int length = 0; length < image.length; length++) {
      byte[] cut = Arrays.copyOf(image, length);
      assertThatThrownBy(() -> LedgerImage.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    byte[] longer = Arrays.copyOf(image, image.length + 1);
    assertThatThrownBy(() -> LedgerImage.decode(longer))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anyOlderImageIsThrownAway() {
    List<byte[]> backups = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      backups.add(alice.image());
      alice.ledger.take().orElseThrow().close();
    }
    int epoch = 0;
    for (byte[] backup : backups) {
      alice.store.write(backup);
      alice.ledger = alice.open(alice.store);
      epoch++;
      assertThat(alice.ledger.epoch()).isEqualTo(epoch);
      assertThat(alice.ledger.current()).isEqualTo(-1);
      assertThat(alice.ledger.take()).isEmpty();
      assertThat(alice.open(alice.store).epoch()).isEqualTo(epoch);
    }
  }

  @Test
  void aDeletedStoreIsAnOldStore() {
    alice.store.close();
    Ledger ledger = alice.open(alice.store);
    assertThat(ledger.current()).isEqualTo(-1);
    assertThat(ledger.epoch()).isEqualTo(1);
    assertThat(ledger.take()).isEmpty();
  }
}
