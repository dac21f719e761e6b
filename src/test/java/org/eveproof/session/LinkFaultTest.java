package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Methods;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.session.LinkEnds.Yield;
import org.eveproof.session.RoundReport.Outcome;
import org.eveproof.transport.FaultyProxy;
import org.eveproof.transport.FaultyProxy.Fault;
import org.eveproof.transport.FaultyProxy.Spot;
import org.eveproof.transport.TcpTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two ends over TCP, with something wrong in between: whatever happens to one byte, wherever, no
 * end has a key that the other lacks or that differs.
 */
@Timeout(300)
final class LinkFaultTest {
  private static final List<Fault> FAULTS = List.of(Fault.values());

  /** Few pulses: the key goes to the application as it is. */
  private static final int SMALL = 30_000;

  /** Enough that a round pays for new one-time keys: the refill is on the wire as well. */
  private static final int LARGE = 240_000;

  /** A run, and what was seen of it in between. */
  private record Run(Yield alice, Yield bob, long towards, long back, int faults) {}

  @Test
  void oneDamagedByteOnTheClassicalChannelCostsNothing() throws Exception {
    List<Callable<Run>> runs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int pulses : new int[] {SMALL, LARGE}) {
      Run whole = run(pulses, List.of(), List.of());
      int trials = pulses == SMALL ? 32 : 16;
      for (int trial = 0; trial < trials; trial++) {
        Fault fault = FAULTS.get(trial % FAULTS.size());
        boolean towards = trial / 2 % 2 == 0;
        long length = towards ? whole.towards() : whole.back();
        Spot spot =
            new Spot(fault, towards, position(random, trial, length), random.nextInt(1, 256));
        runs.add(() -> run(pulses, List.of(spot), List.of()));
      }
    }
    int happened = 0;
    for (Run run : together(runs)) {
      assertThat(run.alice().outcomes()).containsExactly(Outcome.KEY);
      assertThat(run.bob().outcomes()).containsExactly(Outcome.KEY);
      assertThat(run.alice().keys).hasSize(1).isEqualTo(run.bob().keys);
      happened += run.faults();
    }
    // A run may end before a fault that was planned for its last bytes.
    assertThat(happened).isGreaterThan(runs.size() * 3 / 4);
  }

  @Test
  void oneDamagedByteInTheFibreGivesTheSameKeyOrNone() throws Exception {
    List<Callable<Run>> runs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 12; trial++) {
      Fault fault = FAULTS.get(trial % FAULTS.size());
      Spot spot =
          new Spot(fault, false, position(random, trial, SMALL / 2), random.nextInt(1, 256));
      runs.add(() -> run(SMALL, List.of(), List.of(spot)));
    }
    for (Run run : together(runs)) {
      assertThat(run.alice().outcomes()).isEqualTo(run.bob().outcomes());
      assertThat(run.alice().keys).isEqualTo(run.bob().keys);
    }
  }

  /** Anywhere, in the first bytes, or in the last ones. */
  private static long position(SplittableRandom random, int trial, long length) {
    return switch (trial % 3) {
      case 0 -> random.nextLong(length);
      case 1 -> random.nextLong(Math.min(700, length));
      default -> length - 1 - random.nextLong(Math.min(500, length));
    };
  }

  private static List<Run> together(List<Callable<Run>> runs) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Run> done = new ArrayList<>();
      for (Future<Run> run : pool.invokeAll(runs)) {
        done.add(run.get());
      }
      return done;
    } finally {
      pool.shutdownNow();
    }
  }

  /** Bob connects, through a proxy on each channel, to Alice, who listens. */
  private static Run run(int pulses, List<Spot> classical, List<Spot> optical) throws Exception {
    LinkSettings settings =
        LinkSettings.standard(
            Methods.preshared(Set.of(Suite.WEGMAN_CARTER)),
            1,
            new LinkParameters(pulses, 1, 1, 1e-6, 0.01));
    int limit = settings.maxFrameBytes();
    Yield alice = new Yield();
    Yield bob = new Yield();
    ExecutorService ends = Executors.newFixedThreadPool(2);
    try (TcpTransport channel = listen(limit);
        TcpTransport fibre = listen(limit);
        FaultyProxy proxy = new FaultyProxy(channel.port(), classical);
        FaultyProxy dark = new FaultyProxy(fibre.port(), optical);
        TcpTransport bobsChannel = TcpTransport.connect(proxy.address(), limit);
        TcpTransport bobsFibre = TcpTransport.connect(dark.address(), limit)) {
      assertThat(fibre.awaitConnected(Duration.ofSeconds(20))).isTrue();
      Future<?> first = ends.submit(end(Party.ALICE, settings, channel, fibre, alice));
      Future<?> second = ends.submit(end(Party.BOB, settings, bobsChannel, bobsFibre, bob));
      first.get();
      second.get();
      return new Run(
          alice,
          bob,
          proxy.bytes(true),
          proxy.bytes(false),
          proxy.faultsDone() + dark.faultsDone());
    } finally {
      ends.shutdownNow();
    }
  }

  /** One conversation each time, so that a fault planned for one of its bytes happens. */
  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static Callable<Boolean> end(
      Party self, LinkSettings settings, TcpTransport channel, TcpTransport fibre, Yield yield) {
    return () -> {
      try (LinkParty party =
          LinkEnds.party(
              self, settings, SecretRandom.simulated(seeded(self == Party.ALICE ? 1 : 2)))) {
        new LinkRunner(
                party,
                settings,
                channel,
                fibre,
                new FibreEve.Nothing(),
                Chance.drivenBy(seeded(self == Party.ALICE ? 3 : 4)),
                Duration.ofSeconds(60),
                yield::take)
            .run();
        return party.failure().isEmpty();
      }
    };
  }

  private static TcpTransport listen(int limit) throws IOException {
    return TcpTransport.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limit);
  }
}
