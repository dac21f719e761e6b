package org.eveproof.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * What several threads do to two sites at once, for a model checker of interleavings. One key is
 * there for two slaves, and its master has not got it; a message that announces another is on its
 * way. Results are texts, so that they can be compared.
 */
final class SharedSites {
  private static final Entitlements ENTITLEMENTS = TwoSites.ENTITLEMENTS;
  private static final SplittableRandom IDENTIFIERS = new SplittableRandom(2);
  private static final DeliveryRules RULES = DeliveryRules.STANDARD;

  /** Both sites before the threads begin; made once, as it is the same for all executions. */
  private static final class Start {
    private final MapDeliveryStore alice;
    private final MapDeliveryStore bob = new MapDeliveryStore(Party.BOB, true);
    private final List<UUID> keys = new ArrayList<>();
    private final byte[] next;

    Start() {
      MapDeliveryStore ahead = new MapDeliveryStore(Party.ALICE, true);
      byte[] block = new byte[1024];
      new SplittableRandom(1).nextBytes(block);
      for (MapDeliveryStore store : List.of(ahead, bob)) {
        pool(store).give(0, 0, SecretBits.fromBytes(block, 8 * block.length));
      }
      byte[] answer =
          holder(bob).hear(announce(ahead, TwoSites.SLAVE, TwoSites.SECOND)).orElseThrow();
      assertThat(owner(ahead).hearAnswer(answer)).contains(List.of(Verdict.ACCEPTED));
      alice = new MapDeliveryStore(ahead, true);
      owner(ahead).giveMaster(0).forEach(DeliveredKey::close);
      next = announce(ahead, TwoSites.SLAVE);
    }

    private byte[] announce(MapDeliveryStore store, SaeId... slaves) {
      KeyRequest request = new KeyRequest(TwoSites.MASTER, List.of(slaves), 128, 1);
      byte[] message = owner(store).announce(List.of(request)).message().orElseThrow();
      byte[] said = store.pending().orElseThrow().message().payload();
      keys.add(Announcement.parse(said).orElseThrow().entries().get(0).ids().get(0));
      return message;
    }
  }

  private static final Start START = new Start();

  private final MapDeliveryStore bobStore;
  private final KeyOwner owner;
  private final KeyHolder holder;
  private final KeyPool pool;

  /**
   * Brings both sites to the start.
   *
   * @param exclusive whether the stores let one step exclude others
   */
  SharedSites(boolean exclusive) {
    MapDeliveryStore aliceStore = new MapDeliveryStore(START.alice, exclusive);
    bobStore = new MapDeliveryStore(START.bob, exclusive);
    owner = owner(aliceStore);
    holder = holder(bobStore);
    pool = pool(bobStore);
  }

  private static KeyOwner owner(MapDeliveryStore store) {
    return new KeyOwner(store, RULES, SecretRandom.simulated(IDENTIFIERS), event -> {});
  }

  private static KeyHolder holder(MapDeliveryStore store) {
    return new KeyHolder(store, RULES, ENTITLEMENTS, event -> {});
  }

  private static KeyPool pool(MapDeliveryStore store) {
    return new KeyPool(store, RULES.maxHalfBytes(), event -> {});
  }

  /** A slave asks for one of the two keys. */
  String fetch(SaeId slave, int key) {
    KeyHolder.Fetched fetched = holder.give(slave, TwoSites.MASTER, List.of(START.keys.get(key)));
    return fetched instanceof KeyHolder.Keys got ? TwoSites.shown(got.keys()).toString() : "none";
  }

  /** The announcement of the second key comes in. */
  String hear() {
    return holder.hear(START.next).map(HexFormat.of()::formatHex).orElse("no answer");
  }

  /** The master asks for the first key. */
  String giveMaster() {
    try {
      return TwoSites.shown(owner.giveMaster(0)).toString();
    } catch (IllegalStateException settled) {
      return "none";
    }
  }

  /** The master has gone away. */
  String withdraw() {
    try {
      owner.withdraw(0);
      return "withdrawn";
    } catch (IllegalStateException settled) {
      return "none";
    }
  }

  /** The link gives a block. */
  int give(int block) {
    byte[] bytes = new byte[128];
    new SplittableRandom(block).nextBytes(bytes);
    pool.give(0, block, SecretBits.fromBytes(bytes, 8 * bytes.length));
    return bobStore.halves(Party.BOB).size();
  }
}
