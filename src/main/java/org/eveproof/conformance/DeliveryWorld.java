package org.eveproof.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.eveproof.authentication.Frame;
import org.eveproof.delivery.DeliveryRules;
import org.eveproof.delivery.DeliveryStore;
import org.eveproof.delivery.Entitlements;
import org.eveproof.delivery.KeyHolder;
import org.eveproof.delivery.KeyOwner;
import org.eveproof.delivery.KeyPool;
import org.eveproof.delivery.SaeId;
import org.eveproof.delivery.SqliteDeliveryStore;
import org.eveproof.delivery.etsi014.KmeApi;
import org.eveproof.delivery.service.DeliveryService;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.transport.InMemoryChannel;

/** Two real sites with a store each, the frames between them, and the key_IDs that came about. */
final class DeliveryWorld implements AutoCloseable {
  /** The limits of {@code MCKeyDeliveryConform.cfg}. */
  static final DeliveryRules RULES =
      new DeliveryRules(
          DeliveryMaterial.KEY_BITS, 64, 1024, 8, 4, 2, 3, 1 << 20, DeliveryWorld.MAX_ATTEMPTS);

  static final int MAX_ATTEMPTS = 2;

  private static final SaeId A1 = new SaeId("a1");
  private static final SaeId B1 = new SaeId("b1");
  private static final SaeId B2 = new SaeId("b2");
  private static final SaeId F = new SaeId("f");
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  final DeliveryMaterial material;
  final Set<Frame> net = new LinkedHashSet<>();
  final Map<Party, Site> sites = new EnumMap<>(Party.class);
  private final SecretRandom random;
  private final List<UUID> ids = new ArrayList<>();
  private final Map<Integer, UUID> guesses = new TreeMap<>();

  /** One site. */
  final class Site {
    final Party self;
    final DeliveryStore store;
    private final Entitlements entitlements;
    KeyPool pool;
    KeyOwner owner;
    KeyHolder holder;
    KmeApi api;

    Site(Party self) {
      this.self = self;
      this.store = SqliteDeliveryStore.inMemory(self);
      this.entitlements = pairs(self);
      this.pool = new KeyPool(store, RULES.maxHalfBytes(), event -> {});
      this.owner = new KeyOwner(store, RULES, random, event -> {});
      this.holder = new KeyHolder(store, RULES, entitlements, event -> {});
      this.api = api();
    }

    /** A site at work begins with what a crash left over. Its threads never run here. */
    private KmeApi api() {
      DeliveryService service =
          new DeliveryService(
              store,
              owner,
              holder,
              new InMemoryChannel((from, frame) -> List.of(frame)).end(self),
              AT_ONCE,
              AT_ONCE,
              event -> {});
      return new KmeApi(self, "KME", "peer", RULES, entitlements, service);
    }

    /** The process ends where it stands; another one opens the store. */
    @Refines("KeyDelivery!Crash")
    void crash() {
      pool = new KeyPool(store, RULES.maxHalfBytes(), event -> {});
      owner = new KeyOwner(store, RULES, random, event -> {});
      holder = new KeyHolder(store, RULES, entitlements, event -> {});
      api = api();
    }
  }

  DeliveryWorld(RandomGenerator seeded) {
    this.random = SecretRandom.simulated(seeded);
    this.material = new DeliveryMaterial(seeded);
    for (Party party : Party.values()) {
      sites.put(party, new Site(party));
    }
  }

  /** Bob's site has not been told of the pair with its SAE f. */
  private static Entitlements pairs(Party site) {
    Entitlements.Pair unknown = new Entitlements.Pair(Party.ALICE, A1, F);
    Set<Entitlements.Pair> pairs =
        Set.of(
            new Entitlements.Pair(Party.ALICE, A1, B1),
            new Entitlements.Pair(Party.ALICE, A1, B2),
            new Entitlements.Pair(Party.BOB, B1, A1),
            unknown);
    return new Entitlements(
        pairs.stream()
            .filter(pair -> site == Party.ALICE || !pair.equals(unknown))
            .collect(java.util.stream.Collectors.toSet()));
  }

  Site at(Party party) {
    return Objects.requireNonNull(sites.get(party));
  }

  /** Returns the number of a key_ID, in the order in which they came about. */
  int number(UUID id) {
    if (!ids.contains(id)) {
      ids.add(id);
    }
    return ids.indexOf(id) + 1;
  }

  /** Returns the key_ID with a number; if none has it yet, somebody's guess. */
  UUID id(int number) {
    return number <= ids.size()
        ? ids.get(number - 1)
        : Objects.requireNonNull(
            guesses.computeIfAbsent(number, n -> new UUID(n, Long.MIN_VALUE | n)));
  }

  /** Returns all key_IDs that came about. */
  List<UUID> ids() {
    return List.copyOf(ids);
  }

  /** Sends bytes that a site let out; false if the same are about already. */
  boolean send(byte[] message) {
    Optional<Frame> frame = Frame.parse(message);
    return net.add(frame.orElseThrow());
  }

  @Override
  public void close() {
    sites.values().forEach(site -> site.store.close());
  }
}
