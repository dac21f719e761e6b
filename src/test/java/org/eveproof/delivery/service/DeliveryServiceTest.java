package org.eveproof.delivery.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.delivery.DeliveredKey;
import org.eveproof.delivery.DeliveryRules;
import org.eveproof.delivery.KeyHolder;
import org.eveproof.delivery.KeyRequest;
import org.eveproof.delivery.SaeId;
import org.eveproof.delivery.Verdict;
import org.eveproof.protocol.Party;
import org.eveproof.transport.Tap;
import org.junit.jupiter.api.Test;

/** A site at work: concurrency, losses, shutting down, and nothing secret on the wire. */
class DeliveryServiceTest {
  private static final SaeId MASTER = RunningSites.MASTER;
  private static final SaeId SLAVE = RunningSites.SLAVE;
  private static final int CLIENTS = 64;
  private static final int EACH = 20;

  private final Map<UUID, String> given = new ConcurrentHashMap<>();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger doubly = new AtomicInteger();

  @Test
  void noKeyIsDeliveredTwiceToSixtyFourClients() throws InterruptedException {
    try (RunningSites sites = new RunningSites(Tap.NONE, Duration.ofMinutes(1))) {
      sites.block(0, 1 << 20);
      sites.inParallel(CLIENTS, client -> client(sites));
      assertThat(given).hasSize(CLIENTS * EACH);
      assertThat(Set.copyOf(given.values())).hasSize(CLIENTS * EACH);
      assertThat(repeated).hasValue(0);
      assertThat(doubly).hasValue(CLIENTS * EACH);
      assertThat(sites.events).noneMatch(RunningSites::isAlarm);
    }
  }

  private void client(RunningSites sites) {
    for (int i = 0; i < EACH; i++) {
      KeyOutcome outcome = sites.alice().enc(request(1));
      assertThat(outcome).isInstanceOf(KeyOutcome.Given.class);
      for (DeliveredKey key : ((KeyOutcome.Given) outcome).keys()) {
        String shown = hex(key);
        if (given.put(key.id(), shown) != null) {
          repeated.incrementAndGet();
        }
        // Two threads ask for the same key at once: one of them gets it.
        List<Optional<KeyHolder.Fetched>> both = Collections.synchronizedList(new ArrayList<>());
        Thread rival =
            new Thread(() -> both.add(sites.bob().dec(SLAVE, MASTER, List.of(key.id()))));
        rival.start();
        both.add(sites.bob().dec(SLAVE, MASTER, List.of(key.id())));
        join(rival);
        List<String> got =
            both.stream()
                .map(Optional::orElseThrow)
                .filter(KeyHolder.Keys.class::isInstance)
                .map(keys -> hex(((KeyHolder.Keys) keys).keys().get(0)))
                .toList();
        if (got.equals(List.of(shown))) {
          doubly.incrementAndGet();
        }
      }
    }
  }

  @Test
  void lostDoubledAndDamagedMessagesCostTimeAndNoKeyTwice() throws InterruptedException {
    RandomGenerator luck = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    Tap rough =
        (sender, frame) -> {
          synchronized (luck) {
            int fate = luck.nextInt(8);
            byte[] damaged = frame.clone();
            damaged[luck.nextInt(damaged.length)] ^= (byte) (1 + luck.nextInt(255));
            return switch (fate) {
              case 0 -> List.of();
              case 1 -> List.of(damaged);
              case 2 -> List.of(frame, frame);
              case 3 -> List.of(damaged, frame);
              default -> List.of(frame);
            };
          }
        };
    try (RunningSites sites = new RunningSites(rough, Duration.ofMinutes(1))) {
      sites.block(0, 1 << 18);
      Set<UUID> ids = ConcurrentHashMap.newKeySet();
      sites.inParallel(
          8,
          client -> {
            for (int i = 0; i < 10; i++) {
              KeyOutcome outcome = sites.alice().enc(request(2));
              assertThat(outcome).isInstanceOf(KeyOutcome.Given.class);
              ((KeyOutcome.Given) outcome).keys().forEach(key -> ids.add(key.id()));
            }
          });
      assertThat(ids).hasSize(160);
      assertThat(sites.bobStore().backlog(MASTER, SLAVE)).isEqualTo(160);
    }
  }

  @Test
  void withoutAnAnswerNobodyGetsTheKeyAndItIsWithdrawn() throws InterruptedException {
    AtomicInteger open = new AtomicInteger();
    Tap gate = (sender, frame) -> open.get() == 0 ? List.of() : List.of(frame);
    try (RunningSites sites = new RunningSites(gate, Duration.ofMillis(300))) {
      sites.block(0, 1 << 16);
      assertThat(sites.alice().enc(request(3))).isInstanceOf(KeyOutcome.NoAnswer.class);
      open.set(1);
      // The next request waits for the repeated announcement, and carries the withdrawal.
      KeyOutcome next = sites.patient(() -> sites.alice().enc(request(1)), KeyOutcome.Given.class);
      assertThat(next).isInstanceOf(KeyOutcome.Given.class);
      sites.eventually(() -> sites.bobStore().backlog(MASTER, SLAVE) == 1);
    }
  }

  @Test
  void nothingSecretIsInAnnouncementsOrEvents() throws InterruptedException {
    StringBuilder wire = new StringBuilder();
    Tap listening =
        (sender, frame) -> {
          synchronized (wire) {
            wire.append(HexFormat.of().formatHex(frame)).append('\n');
          }
          return List.of(frame);
        };
    try (RunningSites sites = new RunningSites(listening, Duration.ofMinutes(1))) {
      byte[] block = sites.block(0, 1 << 14);
      List<DeliveredKey> keys = ((KeyOutcome.Given) sites.alice().enc(request(20))).keys();
      String text = wire + sites.events.toString() + keys;
      // The red case: an identifier is there, so the search would find.
      UUID id = keys.get(0).id();
      assertThat(wire).contains(id.toString().replace("-", ""));
      for (DeliveredKey key : keys) {
        byte[] bytes = key.bytes();
        assertThat(text)
            .doesNotContain(HexFormat.of().formatHex(bytes))
            .doesNotContain(Base64.getEncoder().encodeToString(bytes))
            .doesNotContain(new String(bytes, StandardCharsets.ISO_8859_1));
      }
      // Neither hash keys nor pads: the first 64 bytes of each half.
      for (int at = 0; at < 64; at += 16) {
        assertThat(text).doesNotContain(HexFormat.of().formatHex(block, at, at + 16));
      }
    }
  }

  @Test
  void tooFewKeysAndShuttingDownAreToldApart() throws InterruptedException {
    RunningSites sites = new RunningSites(Tap.NONE, Duration.ofMinutes(1));
    assertThat(sites.alice().enc(request(1))).isInstanceOf(KeyOutcome.TooFew.class);
    assertThat(sites.alice().stored(256)).hasValue(0L);
    sites.close();
    assertThat(sites.alice().enc(request(1))).isInstanceOf(KeyOutcome.Unavailable.class);
    assertThat(sites.alice().stored(256)).isEmpty();
    assertThat(sites.bob().dec(SLAVE, MASTER, List.of(new UUID(0, 1)))).isEmpty();
  }

  @Test
  void aMasterIsToldThatTheOtherSiteRefuses() throws InterruptedException {
    try (RunningSites sites = new RunningSites(Tap.NONE, Duration.ofMinutes(1))) {
      sites.block(0, 1 << 16);
      KeyRequest foreign =
          new KeyRequest(MASTER, List.of(RunningSites.OTHER), DeliveryRules.STANDARD.keyBits(), 1);
      // A service that keeps the refusal to itself keeps its caller waiting, too.
      KeyOutcome outcome =
          assertTimeoutPreemptively(Duration.ofMinutes(1), () -> sites.alice().enc(foreign));
      assertThat(outcome).isEqualTo(new KeyOutcome.Refused(Verdict.NOT_ENTITLED));
    }
  }

  @Test
  void nothingIsSentBeforeItIsDurable() throws InterruptedException {
    try (RunningSites sites = new RunningSites(Tap.NONE, Duration.ofMinutes(1))) {
      sites.block(0, 1 << 16);
      for (int i = 0; i < 10; i++) {
        assertThat(sites.alice().enc(request(1))).isInstanceOf(KeyOutcome.Given.class);
      }
      // An announcement and an answer for each.
      assertThat(sites.sent).hasValueGreaterThanOrEqualTo(20);
      assertThat(sites.early)
          .as("PadsOnce: what was said too early is not known after a crash, and its pads are free")
          .hasValue(0);
    }
  }

  @Test
  void anAnnouncementThatIsNotDurableIsNotMadeAndTheNextOneIs() throws InterruptedException {
    masterGetsNothingFromAStepThatFailsWith("setPending", false);
  }

  @Test
  void aMasterGetsNoKeyUntilItIsDurableThatItHasIt() throws InterruptedException {
    masterGetsNothingFromAStepThatFailsWith("clearPending", true);
  }

  private static void masterGetsNothingFromAStepThatFailsWith(String write, boolean announced)
      throws InterruptedException {
    try (RunningSites sites = new RunningSites(Tap.NONE, Duration.ofMinutes(1))) {
      sites.block(0, 1 << 16);
      sites.failStepWith(Party.ALICE, write);
      KeyOutcome outcome = sites.alice().enc(request(1));
      assertThat(outcome)
          .as("GivenOnlyAfterAccepted: what is not settled is withdrawn, so no master may have it")
          .isInstanceOf(KeyOutcome.Unavailable.class);
      assertThat(sites.sent.get() > 0)
          .as("PadsOnce: only what is durable is said")
          .isEqualTo(announced);
      assertThat(sites.events).anyMatch(RunningSites::isAlarm);
      assertThat(sites.alice().enc(request(1))).isInstanceOf(KeyOutcome.Given.class);
      // What nobody got is withdrawn, if it was announced.
      sites.eventually(() -> sites.bobStore().backlog(MASTER, SLAVE) == 1);
    }
  }

  @Test
  void aSlaveGetsNoKeyUntilItIsDurableThatItHasIt() throws InterruptedException {
    try (RunningSites sites = new RunningSites(Tap.NONE, Duration.ofMinutes(1))) {
      sites.block(0, 1 << 16);
      DeliveredKey key = ((KeyOutcome.Given) sites.alice().enc(request(1))).keys().get(0);
      sites.failStepWith(Party.BOB, "update");
      assertThat(sites.bob().dec(SLAVE, MASTER, List.of(key.id())))
          .as("DeliverOnce: what is not marked as given can be fetched again")
          .isEmpty();
      KeyHolder.Fetched again = sites.bob().dec(SLAVE, MASTER, List.of(key.id())).orElseThrow();
      assertThat(hex(((KeyHolder.Keys) again).keys().get(0))).isEqualTo(hex(key));
    }
  }

  private static KeyRequest request(int number) {
    return new KeyRequest(MASTER, List.of(SLAVE), DeliveryRules.STANDARD.keyBits(), number);
  }

  private static String hex(DeliveredKey key) {
    return HexFormat.of().formatHex(key.bytes());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
