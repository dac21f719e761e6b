package org.eveproof.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.eveproof.delivery.health.HealthGate;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pool takes in, drops and refuses. */
class KeyPoolTest {
  private static final int BLOCK_BYTES = 4096;

  @TempDir private Path directory;

  private final List<DeliveryEvent> events = new ArrayList<>();
  private int block;

  private void give(DeliveryStore store, long maxHalfBytes, int blocks, double ones) {
    KeyPool pool = new KeyPool(store, maxHalfBytes, events::add);
    for (int i = 0; i < blocks; i++) {
      pool.give(0, block, SecretBits.fromBytes(biased(ones, block), Byte.SIZE * BLOCK_BYTES));
      block++;
    }
  }

  private static byte[] biased(double ones, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[BLOCK_BYTES];
    for (int bit = 0; bit < Byte.SIZE * BLOCK_BYTES; bit++) {
      bytes[bit / Byte.SIZE] |= (byte) (random.nextDouble() < ones ? 1 << bit % Byte.SIZE : 0);
    }
    return bytes;
  }

  @Test
  void aFullPoolStaysAsItIsHoweverManyBlocksComeAndSaysSoOnce() {
    try (DeliveryStore store = SqliteDeliveryStore.inMemory(Party.ALICE)) {
      give(store, 2 * BLOCK_BYTES, 4, 0.5);
      assertThat(events).noneMatch(DeliveryEvent.PoolFull.class::isInstance);
      give(store, 2 * BLOCK_BYTES, 500, 0.5);
      assertThat(events).filteredOn(DeliveryEvent.PoolFull.class::isInstance).hasSize(1);
      assertThat(store.halves(Party.ALICE)).hasSize(4);
      assertThat(store.halves(Party.BOB)).hasSize(4 + KeyPool.MAX_BEGINNINGS);
      store.halves(Party.ALICE).forEach(half -> store.drop(Party.ALICE, half.id()));
      store.halves(Party.BOB).forEach(half -> store.drop(Party.BOB, half.id()));
      give(store, 2 * BLOCK_BYTES, 1, 0.5);
      assertThat(events.get(events.size() - 1)).isInstanceOf(DeliveryEvent.BlockTaken.class);
    }
  }

  @Test
  void aBiasTooSmallForOneBlockIsFoundOverManyAlsoWhenTheSiteWasStartedAnewBetweenThem() {
    for (int start = 0; start < 40; start++) {
      try (DeliveryStore store = SqliteDeliveryStore.open(directory, Party.BOB)) {
        give(store, 1 << 20, 1, 0.49);
      }
    }
    assertThat(events.get(0)).isInstanceOf(DeliveryEvent.BlockTaken.class);
    assertThat(events.get(events.size() - 1)).isInstanceOf(DeliveryEvent.BlockRefused.class);
  }

  @Test
  void uniformBlocksAreNotRefused() {
    try (DeliveryStore store = SqliteDeliveryStore.inMemory(Party.BOB)) {
      give(store, 1 << 22, 300, 0.5);
      assertThat(events).hasSize(300).allMatch(DeliveryEvent.BlockTaken.class::isInstance);
      assertThat(store.rest(Party.ALICE)).isEqualTo(300L * (BLOCK_BYTES / 2 - Half.STREAM));
    }
  }

  @Test
  void aBlockThatIsNotRandomIsRefusedAndTheNextOneIsNot() {
    try (DeliveryStore store = SqliteDeliveryStore.inMemory(Party.ALICE)) {
      give(store, 1 << 20, 1, 0.6);
      give(store, 1 << 20, 1, 0.5);
      assertThat(events.get(0)).isInstanceOf(DeliveryEvent.BlockRefused.class);
      assertThat(events.get(1)).isInstanceOf(DeliveryEvent.BlockTaken.class);
      assertThat(store.halves(Party.ALICE)).hasSize(1);
    }
  }

  @Test
  void aBlockTooLongToBeJudgedAtOnceIsJudgedToItsEnd() {
    byte[] bytes = new byte[HealthGate.MOST_BYTES + BLOCK_BYTES];
    new SplittableRandom(1).nextBytes(bytes);
    Arrays.fill(bytes, HealthGate.MOST_BYTES, bytes.length, (byte) 0);
    try (DeliveryStore store = SqliteDeliveryStore.inMemory(Party.ALICE)) {
      new KeyPool(store, BLOCK_BYTES, events::add)
          .give(0, 0, SecretBits.fromBytes(bytes, Byte.SIZE * bytes.length));
      assertThat(events).singleElement().isInstanceOf(DeliveryEvent.BlockRefused.class);
    }
  }
}
