package org.eveproof.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.eveproof.protocol.Party;
import org.eveproof.transport.FaultyProxy.Fault;
import org.eveproof.transport.FaultyProxy.Spot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class TransportTest {
  private static final int LIMIT = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration NOW = Duration.ZERO;

  @Test
  void framesCrossInOrderBothWays() throws Exception {
    try (TcpTransport listening = listen();
        TcpTransport connecting = TcpTransport.connect(local(listening.port()), LIMIT)) {
      SplittableRandom random = new SplittableRandom(1);
      for (int length : new int[] {1, 2, 253, 254, 255, 508, 70_000, LIMIT}) {
        byte[] frame = new byte[length];
        random.nextBytes(frame);
        connecting.send(frame);
        assertThat(listening.receive(SOON)).hasValue(frame);
        listening.send(frame);
        assertThat(connecting.receive(SOON)).hasValue(frame);
      }
      assertThat(connecting.receive(NOW)).isEmpty();
      assertThat(connecting.flush(SOON)).isTrue();
    }
  }

  @Test
  void aDroppedConnectionIsReplaced() throws Exception {
    try (TcpTransport listening = listen();
        FaultyProxy proxy = new FaultyProxy(listening.port(), List.of());
        TcpTransport connecting = TcpTransport.connect(proxy.address(), LIMIT)) {
      for (int i = 1; i <= 3; i++) {
        byte[] frame = {(byte) i};
        exchange(connecting, listening, frame);
        exchange(listening, connecting, frame);
        proxy.cut();
      }
    }
  }

  /** The peer may come later, and noise before it does no harm. */
  @Test
  void anyOrderOfStartingWorks() throws Exception {
    int port = FreePorts.next();
    try (TcpTransport connecting = TcpTransport.connect(local(port), LIMIT)) {
      assertThat(connecting.awaitConnected(Duration.ofMillis(300))).isFalse();
      try (TcpTransport listening = TcpTransport.listen(local(port), LIMIT);
          Socket noise = new Socket(InetAddress.getLoopbackAddress(), port)) {
        noise.getOutputStream().write(new byte[] {7, 0, 0, 1, (byte) 255, 3});
        assertThat(connecting.awaitConnected(SOON)).isTrue();
        assertThat(listening.awaitConnected(SOON)).isTrue();
        exchange(connecting, listening, new byte[] {1});
      }
    }
  }

  @Test
  void aPortInUseIsSaid() throws Exception {
    try (TcpTransport listening = listen()) {
      assertThatThrownBy(() -> TcpTransport.listen(local(listening.port()), LIMIT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on");
    }
  }

  @Test
  void aFrameBeyondTheLimitIsACallersFault() throws Exception {
    try (TcpTransport listening = listen()) {
      assertThatThrownBy(() -> listening.send(new byte[LIMIT + 1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void oneFaultLosesAtMostTwoFrames(Fault fault) throws Exception {
    SplittableRandom random = new SplittableRandom(fault.name().hashCode());
    for (int trial = 0; trial < 5; trial++) {
      List<Spot> spots =
          List.of(new Spot(fault, true, random.nextInt(20 * 13), random.nextInt(1, 256)));
      try (TcpTransport listening = listen();
          FaultyProxy proxy = new FaultyProxy(listening.port(), spots);
          TcpTransport connecting = TcpTransport.connect(proxy.address(), LIMIT)) {
        int lost = 0;
        for (int i = 0; i < 30; i++) {
          byte[] frame = new byte[10];
          frame[trial] = (byte) (i + 1);
          connecting.send(frame);
          List<byte[]> came = new ArrayList<>();
          Duration patience = Duration.ofMillis(proxy.faultsDone() == 0 || i == 29 ? 200 : 1000);
          listening.receive(patience).ifPresent(came::add);
          lost += came.stream().anyMatch(f -> java.util.Arrays.equals(f, frame)) ? 0 : 1;
          while (listening.receive(NOW).isPresent()) {
            // A damaged frame may have come apart in two.
          }
        }
        assertThat(proxy.faultsDone()).isEqualTo(1);
        assertThat(lost).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void theTapDecidesWhatArrivesInMemory() throws Exception {
    List<String> seen = new ArrayList<>();
    InMemoryChannel channel =
        new InMemoryChannel(
            (sender, frame) -> {
              seen.add(sender.specName() + frame[0]);
              return frame[0] == 2 ? List.of() : List.of(frame, new byte[] {9});
            });
    try (Transport alice = channel.end(Party.ALICE);
        Transport bob = channel.end(Party.BOB)) {
      alice.send(new byte[] {1});
      alice.send(new byte[] {2});
      bob.send(new byte[] {3});
      channel.inject(Party.BOB, new byte[] {4});
      assertThat(bob.receive(NOW)).hasValue(new byte[] {1});
      assertThat(bob.receive(NOW)).hasValue(new byte[] {9});
      assertThat(bob.receive(NOW)).hasValue(new byte[] {4});
      assertThat(bob.receive(NOW)).isEmpty();
      assertThat(alice.receive(NOW)).hasValue(new byte[] {3});
    }
    assertThat(seen).containsExactly("alice1", "alice2", "bob3");
  }

  private static void exchange(Transport from, Transport to, byte[] frame) throws Exception {
    List<byte[]> came = new ArrayList<>();
    for (int attempt = 0; attempt < 50 && came.isEmpty(); attempt++) {
      from.send(frame);
      to.receive(Duration.ofMillis(200)).ifPresent(came::add);
    }
    assertThat(came).containsExactly(frame);
    while (to.receive(Duration.ofMillis(50)).isPresent()) {
      // The copies that were sent while the connection was down.
    }
  }

  private static TcpTransport listen() throws IOException {
    return TcpTransport.listen(local(0), LIMIT);
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
