package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;

/** What a ledger does when the parties meet again. */
class RejoiningTest {
  private static final int KEYS = 6;

  private final SecretRandom random =
      SecretRandom.simulated(RandomGeneratorFactory.of("L64X128MixRandom").create(12));
  private final SecretBits seed = random.secretBits(256);
  private final End alice = new End(Party.ALICE);
  private final End bob = new End(Party.BOB);

  private final class End {
    final Party self;
    InMemoryLedgerStore store = new InMemoryLedgerStore();
    RollbackGuard guard = RollbackGuard.inMemory();
    Ledger ledger;

    End(Party self) {
      this.self = self;
      this.ledger = open();
      enrol(0);
    }

    Ledger open() {
      return Ledger.open(
          self,
          new LedgerRules(Suite.WEGMAN_CARTER, 1, 3),
          store,
          guard,
          (epoch, block, key) -> key.close());
    }

    void enrol(int epoch) {
      try (KeyBlock first = KeyBlock.bootstrap(seed, KEYS)) {
        assertThat(ledger.reBootstrap(epoch, first, true)).isTrue();
      }
    }

    void restart() {
      ledger.close();
      ledger = open();
    }

    /** Puts back a copy of the store together with its guard. */
    void restore(byte[] copy) {
      ledger.close();
      store = new InMemoryLedgerStore();
      store.write(copy);
      guard = RollbackGuard.inMemory();
      ledger = open();
    }

    void stage(SecretBits key) {
      try (KeyBlock block = KeyBlock.of(key, KEYS)) {
        assertThat(ledger.stage(block)).isTrue();
      }
    }
  }

  private SecretBits newKey() {
    return random.secretBits(8 * RoleSplit.leastBytes(KEYS));
  }

  private void assertInStep() {
    assertThat(alice.ledger.rejoin(bob.ledger.position())).isEqualTo(Rejoining.IN_STEP);
    assertThat(bob.ledger.rejoin(alice.ledger.position())).isEqualTo(Rejoining.IN_STEP);
  }

  private void say(End from, End to) {
    try (OneTimeKey key = from.ledger.take().orElseThrow();
        OneTimeKey found = to.ledger.lookup(key.index()).orElseThrow()) {
      to.ledger.accepted(found.index());
    }
  }

  @Test
  void givesOutNoKeyBeforeThePartiesHaveMet() {
    SecretBits key = newKey();
    alice.stage(key);
    bob.stage(key);
    alice.restart();
    assertThat(alice.ledger.isJoined()).isFalse();
    assertThat(alice.ledger.take()).isEmpty();
    assertThat(alice.ledger.reserve()).isFalse();
    assertThat(alice.ledger.reserveForResync()).isFalse();
    assertThat(alice.ledger.handOut()).isEmpty();
    assertThat(alice.ledger.advance()).isEmpty();
    assertThat(alice.ledger.resend()).isEmpty();
    KeyIndex bobs = bob.ledger.next();
    assertThat(alice.ledger.lookup(bobs)).isEmpty();
    assertThat(alice.ledger.commit()).isFalse();
    assertInStep();
    alice.ledger.lookup(bobs).orElseThrow().close();
    assertThat(alice.ledger.take()).isPresent();
    assertThat(alice.ledger.advance()).isPresent();
  }

  @Test
  void partiesAreInStepWhereverOneOfThemCrashesInAHandover() {
    List<End> ends = List.of(alice, bob);
    for (int crash = 0; crash < 12; crash++) {
      int at = 0;
      SecretBits key = newKey();
      for (End end : ends) {
        end.stage(key);
      }
      boolean busy = true;
      while (busy) {
        busy = false;
        for (End end : ends) {
          End to = ends.get(1 - ends.indexOf(end));
          Optional<Frame> frame = end.ledger.advance();
          if (frame.isPresent()) {
            busy = true;
            if (at++ == crash / 2) {
              ends.get(crash % 2).restart();
              assertInStep();
            } else {
              // Bob may answer once more what Alice knows by now; she takes no notice.
              to.ledger.receive(frame.get());
            }
          }
        }
      }
      assertThat(alice.ledger.current()).isEqualTo(crash + 1);
      assertThat(bob.ledger.current()).isEqualTo(crash + 1);
    }
  }

  @Test
  void deadBlocksInBetweenAreNoReasonToPart() {
    for (int round = 0; round < 3; round++) {
      alice.stage(newKey());
      bob.stage(newKey());
      settleUntil(BlockState.DEAD);
    }
    SecretBits key = newKey();
    alice.stage(key);
    bob.stage(key);
    settleUntil(BlockState.COMMITTED);
    assertThat(alice.ledger.current()).isEqualTo(4);
    assertThat(bob.ledger.current()).isZero();
    bob.restart();
    assertInStep();
  }

  /** Talks until Alice knows of her newest block what is wanted, and no further. */
  private void settleUntil(BlockState wanted) {
    while (alice.ledger.state(alice.ledger.newest()) != wanted) {
      alice.ledger.advance().ifPresent(bob.ledger::receive);
      bob.ledger.advance().ifPresent(alice.ledger::receive);
      alice.ledger.commit();
    }
  }

  @Test
  void anOldCopyIsFoundOutByBoth() {
    byte[] copy = alice.store.read().orElseThrow();
    say(alice, bob);
    alice.restore(copy);
    LedgerPosition restored = alice.ledger.position();
    assertThat(alice.ledger.rejoin(bob.ledger.position())).isEqualTo(Rejoining.THIS_IS_OLD);
    assertThat(bob.ledger.rejoin(restored)).isEqualTo(Rejoining.PEER_IS_OLD);
    assertThat(alice.ledger.take()).isEmpty();
    assertThat(alice.ledger.position()).as("nothing is wiped").isEqualTo(restored);
    assertThat(bob.ledger.take()).as("a lie does not stop the peer").isPresent();
  }

  @Test
  void aRestoredPartyAcceptsNothingThatItHasHeardOnce() {
    byte[] copy = bob.store.read().orElseThrow();
    KeyIndex first = alice.ledger.next();
    say(alice, bob);
    bob.restore(copy);
    assertThat(bob.ledger.rejoin(alice.ledger.position())).isEqualTo(Rejoining.IN_STEP);
    assertThat(bob.ledger.lookup(first)).isEmpty();
    assertThat(alice.ledger.rejoin(bob.ledger.position())).isEqualTo(Rejoining.IN_STEP);
    say(alice, bob);
  }

  @Test
  void epochsAndPartiesWithoutKeysAreToldApart() {
    End late = new End(Party.BOB);
    late.enrol(3);
    assertThat(alice.ledger.rejoin(late.ledger.position())).isEqualTo(Rejoining.OTHER_EPOCH);
    bob.store.close();
    bob.restart();
    assertThat(bob.ledger.rejoin(alice.ledger.position())).isEqualTo(Rejoining.NO_KEYS);
    assertThat(alice.ledger.rejoin(bob.ledger.position())).isEqualTo(Rejoining.PEER_HAS_NO_KEYS);
    assertThat(bob.ledger.epoch()).isEqualTo(1);
    alice.enrol(3);
    bob.enrol(3);
    assertInStep();
  }

  @Test
  void impossibleBlocksAreOutOfStep() {
    LedgerPosition own = alice.ledger.position();
    KeyIndex start = new KeyIndex(0, 0, 0);
    KeyIndex later = new KeyIndex(0, 1, 0);
    Optional<BlockState> committed = Optional.of(BlockState.COMMITTED);
    List<LedgerPosition> impossible =
        List.of(
            new LedgerPosition(0, 1, 1, committed, later, start),
            new LedgerPosition(0, 0, 1, committed, start, start),
            new LedgerPosition(0, 0, 0, Optional.empty(), start, start),
            new LedgerPosition(0, 0, 0, Optional.of(BlockState.STAGED), start, start),
            new LedgerPosition(0, 0, 1, Optional.of(BlockState.PREPARED), start, start),
            new LedgerPosition(0, 0, 0, committed, later, start),
            new LedgerPosition(0, 0, -1, committed, start, start));
    for (LedgerPosition position : impossible) {
      assertThat(alice.ledger.rejoin(position)).as("%s", position).isEqualTo(Rejoining.OUT_OF_STEP);
      assertThat(alice.ledger.position()).isEqualTo(own);
    }
  }

  @Test
  void whatWasSaidBeforeTheMeetingIsSaidAnewAndNotAcceptedAnyMore() {
    SecretBits key = newKey();
    alice.stage(key);
    bob.stage(key);
    Frame before = alice.ledger.advance().orElseThrow();
    bob.restart();
    assertInStep();
    assertThat(bob.ledger.receive(before)).isFalse();
    assertThat(alice.ledger.resend()).isEmpty();
    Frame anew = alice.ledger.advance().orElseThrow();
    assertThat(anew.header().key()).isGreaterThan(before.header().key());
    assertThat(bob.ledger.receive(anew)).isTrue();
  }

  /**
   * NoPadReuse: the hash of a block is masked by one pad of the block. Said under another seed each
   * time, it would give Eve, who stops PREPARE, an equation for each.
   */
  @Test
  void theHashOfABlockIsSaidUnderOneSeedHoweverOften() {
    alice.stage(newKey());
    Set<RefillMessage> said = new HashSet<>();
    for (int meeting = 0; meeting < 4; meeting++) {
      said.add(RefillMessage.parse(alice.ledger.advance().orElseThrow()).orElseThrow());
      if (meeting % 2 == 0) {
        alice.restart();
      } else {
        bob.restart();
      }
      assertInStep();
    }
    assertThat(said).hasSize(1);
  }
}
