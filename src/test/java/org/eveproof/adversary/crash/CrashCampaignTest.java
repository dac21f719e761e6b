package org.eveproof.adversary.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eveproof.adversary.crash.CrashTally.Count;
import org.eveproof.protocol.Party;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real processes; each case with a defect shows that the campaign finds what it looks for.
 */
final class CrashCampaignTest {
  /** Longer than any link takes to find its other end again, on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

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
  @Test
  void everyFaultIsAnswered() throws IOException, InterruptedException {
    CrashPoint[] points =
        Arrays.stream(Fault.values())
            .map(fault -> at(Party.BOB, Place.SEND_AFTER, "SAMPLE", 2, fault))
            .toArray(CrashPoint[]::new);
    CrashTally tally = run(new SiteCommand(), points);

    assertThat(tally.violations()).isEmpty();
    assertThat(tally.total().reached()).isEqualTo(points.length);
    assertThat(tally.of(Count.OUT_OF_STEP)).isEqualTo(2);
    assertThat(tally.of(Count.NEW_EPOCHS)).isEqualTo(3);
    for (Fault fault : Fault.values()) {
      Set<Answer> answers =
          Objects.requireNonNull(tally.byFault().get(fault.label())).answers().keySet();
      switch (fault) {
        // Where no write was cut short there is nothing to undo.
        case NONE, CLOCK_BACK, UNDO_TRUNCATED, UNDO_FLIPPED ->
            assertThat(answers).containsExactly(Answer.WENT_ON);
        case DISK_FULL, DISK_FILLS -> assertThat(answers).containsExactly(Answer.STOPPED);
        case OLD_LEDGER, OLD_DIRECTORY -> assertThat(answers).containsExactly(Answer.FOUND_OUT);
        case BIT_FLIPPED ->
            assertThat(answers).isSubsetOf(EnumSet.of(Answer.REFUSED, Answer.HARMLESS));
        case TRUNCATED,
            JOURNAL_CUT,
            JOURNAL_CHANGED,
            GUARD_GONE,
            CLOCK_BACK_BOOTSTRAP,
            SECOND_PROCESS ->
            assertThat(answers).containsExactly(Answer.REFUSED);
      }
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
  void aKeyThatIsForgottenToBeUsedIsFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/LedgerImage")
            .with("index.index(), index.index()); raiseMark(after(index));", "0, 0);")
            .in(directory);

    // The journal, which says that it was sent, no longer adds up either.
    assertThat(run(weak, at(Party.BOB, Place.SEND_AFTER, "SAMPLE", 1, Fault.NONE)).violations())
        .extracting(Violation::property)
        .contains(Property.GONE_BEFORE_USED);
  }

  @Test
  void aKeyThatStaysInTheStoreAfterItsUseIsFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/LedgerImage")
            .with("keys(index.block()).wipe(owner, index.index(), index.index()); raise", "raise")
            .in(directory);

    assertFound(
        run(weak, at(Party.BOB, Place.SEND_AFTER, "SAMPLE", 1, Fault.NONE)),
        Property.JOURNAL_ADDS_UP);
  }

  @Test
  void keysThatAreHandedOverAfterTheCommitAreFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/Ledger")
            .with("private KeyIndex next;", "private KeyIndex next; Runnable later = () -> {};")
            .with(
                "key -> applications.give(image.epoch(), block, key)",
                "key -> later = () -> applications.give(image.epoch(), block, key)")
            .with("durable.persist();", "durable.persist(); later.run(); later = () -> {};")
            .in(directory);

    assertFound(
        run(weak, at(Party.ALICE, Place.LEDGER_WRITTEN, "ACK", 2, Fault.NONE)),
        Property.NO_COMMITTED_KEY_LOST);
  }

  @Test
  void aGuardThatIsNotRaisedIsFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/DurableImage")
            .with("guard.raise(image.version(), image.epoch());", "")
            .in(directory);

    assertFound(
        run(weak, at(Party.ALICE, Place.HANDLED, "ACK", 1, Fault.OLD_LEDGER)),
        Property.BAD_STATE_REFUSED);
  }

  @Test
  void aGuardThatIsNotAskedIsFoundOut() throws IOException, InterruptedException {
    SiteCommand weak =
        Mutant.of("handover/DurableImage")
            .with("if (read.version() < guard.version())", "if (guard.version() < 0)")
            .with("guard.raise(read.version(), read.epoch());", "")
            .with(
                "guard.raise(image.version(), image.epoch());",
                "if (guard.version() < image.version()) {"
                    + " guard.raise(image.version(), image.epoch()); }")
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
        Mutant.of("handover/DurableImage")
            .with(
                "store.write(encoded, journal.pending(), journal.kept().next());",
                "try { store.write(encoded, journal.pending(), journal.kept().next()); }"
                    + " catch (java.io.UncheckedIOException ignored) { }")
            .in(directory);

    assertFound(
        run(weak, at(Party.BOB, Place.SEND_AFTER, "SAMPLE", 2, Fault.DISK_FILLS)),
        Property.GONE_BEFORE_USED);
  }

  @Test
  void theSameSeedGivesTheSameSchedule() {
    assertThat(new CrashSchedule(7).points(3)).isEqualTo(new CrashSchedule(7).points(3));
    assertThat(new CrashSchedule(8).points(3)).isNotEqualTo(new CrashSchedule(7).points(3));
  }

  /** What a fault and its recovery are in the specification are actions that it has. */
  @Test
  void everyRecoveryIsAStepOfTheSpecification() {
    Path models = Path.of("specs/models");
    Set<String> specified;
    try (SpecOracle oracle =
        SpecOracle.load(
            new SpecSource(
                List.of(Path.of("specs"), models),
                "MCPskHandover",
                models.resolve("MCPskHandover.cfg")))) {
      specified = oracle.actions().stream().map(ActionInstance::name).collect(Collectors.toSet());
    }
    for (Fault fault : Fault.values()) {
      assertThat(fault.actions()).isNotEmpty().isSubsetOf(specified);
    }
    for (Trouble trouble : Trouble.values()) {
      assertThat(trouble.actions()).isSubsetOf(specified);
    }
  }

  /** No place comes twice before all have come once. */
  @Test
  void theScheduleCoversThePlacesEvenly() {
    CrashSchedule schedule = new CrashSchedule(1);
    List<String> places =
        IntStream.range(0, 80)
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
            Files.createDirectory(directory.resolve("state")),
            directory.resolve("log"),
            0,
            1,
            1,
            false,
            Duration.ZERO,
            Trouble.NONE,
            1,
            Optional.of(new Stop(Place.STARTED, MessageName.NOTHING, 1)));
    List<String> line = new ArrayList<>(new SiteCommand().line(Party.ALICE, OptionalInt.empty()));
    line.addAll(orders.arguments());
    Process site = new ProcessBuilder(line).start();
    site.getOutputStream().close();
    assertThat(site.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(site.errorReader().lines()).isEmpty();
  }
}
