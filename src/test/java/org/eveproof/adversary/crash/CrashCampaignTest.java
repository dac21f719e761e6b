package org.eveproof.adversary.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eveproof.adversary.crash.CrashTally.Count;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills real processes; each case with a defect shows that the campaign finds what it looks for.
 */
final class CrashCampaignTest {
  /** Longer than any link takes to find its other end again, on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  private static CrashPoint at(Party party, Place place, String message, int ordinal, Fault fault) {
    return new CrashPoint(party, false, new Stop(place, message, ordinal), 0, fault, 1);
  }

  private static CrashTally run(SiteCommand command, CrashPoint... points)
      throws IOException, InterruptedException {
    return new CrashCampaign(1, command, 1, PATIENCE).run(List.of(points));
  }

  private static void assertFound(CrashTally tally, Property property) {
    assertThat(tally.violations()).extracting(Violation::property).containsOnly(property);
    assertThat(tally.held()).isFalse();
  }

  @Test
  void linksOutliveTheirKills() throws IOException, InterruptedException {
    AtomicInteger done = new AtomicInteger();
    CrashTally tally =
        new CrashCampaign(2, new SiteCommand(), 1)
            .run(0, CrashCampaign.pointsOfLink(), done::incrementAndGet);

    assertThat(tally.violations()).isEmpty();
    assertThat(tally.total().points()).isEqualTo(CrashCampaign.pointsOfLink());
    assertThat(tally.of(Count.LINKS)).isEqualTo(1);
    assertThat(tally.of(Count.PROCESSES)).isGreaterThan(CrashCampaign.pointsOfLink());
    assertThat(tally.of(Count.BLOCKS_GIVEN)).isPositive();
    assertThat(done).hasValue(CrashCampaign.pointsOfLink());
  }

  /** Each fault is answered in the one way that is right; only a flipped bit may be harmless. */
  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultIsAnswered(Fault fault) throws IOException, InterruptedException {
    CrashTally tally = run(new SiteCommand(), at(Party.BOB, Place.SEND_AFTER, "SAMPLE", 2, fault));

    assertThat(tally.violations()).isEmpty();
    assertThat(tally.total().reached()).isEqualTo(1);
    Answer answer = tally.total().answers().keySet().iterator().next();
    switch (fault) {
      case NONE, CLOCK_BACK -> assertThat(answer).isEqualTo(Answer.WENT_ON);
      case DISK_FULL -> assertThat(answer).isEqualTo(Answer.STOPPED);
      case OLD_LEDGER, OLD_DIRECTORY -> {
        assertThat(answer).isEqualTo(Answer.FOUND_OUT);
        assertThat(tally.of(Count.OUT_OF_STEP)).isPositive();
        assertThat(tally.of(Count.NEW_EPOCHS)).isPositive();
      }
      case BIT_FLIPPED -> assertThat(answer).isIn(Answer.REFUSED, Answer.HARMLESS);
      case TRUNCATED, JOURNAL_CUT, JOURNAL_CHANGED, GUARD_GONE, SECOND_PROCESS ->
          assertThat(answer).isEqualTo(Answer.REFUSED);
    }
  }

  @Test
  void aKeyThatIsUsedBeforeTheStoreIsWrittenIsFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/Ledger")
            .with("image.take(index); persist(); next =", "image.take(index); next =")
            .in(directory);

    assertFound(
        run(weak, at(Party.BOB, Place.SEND_AFTER, "SAMPLE", 1, Fault.NONE)),
        Property.GONE_BEFORE_USED);
  }

  @Test
  void keysThatAreHandedOverAfterTheCommitAreFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/Ledger")
            .with("private boolean inDoubt;", "private boolean inDoubt; Runnable later = () -> {};")
            .with(
                "key -> applications.give(image.epoch(), block, key)",
                "key -> later = () -> applications.give(image.epoch(), block, key)")
            .with("inDoubt = false;", "inDoubt = false; later.run(); later = () -> {};")
            .in(directory);

    assertFound(
        run(weak, at(Party.ALICE, Place.LEDGER_WRITTEN, "ACK", 2, Fault.NONE)),
        Property.NO_COMMITTED_KEY_LOST);
  }

  @Test
  void aGuardThatIsNotRaisedIsFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/Ledger")
            .with(
                "Arrays.fill(encoded, (byte) 0); guard.raise(image.version(), image.epoch());",
                "Arrays.fill(encoded, (byte) 0);")
            .in(directory);

    assertFound(
        run(weak, at(Party.ALICE, Place.HANDLED, "ACK", 1, Fault.OLD_LEDGER)),
        Property.BAD_STATE_REFUSED);
  }

  @Test
  void positionsThatAreNotComparedAreFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/Rejoining")
            .with(
                "if (theirs.epoch() != ours.epoch())",
                "if (theirs.epoch() == ours.epoch()) { return IN_STEP; }"
                    + " if (theirs.epoch() != ours.epoch())")
            .in(directory);

    assertFound(
        run(weak, at(Party.ALICE, Place.HANDLED, "ACK", 1, Fault.OLD_DIRECTORY)),
        Property.NO_KEY_USED_TWICE);
  }

  /** A failed write must stop the site; one that goes on regardless is seen. */
  @Test
  void aDiskThatIsFullAndIgnoredIsFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/SqliteLedgerStore")
            .with("connection.rollback(); throw e;", "connection.rollback();")
            .in(directory);

    CrashTally tally = run(weak, at(Party.BOB, Place.SEND_AFTER, "SAMPLE", 2, Fault.DISK_FULL));
    assertThat(tally.held()).isFalse();
  }

  @Test
  void theSameSeedGivesTheSameSchedule() {
    assertThat(new CrashSchedule(7).points(3)).isEqualTo(new CrashSchedule(7).points(3));
    assertThat(new CrashSchedule(8).points(3)).isNotEqualTo(new CrashSchedule(7).points(3));
  }

  /** No place comes twice before all have come once. */
  @Test
  void theScheduleCoversThePlacesEvenly() {
    CrashSchedule schedule = new CrashSchedule(1);
    List<String> places =
        java.util.stream.IntStream.range(0, 80)
            .boxed()
            .flatMap(link -> schedule.points(link).stream().skip(2))
            .filter(point -> point.stop().place() != Place.ANY_TIME)
            .map(point -> point.party() + " " + point.both() + " " + point.stop())
            .toList();
    assertThat(places).hasSizeGreaterThan(600).doesNotHaveDuplicates();
  }

  /** Whatever becomes of the campaign, its sites do not stay. */
  @Test
  void aSiteEndsWithTheCampaign() throws IOException, InterruptedException {
    SiteOrders orders =
        new SiteOrders(
            Party.ALICE,
            java.nio.file.Files.createDirectory(directory.resolve("state")),
            directory.resolve("log"),
            0,
            1,
            1,
            false,
            Duration.ZERO,
            Trouble.NONE,
            1,
            Optional.of(new Stop(Place.STARTED, MessageName.NOTHING, 1)));
    List<String> line =
        new java.util.ArrayList<>(new SiteCommand().line(Party.ALICE, OptionalInt.empty()));
    line.addAll(orders.arguments());
    Process site = new ProcessBuilder(line).start();
    site.getOutputStream().close();
    assertThat(site.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }
}
