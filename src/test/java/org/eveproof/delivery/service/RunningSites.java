package org.eveproof.delivery.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.delivery.DeliveryEvent;
import org.eveproof.delivery.DeliveryRules;
import org.eveproof.delivery.DeliveryStore;
import org.eveproof.delivery.Entitlements;
import org.eveproof.delivery.KeyHolder;
import org.eveproof.delivery.KeyOwner;
import org.eveproof.delivery.KeyPool;
import org.eveproof.delivery.SaeId;
import org.eveproof.delivery.SqliteDeliveryStore;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.transport.InMemoryChannel;
import org.eveproof.transport.Tap;
import org.eveproof.transport.Transport;

/** Both sites at work in one process, over a channel with a place for mischief. */
public final class RunningSites implements AutoCloseable {
  /** At Alice's site. */
  public static final SaeId MASTER = new SaeId("sae-1");

  /** At Bob's site; also a master. */
  public static final SaeId SLAVE = new SaeId("sae-2");

  /** At Bob's site. */
  public static final SaeId SECOND = new SaeId("sae-3");

  /** At Bob's site, of another master. */
  public static final SaeId OTHER = new SaeId("sae-4");

  /** Who may what. */
  public static final Entitlements ENTITLEMENTS =
      new Entitlements(
          Set.of(
              new Entitlements.Pair(Party.ALICE, MASTER, SLAVE),
              new Entitlements.Pair(Party.ALICE, MASTER, SECOND),
              new Entitlements.Pair(Party.ALICE, new SaeId("sae-9"), OTHER),
              new Entitlements.Pair(Party.ALICE, new SaeId("sae-9"), SLAVE),
              new Entitlements.Pair(Party.BOB, SLAVE, MASTER)));

  final List<DeliveryEvent> events = Collections.synchronizedList(new ArrayList<>());

  /** Messages that left within a step, before what they speak of was durable; and all messages. */
  final AtomicInteger early = new AtomicInteger();

  final AtomicInteger sent = new AtomicInteger();
  private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
  private final AtomicReference<String> failing = new AtomicReference<>("");
  private final Map<Party, DeliveryStore> stores = new EnumMap<>(Party.class);
  private final Map<Party, DeliveryService> services = new EnumMap<>(Party.class);
  private final RandomGenerator bits = RandomGeneratorFactory.of("L64X128MixRandom").create(3);

  /** Starts both. */
  public RunningSites(Tap tap, Duration patience) {
    InMemoryChannel channel = new InMemoryChannel(tap);
    for (Party site : Party.values()) {
      DeliveryStore store = mayFail(site, SqliteDeliveryStore.inMemory(site));
      stores.put(site, store);
      services.put(
          site,
          new DeliveryService(
              store,
              new KeyOwner(
                  store,
                  DeliveryRules.STANDARD,
                  SecretRandom.simulated(
                      RandomGeneratorFactory.of("L64X128MixRandom").create(bits.nextLong())),
                  events::add),
              new KeyHolder(store, DeliveryRules.STANDARD, ENTITLEMENTS, events::add),
              watched(channel.end(site)),
              patience,
              Duration.ofMillis(20),
              events::add));
    }
    services.values().forEach(DeliveryService::start);
  }

  /** Counts what is sent while a step is not finished. */
  private Transport watched(Transport end) {
    return proxy(
        Transport.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("send")) {
            sent.incrementAndGet();
            early.addAndGet(depth.get() > 0 ? 1 : 0);
          }
          return invoke(end, method, arguments);
        });
  }

  /** Fails to make a step durable that contains a chosen write, once. */
  private DeliveryStore mayFail(Party site, DeliveryStore store) {
    AtomicBoolean doomed = new AtomicBoolean();
    return proxy(
        DeliveryStore.class,
        (proxy, method, arguments) -> {
          if ((site + " " + method.getName()).equals(failing.get())) {
            failing.set("");
            doomed.set(true);
          }
          if (!method.getName().equals("atomically")) {
            return invoke(store, method, arguments);
          }
          depth.set(depth.get() + 1);
          try {
            return store.atomically(
                () -> {
                  Object result = ((Supplier<?>) arguments[0]).get();
                  if (depth.get() == 1 && doomed.getAndSet(false)) {
                    throw new IllegalStateException("the disk is full");
                  }
                  return result;
                });
          } finally {
            depth.set(depth.get() - 1);
          }
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RunningSites.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  /** Has the next step of a site that contains this write of its store not become durable. */
  void failStepWith(Party site, String write) {
    failing.set(site + " " + write);
  }

  /** Returns Alice's site. */
  public DeliveryService alice() {
    return Objects.requireNonNull(services.get(Party.ALICE));
  }

  /** Returns Bob's site. */
  public DeliveryService bob() {
    return Objects.requireNonNull(services.get(Party.BOB));
  }

  DeliveryStore bobStore() {
    return Objects.requireNonNull(stores.get(Party.BOB));
  }

  /** Gives a fresh block to both sites. */
  public byte[] block(int number, int bytes) {
    byte[] key = new byte[bytes];
    bits.nextBytes(key);
    for (DeliveryStore store : stores.values()) {
      new KeyPool(store, DeliveryRules.STANDARD.maxHalfBytes(), events::add)
          .give(0, number, SecretBits.fromBytes(key, Byte.SIZE * bytes));
    }
    return key;
  }

  static boolean isAlarm(DeliveryEvent event) {
    return !(event instanceof DeliveryEvent.BlockTaken);
  }

  /** Runs something in many threads at once, and hands on the first failure. */
  public void inParallel(int threads, IntConsumer work) throws InterruptedException {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread = new Thread(() -> work.accept(number));
      thread.setUncaughtExceptionHandler((which, failure) -> failures.add(failure));
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  /** Asks again until the outcome is of a kind; each time it waits as long as the service does. */
  KeyOutcome patient(Supplier<KeyOutcome> question, Class<? extends KeyOutcome> kind) {
    for (int i = 0; i < 100; i++) {
      KeyOutcome outcome = question.get();
      if (kind.isInstance(outcome)) {
        return outcome;
      }
    }
    throw new AssertionError("no " + kind.getSimpleName());
  }

  /** Waits until something holds that a message under way brings about. */
  void eventually(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    services.values().forEach(DeliveryService::close);
    stores.values().forEach(DeliveryStore::close);
  }
}
