package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Methods;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.session.LinkEnds.Yield;
import org.eveproof.session.RoundReport.Outcome;
import org.eveproof.transport.Tap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkSimulationTest {
  private static final FibreEve NO_EVE = new FibreEve.Nothing();

  private SplittableRandom random = new SplittableRandom(1);

  private final Yield alice = new Yield();
  private final Yield bob = new Yield();

  @ParameterizedTest
  @MethodSource("org.eveproof.authentication.Suite#symmetric")
  void bothEndsGetTheSameKeysRoundAfterRound(Suite suite) {
    run(settings(suite, 3, 60_000), settings(suite, 3, 60_000), Tap.NONE, NO_EVE);
    assertThat(alice.outcomes()).containsExactly(Outcome.KEY, Outcome.KEY, Outcome.KEY);
    assertThat(bob.reports).isEqualTo(alice.reports);
    assertThat(alice.keys).hasSize(3).doesNotHaveDuplicates().isEqualTo(bob.keys);
  }

  /** A round whose key can pay for it renews the one-time keys; the rest is the application's. */
  @Test
  void theLedgerIsRefilled() {
    LinkSettings settings = settings(Suite.WEGMAN_CARTER, 3, 240_000);
    run(settings, settings, Tap.NONE, NO_EVE);
    assertThat(alice.outcomes()).containsExactly(Outcome.KEY, Outcome.KEY, Outcome.KEY);
    assertThat(bob.reports).isEqualTo(alice.reports);
    assertThat(alice.reports)
        .allSatisfy(
            report -> {
              assertThat(report.newKeys()).isPositive();
              assertThat(report.applicationBits()).isLessThan(report.secretBits()).isPositive();
            });
    assertThat(alice.keys).hasSize(3).isEqualTo(bob.keys);
    assertThat(alice.keys.get(0)).hasSize(2 + alice.reports.get(0).applicationBits() / 4);
  }

  /** Without refills the keys of the bootstrap run out, and nothing takes their place. */
  @Test
  void exhaustionEndsTheLink() {
    LinkSettings settings = settings(Suite.HMAC_SHA256, 100, 30_000);
    List<String> failures = run(settings, settings, Tap.NONE, NO_EVE);
    assertThat(failures).contains("the one-time authentication keys are exhausted");
    assertThat(alice.keys.size()).isBetween(3, 99);
    assertThat(bob.keys).isEqualTo(alice.keys);
  }

  @Test
  void interceptedLightGivesNoKey() {
    LinkSettings settings = settings(Suite.WEGMAN_CARTER, 2, 20_000);
    run(settings, settings, Tap.NONE, new FibreEve.InterceptResend(1, FibreEve.BasisChoice.RANDOM));
    assertThat(alice.outcomes()).containsExactly(Outcome.ABORTED, Outcome.ABORTED);
    assertThat(bob.outcomes()).isEqualTo(alice.outcomes());
    assertThat(alice.keys).isEmpty();
    assertThat(bob.reports).allMatch(report -> Math.abs(report.qber() - 0.25) < 0.06);
  }

  /** Frames are lost, doubled and held back; the keys are the same for all that. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void lossAndRepetitionAreMended(int seed) {
    SplittableRandom trouble = new SplittableRandom(seed);
    List<byte[]> late = new ArrayList<>();
    Tap tap =
        (sender, frame) -> {
          List<byte[]> carried = new ArrayList<>();
          switch (trouble.nextInt(6)) {
            case 0 -> {}
            case 1 -> carried.addAll(List.of(frame, frame, frame));
            case 2 -> late.add(frame);
            case 3 -> {
              carried.add(frame);
              carried.addAll(late);
            }
            case 4 -> {
              byte[] damaged = frame.clone();
              damaged[trouble.nextInt(damaged.length)] ^= (byte) (1 << trouble.nextInt(8));
              carried.add(damaged);
            }
            default -> carried.add(frame);
          }
          return carried;
        };
    LinkSettings settings = settings(Suite.WEGMAN_CARTER, 2, 30_000);
    run(settings, settings, tap, NO_EVE);
    assertThat(alice.outcomes()).containsExactly(Outcome.KEY, Outcome.KEY);
    assertThat(alice.keys).hasSize(2).isEqualTo(bob.keys);
  }

  /** Whatever the moment at which the channel dies for good: no key that differs. */
  @ParameterizedTest
  @ValueSource(ints = {30_000, 240_000})
  void aDeadChannelLeavesNoKeysThatDiffer(int pulses) {
    int[] count = {0};
    LinkSettings settings = settings(Suite.HMAC_SHA256, 1, pulses);
    Tap counting =
        (sender, frame) -> {
          count[0]++;
          return List.of(frame);
        };
    run(settings, settings, counting, NO_EVE);
    boolean doubt = false;
    for (int messages = 0;
        messages <= count[0] + 3;
        messages += messages == 9 ? count[0] - 23 : 1) {
      alice.keys.clear();
      alice.reports.clear();
      bob.keys.clear();
      bob.reports.clear();
      int[] left = {messages};
      Tap dying = (sender, frame) -> left[0]-- > 0 ? List.of(frame) : List.of();
      run(settings, settings, dying, NO_EVE);
      if (bob.outcomes().contains(Outcome.IN_DOUBT)) {
        doubt = true;
        assertThat(bob.keys).isEmpty();
        assertThat(alice.outcomes()).doesNotContain(Outcome.KEY);
      } else {
        assertThat(bob.keys).isEqualTo(alice.keys);
      }
    }
    assertThat(doubt).as("the moment of doubt was among them").isTrue();
  }

  @Test
  void endsThatAreConfiguredDifferentlySaySo() {
    List<String> failures =
        run(
            settings(Suite.WEGMAN_CARTER, 1, 20_000),
            settings(Suite.WEGMAN_CARTER, 2, 20_000),
            Tap.NONE,
            NO_EVE);
    assertThat(failures)
        .hasSize(2)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .contains("the peer is configured differently")
                    .contains("rounds=1")
                    .contains("rounds=2"));
  }

  private static LinkSettings settings(Suite suite, int rounds, int pulses) {
    return LinkSettings.standard(
        Methods.preshared(Set.of(suite)), rounds, new LinkParameters(pulses, 1, 1, 1e-6, 0.01));
  }

  /** Returns why the ends failed, if they did. */
  private List<String> run(LinkSettings ofAlice, LinkSettings ofBob, Tap tap, FibreEve eve) {
    random = new SplittableRandom(1);
    LinkParty first = LinkEnds.party(Party.ALICE, ofAlice, SecretRandom.simulated(random));
    LinkParty second = LinkEnds.party(Party.BOB, ofBob, SecretRandom.simulated(random));
    new LinkSimulation(
            first,
            second,
            ofAlice.optics(),
            tap,
            eve,
            Chance.drivenBy(random),
            (party, effect) -> (party == Party.ALICE ? alice : bob).take(effect))
        .run();
    List<String> failures = new ArrayList<>();
    first.failure().ifPresent(failures::add);
    second.failure().ifPresent(failures::add);
    return failures;
  }
}
