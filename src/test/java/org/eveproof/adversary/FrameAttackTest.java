package org.eveproof.adversary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eveproof.adversary.AttackTally.Breach;
import org.eveproof.adversary.AttackTally.Harm;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FrameAttackTest {
  private static final List<Suite> ALL = List.of(Suite.values());

  private static AttackTally attack(Flaw flaw, long count) throws InterruptedException {
    return new FrameAttack(List.of(Suite.WEGMAN_CARTER), 5, flaw).run(0, count, 1, done -> {});
  }

  @Test
  void everyAttackOnEverySuiteIsRefusedWithoutATrace() throws InterruptedException {
    List<Long> progress = new ArrayList<>();
    AttackTally tally = new FrameAttack(ALL, 1, Flaw.NONE).run(0, 3000, 2, progress::add);

    assertThat(tally.breaches()).isEmpty();
    assertThat(tally.held()).isTrue();
    assertThat(tally.total().tried()).isEqualTo(3000);
    assertThat(tally.total().refused()).isEqualTo(3000);
    assertThat(progress.stream().mapToLong(Long::longValue).sum()).isEqualTo(3000);
    for (AttackKind kind : AttackKind.values()) {
      assertThat(tally.of(kind).tried()).as(kind.label()).isGreaterThan(200);
    }
  }

  @Test
  void theNumberOfThreadsMakesNoDifference() throws InterruptedException {
    FrameAttack attack = new FrameAttack(List.of(Suite.GMAC, Suite.HMAC_SHA256), 9, Flaw.NONE);
    assertThat(attack.run(0, 500, 1, done -> {})).isEqualTo(attack.run(0, 500, 3, done -> {}));
    assertThat(attack.run(0, 200, 1, done -> {}).plus(attack.run(200, 500, 1, done -> {})))
        .as("nor where it is cut")
        .isEqualTo(attack.run(0, 500, 1, done -> {}));
  }

  /** The attacked links have every kind of message in them, and every suite its own handover. */
  @ParameterizedTest
  @EnumSource(Suite.class)
  void theRecordedFramesAreOfEveryProtocol(Suite suite) {
    LinkRecording alone = FrameAttack.Target.of(new LinkMaker(suite, 1), 1).alone();
    Map<Party, Set<Integer>> types = new EnumMap<>(Party.class);
    Set<Suite> suites = new HashSet<>();
    int blocks = 0;
    int handshake = 0;
    for (LinkRecording.Step step : alone.steps()) {
      var frame = Frame.parse(step.frame().toBytes());
      if (frame.isEmpty()) {
        handshake++;
        continue;
      }
      suites.add(frame.get().header().suite());
      types
          .computeIfAbsent(step.to(), party -> new HashSet<>())
          .add(frame.get().header().type() / 32);
      blocks = Math.max(blocks, frame.get().header().key().block());
    }
    // Signatures end with the first session: the handover has one-time keys.
    assertThat(suites)
        .isEqualTo(suite == Suite.SIGNATURE ? Set.of(suite, Suite.WEGMAN_CARTER) : Set.of(suite));
    assertThat(handshake).as("messages of the bootstrap").isEqualTo(4);
    assertThat(types.get(Party.ALICE))
        .as("exchange, handover, link")
        .containsExactlyInAnyOrder(0, 1, 2);
    assertThat(types.get(Party.BOB)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(blocks).as("handovers").isEqualTo(2);
  }

  /**
   * Some links exhaust their few keys, or make a round without a handover: those are passed over.
   */
  @Test
  void everySeedHasALinkToAttack() {
    for (long seed = 1; seed <= 12; seed++) {
      var target = FrameAttack.Target.of(new LinkMaker(Suite.WEGMAN_CARTER, seed), seed);
      assertThat(target.alone().hasHandoverInEachRound()).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void aReceiverThatTakesEverythingIsFoundOut() throws InterruptedException {
    AttackTally tally = attack((awaited, arrived) -> awaited.toBytes(), 15);

    assertThat(tally.held()).isFalse();
    assertThat(tally.total().accepted()).isEqualTo(15);
    assertThat(tally.breaches()).allMatch(breach -> breach.harm() == Harm.ACCEPTED);
  }

  /** Offset and length of a field in a frame, whose value the receiver takes for granted. */
  @ParameterizedTest
  @CsvSource({
    "suite, 1, 1",
    "sender, 2, 1",
    "type, 3, 1",
    "session, 4, 8",
    "round, 12, 4",
    "sequence, 16, 4",
    "key, 20, 12"
  })
  void aReceiverThatIgnoresAFieldIsFoundOut(String name, int offset, int length)
      throws InterruptedException {
    Flaw blind =
        (awaited, arrived) -> {
          byte[] seen = arrived.clone();
          byte[] right = awaited.toBytes();
          if (seen.length >= offset + length && right.length >= offset + length) {
            System.arraycopy(right, offset, seen, offset, length);
          }
          return seen;
        };
    AttackTally tally = attack(blind, 2500);

    assertThat(tally.of(AttackKind.FIELD).accepted()).as(name).isPositive();
  }

  @Test
  void aReceiverThatIgnoresWhatFollowsIsFoundOut() throws InterruptedException {
    Flaw blind =
        (awaited, arrived) ->
            Arrays.copyOf(arrived, Math.min(arrived.length, awaited.length() / Byte.SIZE));
    AttackTally tally = attack(blind, 300);

    assertThat(tally.of(AttackKind.EXTEND).accepted()).isPositive();
    assertThat(tally.of(AttackKind.FLIP).accepted()).isZero();
    assertThat(tally.total().tried()).isEqualTo(300);
  }

  /** A breach can be presented again by its number alone. */
  @Test
  void aBreachIsFoundAgainByItsNumber() throws InterruptedException {
    Flaw blind = (awaited, arrived) -> arrived.length % 7 == 0 ? awaited.toBytes() : arrived;
    FrameAttack attack = new FrameAttack(ALL, 3, blind);
    AttackTally tally = attack.run(0, 60, 2, done -> {});
    assertThat(tally.breaches()).isNotEmpty();
    Breach first = tally.breaches().get(0);

    AttackTally again = attack.run(first.index(), first.index() + 1, 1, done -> {});
    assertThat(again.total().tried()).isEqualTo(1);
    assertThat(again.breaches()).containsExactly(first);
  }
}
