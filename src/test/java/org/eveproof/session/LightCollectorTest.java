package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.quantum.QuantumLink;
import org.junit.jupiter.api.Test;

final class LightCollectorTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void theLightArrivesAsItWasSentInAnyOrder() {
    for (int slots : new int[] {1, 7, 64, LightCollector.PIECE_SLOTS, 50_001}) {
      boolean weak = slots % 2 == 1;
      PulseTrain train = train(slots, weak);
      List<byte[]> sent = LightCollector.pieces(3, train);
      List<byte[]> pieces = new ArrayList<>(sent.subList(0, sent.size() - 3));
      Collections.reverse(pieces);
      LightCollector collector = new LightCollector(3, slots, train.photons().size());
      for (byte[] piece : pieces) {
        assertThat(piece)
            .hasSizeLessThanOrEqualTo(LightCollector.maxPieceBytes(train.photons().size()));
        assertThat(collector.isOver()).isFalse();
        collector.add(piece);
        assertThat(collector.hasBegun()).isTrue();
      }
      assertThat(collector.isOver()).isTrue();
      assertThat(collector.train()).isEqualTo(train);
    }
  }

  @Test
  void aLostPieceIsDarkAndAnotherRoundsLightIsIgnored() {
    PulseTrain train = train(40_000, false);
    List<byte[]> pieces = LightCollector.pieces(0, train);
    LightCollector collector = new LightCollector(0, 40_000, 1);
    LightCollector.pieces(1, train).forEach(collector::add);
    assertThat(collector.hasBegun()).isFalse();
    collector.add(pieces.get(0));
    collector.add(pieces.get(2));
    assertThat(collector.isOver()).isFalse();
    collector.add(pieces.get(pieces.size() - 1));
    assertThat(collector.isOver()).as("the end was marked").isTrue();
    int piece = LightCollector.PIECE_SLOTS;
    assertThat(collector.train().photons().get(0).slice(0, piece))
        .isEqualTo(train.photons().get(0).slice(0, piece));
    assertThat(collector.train().photons().get(0).slice(piece, 2 * piece).ones()).isZero();
  }

  @Test
  void noBytesDoHarm() {
    LightCollector collector = new LightCollector(0, 40_000, 1);
    List<byte[]> pieces = LightCollector.pieces(0, train(40_000, false));
    for (int trial = 0; trial < 20_000; trial++) {
      byte[] piece = pieces.get(random.nextInt(pieces.size())).clone();
      for (int fault = 0; fault < 3; fault++) {
        piece[random.nextInt(random.nextBoolean() ? 12 : piece.length)] = (byte) random.nextInt();
      }
      collector.add(piece);
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      collector.add(noise);
    }
    assertThat(collector.train().slots()).isEqualTo(40_000);
  }

  private PulseTrain train(int slots, boolean weak) {
    PulseSource source =
        weak
            ? PulseSource.weakPulses(List.of(3.0, 1.0, 0.1), List.of(0.5, 0.3, 0.2), 0.7)
            : PulseSource.singlePhotons();
    LinkParameters link = new LinkParameters(slots, source, 0.5, 1, 0, 0);
    return QuantumLink.carry(
        QuantumLink.emit(QuantumLink.prepare(slots, source, SecretRandom.simulated(random))),
        link,
        new FibreEve.Nothing(),
        Chance.drivenBy(random));
  }
}
