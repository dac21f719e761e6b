package org.eveproof.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;

/**
 * Either site is killed at every one of its writes, and right after every step that became durable;
 * then both go on from what they remember.
 */
class DeliveryCrashTest {
  private final Map<UUID, String> toMaster = new HashMap<>();
  private final Map<UUID, String> toSlave = new HashMap<>();

  @Test
  void noKeyIsGivenTwiceWhereverASiteIsKilled() {
    int points = 0;
    for (Party victim : Party.values()) {
      for (int write = 0; crash(victim, write); write++) {
        points++;
      }
    }
    // Fewer points than this, and the crashes are not where they are thought to be.
    assertThat(points).isGreaterThan(100);
  }

  /** Returns whether the victim was killed: there are so many writes. */
  private boolean crash(Party victim, int write) {
    toMaster.clear();
    toSlave.clear();
    DeliveryStore alice = SqliteDeliveryStore.inMemory(Party.ALICE);
    DeliveryStore bob = SqliteDeliveryStore.inMemory(Party.BOB);
    FailingStore failing = new FailingStore(write);
    try (TwoSites sites = new TwoSites(DeliveryRules.STANDARD, alice, bob)) {
      sites.block(0, 0, 2000);
      byte[] block = sites.block(0, 1, 2000);
      sites.at(victim).start(failing.over(victim == Party.ALICE ? alice : bob));
      try {
        delivery(sites, 2);
        // The next request reaches into the second block; the one after it is withdrawn.
        delivery(sites, 30);
        sites.announced(TwoSites.request(1));
        sites.alice().owner.withdraw(0);
        sites.announced();
      } catch (FailingStore.Killed killed) {
        sites.at(victim).start(victim == Party.ALICE ? alice : bob);
      }
      boolean fired = failing.fired();
      sites.alice().start(alice);
      sites.bob().start(bob);
      recover(sites, block);
      delivery(sites, 3);
      String where = victim + " killed at write " + write;
      assertThat(toSlave).as(where).hasSizeGreaterThanOrEqualTo(3);
      toSlave.forEach((id, key) -> assertThat(toMaster).as(where).containsEntry(id, key));
      Set<String> keys = new HashSet<>(toMaster.values());
      assertThat(keys).as(where).hasSameSizeAs(toMaster.values());
      assertThat(sites.alice().owner.pendingMessage()).as(where).isEmpty();
      return fired;
    }
  }

  private void recover(TwoSites sites, byte[] block) {
    // The link gives the last block again.
    TwoSites.give(sites.alice(), 0, 1, block.clone());
    TwoSites.give(sites.bob(), 0, 1, block.clone());
    sites.alice().owner.recover();
    Optional<byte[]> pending = sites.alice().owner.pendingMessage();
    pending.ifPresent(
        message -> {
          byte[] answer = sites.bob().holder.hear(message).orElseThrow();
          List<Verdict> verdicts = sites.alice().owner.hearAnswer(answer).orElseThrow();
          for (int entry = 0; entry < verdicts.size(); entry++) {
            // Nobody waits for these any more.
            sites.alice().owner.withdraw(entry);
          }
        });
    // Keys that a slave could have fetched may be fetched once more by whoever knows the id only
    // if they were not: the slave tries all that the master has.
    fetch(sites, toMaster.keySet());
  }

  private void delivery(TwoSites sites, int number) {
    Map<UUID, String> given = sites.enc(TwoSites.request(number));
    given.forEach((id, key) -> assertThat(toMaster.put(id, key)).isNull());
    fetch(sites, given.keySet());
  }

  private void fetch(TwoSites sites, Set<UUID> ids) {
    for (UUID id : Set.copyOf(ids)) {
      KeyHolder.Fetched fetched = sites.dec(TwoSites.SLAVE, TwoSites.MASTER, id);
      if (fetched instanceof KeyHolder.Keys) {
        TwoSites.shown(fetched).forEach((each, key) -> assertThat(toSlave.put(each, key)).isNull());
      }
    }
  }
}
