package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.Suite;
import org.eveproof.handover.LedgerPair.End;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** Wherever a process dies in a durable write, no key is used twice and nothing is heard twice. */
class LedgerCrashProperties {

  /** The process is gone, in the middle of a write. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Where in a write the process dies. */
  private enum Moment {
    BEFORE_THE_STORE,
    BEFORE_THE_GUARD,
    AFTER_THE_GUARD
  }

  private static final List<Moment> MOMENTS = List.of(Moment.values());

  /** Counts the durable writes of an end, and dies in one of them. */
  private static final class Disk {
    final InMemoryLedgerStore kept = new InMemoryLedgerStore();
    final RollbackGuard counter = RollbackGuard.inMemory();
    int writesLeft = Integer.MAX_VALUE;
    Moment moment = Moment.BEFORE_THE_STORE;

    void dieIf(boolean now) {
      if (now && writesLeft == 0) {
        writesLeft = Integer.MAX_VALUE;
        throw new Killed();
      }
    }

    final LedgerStore store =
        new LedgerStore() {
          @Override
          public void write(byte[] image, List<JournalEntry> entries, long firstKept) {
            writesLeft--;
            dieIf(moment == Moment.BEFORE_THE_STORE);
            kept.write(image, entries, firstKept);
            dieIf(moment == Moment.BEFORE_THE_GUARD);
          }

          @Override
          public Optional<byte[]> read() {
            return kept.read();
          }
        };

    final RollbackGuard guard =
        new RollbackGuard() {
          @Override
          public long version() {
            return counter.version();
          }

          @Override
          public int epoch() {
            return counter.epoch();
          }

          @Override
          public void raise(long version, int epoch) {
            counter.raise(version, epoch);
            dieIf(moment == Moment.AFTER_THE_GUARD);
          }
        };
  }

  /** A life of both ends, in which either may be killed at any of its writes. */
  private static final class Life {
    final Disk aliceDisk = new Disk();
    final Disk bobDisk = new Disk();
    final RandomGenerator choice;
    final LedgerPair pair;
    int killed;
    int epoch;

    Life(long seed, Suite suite) {
      choice = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      pair =
          new LedgerPair(
              SecretRandom.simulated(choice),
              suite,
              party -> {
                Disk disk = party == Party.ALICE ? aliceDisk : bobDisk;
                return new LedgerPair.Place(disk.store, disk.guard);
              });
      pair.enrol(0);
    }

    Disk disk(End end) {
      return end == pair.alice ? aliceDisk : bobDisk;
    }

    /** Does something with the end that may die of it; both meet again if one does. */
    void survive(End end, Runnable step) {
      long marked = end.image().version();
      try {
        step.run();
      } catch (Killed e) {
        killed++;
        end.restart();
        assertThat(end.image().version()).isGreaterThanOrEqualTo(marked);
        assertThat(pair.meet()).isEqualTo(Rejoining.IN_STEP);
      }
    }

    void step() {
      End one = choice.nextBoolean() ? pair.alice : pair.bob;
      End other = one == pair.alice ? pair.bob : pair.alice;
      if (choice.nextInt(4) == 0) {
        Disk disk = disk(one);
        disk.writesLeft = choice.nextInt(6) + 1;
        disk.moment = MOMENTS.get(choice.nextInt(MOMENTS.size()));
      }
      boolean lost = choice.nextInt(6) == 0;
      switch (choice.nextInt(5)) {
        case 0 -> stageBoth(one, other);
        case 1 -> survive(one, () -> refill(one, other, lost));
        case 2 ->
            survive(
                one,
                () ->
                    one.say()
                        .filter(said -> !lost)
                        .ifPresent(said -> survive(other, () -> other.hear(said))));
        case 3 -> survive(one, () -> one.ledger.refused(other.ledger.next()));
        default -> refillBoth(one, other);
      }
      for (End end : List.of(pair.alice, pair.bob)) {
        assertThat(end.audit(disk(end).kept.journal())).isEmpty();
      }
      if (pair.alice.ledger.isExhausted() || pair.bob.ledger.isExhausted()) {
        aliceDisk.writesLeft = Integer.MAX_VALUE;
        bobDisk.writesLeft = Integer.MAX_VALUE;
        epoch++;
        pair.enrol(epoch);
      }
    }

    private void stageBoth(End one, End other) {
      try (SecretBits key = pair.key();
          KeyBlock block = one.ledger.nextBlock(key, LedgerPair.KEYS);
          KeyBlock copy = other.ledger.nextBlock(key, LedgerPair.KEYS)) {
        survive(one, () -> one.ledger.stage(block));
        survive(other, () -> other.ledger.stage(copy));
      }
    }

    private void refillBoth(End one, End other) {
      for (int i = 0; i < 4; i++) {
        survive(one, () -> refill(one, other, false));
        survive(other, () -> refill(other, one, false));
      }
    }

    private void refill(End from, End to, boolean lost) {
      Optional<Frame> frame = from.advance().or(from.ledger::resend);
      if (frame.isPresent() && !lost) {
        survive(to, () -> to.ledger.receive(frame.get()));
      }
    }
  }

  @Property(tries = 150, seed = "20")
  void noKeyIsUsedTwiceWhereverAProcessDies(@ForAll @IntRange(max = 1_000_000) int seed) {
    Suite suite = seed % 2 == 0 ? Suite.WEGMAN_CARTER : Suite.WEGMAN_CARTER_RECYCLED;
    Life life = new Life(seed, suite);
    for (int i = 0; i < 120; i++) {
      life.step();
    }
  }

  @Example
  void theHistoriesHaveDeathsAndHandoversInThem() {
    Life life = new Life(7, Suite.WEGMAN_CARTER);
    int newest = 0;
    for (int i = 0; i < 400; i++) {
      life.step();
      newest = Math.max(newest, life.pair.alice.ledger.current());
    }
    assertThat(life.killed).isGreaterThan(20);
    assertThat(newest).isGreaterThan(5);
  }

  /** Every write of one history, one after the other, at each moment in it. */
  @Example
  void noWriteOfAHandoverCanBeDiedInWithoutRecovery() {
    int deaths = 0;
    for (Moment moment : Moment.values()) {
      for (int write = 1; write <= 14; write++) {
        for (int who = 0; who < 2; who++) {
          Life life = new Life(3, Suite.WEGMAN_CARTER);
          End dying = who == 0 ? life.pair.alice : life.pair.bob;
          End other = who == 0 ? life.pair.bob : life.pair.alice;
          life.disk(dying).writesLeft = write;
          life.disk(dying).moment = moment;
          for (int round = 0; round < 3; round++) {
            life.stageBoth(dying, other);
            life.refillBoth(dying, other);
            life.refillBoth(dying, other);
          }
          deaths += life.killed;
          assertThat(life.pair.alice.ledger.current()).isEqualTo(life.pair.bob.ledger.current());
          assertThat(life.pair.alice.ledger.current()).isPositive();
          assertThat(life.pair.alice.given).isPositive();
        }
      }
    }
    assertThat(deaths).isGreaterThan(60);
  }

  @Example
  void aKeyThatComesOutIsGoneForGood() {
    Life life = new Life(5, Suite.WEGMAN_CARTER);
    End alice = life.pair.alice;
    KeyIndex index = alice.say().orElseThrow();
    life.aliceDisk.writesLeft = 1;
    life.aliceDisk.moment = Moment.BEFORE_THE_STORE;
    assertThatThrownBy(alice.ledger::take).as("DurableAhead").isInstanceOf(Killed.class);
    alice.restart();
    life.pair.meet();
    assertThat(alice.say().orElseThrow()).as("NoPadReuse").isGreaterThan(index);
  }
}
