package org.eveproof.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** Alice's and Bob's site with stores in memory, and masters and slaves at both. */
final class TwoSites implements AutoCloseable {
  static final SaeId MASTER = new SaeId("master");
  static final SaeId SLAVE = new SaeId("slave");
  static final SaeId SECOND = new SaeId("second");
  static final SaeId STRANGER = new SaeId("stranger");

  /** The master, at Alice's, may name both slaves; the first slave may name it. */
  static final Entitlements ENTITLEMENTS =
      new Entitlements(
          Set.of(
              new Entitlements.Pair(Party.ALICE, MASTER, SLAVE),
              new Entitlements.Pair(Party.ALICE, MASTER, SECOND),
              new Entitlements.Pair(Party.ALICE, new SaeId("other"), STRANGER),
              new Entitlements.Pair(Party.ALICE, new SaeId("other"), SLAVE),
              new Entitlements.Pair(Party.BOB, SLAVE, MASTER)));

  final Map<Party, Site> sites = new EnumMap<>(Party.class);
  final List<DeliveryEvent> events = new ArrayList<>();
  private final RandomGenerator bits = RandomGeneratorFactory.of("L64X128MixRandom").create(7);

  /** One of them. */
  final class Site {
    DeliveryStore store;
    final DeliveryRules rules;
    KeyPool pool;
    KeyOwner owner;
    KeyHolder holder;

    Site(DeliveryStore store, DeliveryRules rules) {
      this.rules = rules;
      this.store = store;
      start(store);
    }

    /** Starts anew over what is remembered. */
    void start(DeliveryStore over) {
      store = over;
      pool = new KeyPool(store, rules.maxHalfBytes(), events::add);
      owner =
          new KeyOwner(
              store,
              rules,
              SecretRandom.simulated(
                  RandomGeneratorFactory.of("L64X128MixRandom").create(bits.nextLong())),
              events::add);
      holder = new KeyHolder(store, rules, ENTITLEMENTS, events::add);
    }
  }

  TwoSites(DeliveryRules rules) {
    this(rules, SqliteDeliveryStore.inMemory(Party.ALICE), SqliteDeliveryStore.inMemory(Party.BOB));
  }

  TwoSites(DeliveryRules rules, DeliveryStore alice, DeliveryStore bob) {
    sites.put(Party.ALICE, new Site(alice, rules));
    sites.put(Party.BOB, new Site(bob, rules));
  }

  Site at(Party site) {
    return Objects.requireNonNull(sites.get(site));
  }

  Site alice() {
    return at(Party.ALICE);
  }

  Site bob() {
    return at(Party.BOB);
  }

  /** Gives the same fresh block to both sites. */
  byte[] block(int epoch, int block, int bytes) {
    byte[] key = new byte[bytes];
    bits.nextBytes(key);
    for (Site site : sites.values()) {
      give(site, epoch, block, key);
    }
    return key;
  }

  static void give(Site site, int epoch, int block, byte[] key) {
    site.pool.give(epoch, block, SecretBits.fromBytes(key, Byte.SIZE * key.length));
  }

  static KeyRequest request(int number) {
    return new KeyRequest(MASTER, List.of(SLAVE), 256, number);
  }

  /** Announces at Alice's, and has the answer heard, without giving anything. */
  List<Verdict> announced(KeyRequest... requests) {
    KeyOwner.Announced announced = alice().owner.announce(List.of(requests));
    byte[] answer = bob().holder.hear(announced.message().orElseThrow()).orElseThrow();
    return alice().owner.hearAnswer(answer).orElseThrow();
  }

  /** Has a master at Alice's get keys. */
  Map<UUID, String> enc(KeyRequest request) {
    assertThat(announced(request)).containsExactly(Verdict.ACCEPTED);
    return shown(alice().owner.giveMaster(0));
  }

  /** Has a slave at Bob's ask for keys. */
  KeyHolder.Fetched dec(SaeId slave, SaeId master, UUID... ids) {
    return bob().holder.give(slave, master, List.of(ids));
  }

  static Map<UUID, String> shown(KeyHolder.Fetched fetched) {
    assertThat(fetched).isInstanceOf(KeyHolder.Keys.class);
    return shown(((KeyHolder.Keys) fetched).keys());
  }

  static Map<UUID, String> shown(List<DeliveredKey> keys) {
    Map<UUID, String> shown = new LinkedHashMap<>();
    for (DeliveredKey key : keys) {
      byte[] bytes = key.bytes();
      shown.put(key.id(), HexFormat.of().formatHex(bytes));
      Arrays.fill(bytes, (byte) 0);
      key.close();
    }
    return shown;
  }

  @Override
  public void close() {
    sites.values().forEach(site -> site.store.close());
  }
}
