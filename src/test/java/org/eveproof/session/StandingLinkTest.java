package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Methods;
import org.eveproof.handover.InMemoryLedgerStore;
import org.eveproof.protocol.Party;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.transport.Tap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StandingLinkTest {
  private static final byte[] TAG = new byte[16];

  @Test
  void oneBootstrapCarriesManyRounds() {
    try (TwoSites sites = new TwoSites(settings(4), 1, Tap.NONE)) {
      start(sites);
      sites.runUntil((frames, party) -> false);
      assertAgreement(sites, 4);
      assertThat(sites.site(Party.ALICE).bootstraps()).isEqualTo(1);
    }
  }

  /**
   * NoPadReuse, CommitAgreement: whoever is killed, and when, the ends go on with what they had.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void endsThatAreKilledGoOn(int seed) {
    SplittableRandom trouble = new SplittableRandom(seed);
    try (TwoSites sites = new TwoSites(settings(6), seed, Tap.NONE)) {
      start(sites);
      for (int kills = 0; kills < 12; kills++) {
        int[] left = {1 + trouble.nextInt(60)};
        if (!sites.runUntil((frames, party) -> --left[0] == 0)) {
          break;
        }
        Set<Party> killed =
            switch (trouble.nextInt(3)) {
              case 0 -> Set.of(Party.ALICE);
              case 1 -> Set.of(Party.BOB);
              default -> Set.of(Party.ALICE, Party.BOB);
            };
        killed.forEach(party -> sites.site(party).kill());
        killed.forEach(party -> sites.site(party).start());
      }
      sites.runUntil((frames, party) -> false);
      assertThat(sites.reused).isEmpty();
      assertThat(sites.site(Party.ALICE).keys).isNotEmpty().isEqualTo(sites.site(Party.BOB).keys);
    }
  }

  /** From the first handover on, no start needs a credential. */
  @Test
  void aRestartNeedsNoCredential() {
    try (TwoSites sites = new TwoSites(settings(3), 3, Tap.NONE)) {
      start(sites);
      sites.runUntil((frames, party) -> sites.site(Party.ALICE).keys.size() == 2);
      for (Party party : Party.values()) {
        sites.site(party).kill();
      }
      start(sites);
      sites.runUntil((frames, party) -> false);
      assertAgreement(sites, 3);
      assertThat(sites.site(Party.ALICE).bootstraps()).isEqualTo(1);
    }
  }

  /** A store and its guard, both put back to an earlier day: the other end finds out. */
  @ParameterizedTest
  @ValueSource(strings = {"ALICE", "BOB"})
  void anOldCopyIsFoundOutAndNoKeyIsUsedAgain(Party old) {
    try (TwoSites sites = new TwoSites(settings(5), 4, Tap.NONE)) {
      start(sites);
      sites.runUntil((frames, party) -> sites.site(Party.ALICE).keys.size() == 2);
      byte[] image = sites.site(old).store.read().orElseThrow();
      long version = sites.site(old).guard.version();
      int epoch = sites.site(old).guard.epoch();
      sites.runUntil((frames, party) -> sites.site(Party.ALICE).keys.size() == 4);
      TwoSites.Site site = sites.site(old);
      site.kill();
      site.store = new InMemoryLedgerStore();
      site.store.write(image);
      site.guard = org.eveproof.handover.RollbackGuard.inMemory();
      site.guard.raise(version, epoch);
      site.start();
      sites.runUntil((frames, party) -> sites.site(old.peer()).isOver());
      assertThat(sites.site(old.peer()).link.orElseThrow().failure())
          .hasValueSatisfying(
              why -> assertThat(why).contains("the other end's ledger is an old copy"));
      assertThat(sites.reused).isEmpty();
    }
  }

  /** BoundedAttempts: what is longer than the claim for authentication allows for is no attempt. */
  @Test
  void aFrameThatIsTooLongIsNotLookedAt() {
    int longest = settings(2).maxFrameBytes();
    int[] left = {3};
    Tap stretching =
        (sender, bytes) -> {
          Optional<Frame> frame = Frame.parse(bytes);
          if (frame.isEmpty() || left[0]-- <= 0) {
            return List.of(bytes);
          }
          byte[] tooLong = Frame.withTag(frame.get().header(), new byte[longest], TAG).encode();
          List<byte[]> frames = new ArrayList<>(Collections.nCopies(64, tooLong));
          frames.add(bytes);
          return frames;
        };
    try (TwoSites sites = new TwoSites(settings(2), 8, stretching)) {
      start(sites);
      sites.runUntil((frames, party) -> false);
      assertAgreement(sites, 2);
      assertThat(left[0]).isNegative();
      for (Party party : Party.values()) {
        assertThat(sites.site(party).ledger.orElseThrow().balance().burnt()).isZero();
      }
    }
  }

  /** Keys that do not grow run out at both ends, and both say so: now, and when they come back. */
  @Test
  void bothEndsStopWhenTheKeysAreExhausted() {
    try (TwoSites sites = new TwoSites(settings(1000, 30_000), 5, Tap.NONE)) {
      start(sites);
      sites.runUntil((frames, party) -> false);
      assertExhausted(sites);
      start(sites);
      sites.runUntil((frames, party) -> false);
      assertExhausted(sites);
    }
  }

  /** Who has nothing left to say and hears nobody does not wait for ever. */
  @Test
  void anEndWithoutKeysStopsAlone() {
    try (TwoSites sites = new TwoSites(settings(1000, 30_000), 6, Tap.NONE)) {
      start(sites);
      sites.runUntil((frames, party) -> outOfStep(sites.site(Party.BOB)));
      sites.site(Party.ALICE).kill();
      StandingLink end = sites.site(Party.BOB).link.orElseThrow();
      for (int silences = 0; silences < 10; silences++) {
        end.giveUp("no answer");
      }
      assertThat(end.failure()).hasValueSatisfying(why -> assertThat(why).contains("exhausted"));
    }
  }

  /** Who starts with a reserve that is low says so before anybody answers. */
  @Test
  void aLowReserveIsToldAtTheStart() {
    try (TwoSites sites = new TwoSites(settings(1000, 30_000), 7, Tap.NONE)) {
      start(sites);
      sites.runUntil((frames, party) -> false);
      TwoSites.Site alice = sites.site(Party.ALICE);
      alice.kill();
      alice.seen.clear();
      alice.start();
      assertThat(alice.seen)
          .contains(new LinkEffect.Reserve(alice.ledger.orElseThrow().level(), 0));
    }
  }

  private static boolean outOfStep(TwoSites.Site site) {
    return site.seen.stream().anyMatch(LinkEffect.OutOfStep.class::isInstance);
  }

  private static void assertExhausted(TwoSites sites) {
    for (Party party : Party.values()) {
      assertThat(sites.site(party).link.orElseThrow().failure())
          .hasValueSatisfying(why -> assertThat(why).contains("exhausted", "--new-epoch"));
      assertThat(sites.site(party).link.orElseThrow().isExhausted()).isTrue();
    }
    assertThat(sites.reused).isEmpty();
  }

  private static void start(TwoSites sites) {
    for (Party party : Party.values()) {
      sites.site(party).start();
    }
  }

  private static void assertAgreement(TwoSites sites, int keys) {
    assertThat(sites.reused).isEmpty();
    assertThat(sites.site(Party.ALICE).keys).hasSize(keys).isEqualTo(sites.site(Party.BOB).keys);
    assertThat(sites.site(Party.ALICE).link.orElseThrow().failure()).isEmpty();
  }

  private static LinkSettings settings(int rounds) {
    return settings(rounds, 200_000);
  }

  private static LinkSettings settings(int rounds, int pulses) {
    return LinkSettings.standard(
        Methods.preshared(Set.of(Suite.WEGMAN_CARTER)),
        rounds,
        new LinkParameters(pulses, 1, 1, 0, 0));
  }
}
