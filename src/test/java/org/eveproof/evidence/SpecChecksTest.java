package org.eveproof.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every sort of check of the manifest can fail, and says by name what failed. */
class SpecChecksTest {
  private static final String SPEC =
      """
      ---- MODULE Door ----
      EXTENDS Integers
      VARIABLES opened, locked
      vars == <<opened, locked>>
      Init == opened = 0 /\\ locked = FALSE
      MayOpen == opened < 2
      MayLock == opened = 2
      Open == MayOpen /\\ opened' = opened + 1 /\\ UNCHANGED locked
      Lock == MayLock /\\ locked' = TRUE /\\ UNCHANGED opened
      Next == Open \\/ Lock
      Spec == Init /\\ [][Next]_vars
      OpenedAtMostTwice == opened <= 2
      LockedAfterOpening == locked => opened >= 2
      ====
      """;
  private static final String MODEL =
      """
      ---- MODULE MCDoor ----
      EXTENDS Door
      ReachLocked == locked
      ReachThrice == opened = 3
      ReachOnce == opened = 1
      ReachClosed == opened = 0
      Small == opened <= 4
      ====
      """;
  private static final String RED =
      """
      ---- MODULE RedDoor ----
      EXTENDS MCDoor
      OpenThrice == opened < 3
      LockAnyTime == opened < 3
      OpenTwice == opened < 2
      ====
      """;
  private static final String CONFIG =
      """
      SPECIFICATION Spec
      CONSTRAINT Small
      INVARIANTS
        OpenedAtMostTwice
        LockedAfterOpening
      CHECK_DEADLOCK FALSE
      """;
  private static final String MANIFEST =
      """
      {"specifications": [{"spec": "Door",
        "models": [{"name": "MCDoor", "module": "MCDoor", "config": "MCDoor.cfg", "expect": "holds",
          "distinct": 4, "depth": 4, "bounds": "two openings", "budgetSeconds": 60}],
        "properties": [
          {"id": "D1", "name": "OpenedAtMostTwice", "kind": "invariant", "says": "Opened twice."},
          {"id": "D2", "name": "LockedAfterOpening", "kind": "invariant", "says": "Then locked."}],
        "red": [
          {"name": "OpensThrice", "base": "MCDoor", "module": "RedDoor",
           "replace": {"MayOpen": "OpenThrice"}, "violates": "OpenedAtMostTwice",
           "removes": "the bound on openings"},
          {"name": "LocksEarly", "base": "MCDoor", "module": "RedDoor",
           "replace": {"MayLock": "LockAnyTime"}, "violates": "LockedAfterOpening",
           "removes": "the guard of locking"}],
        "reach": [{"name": "ReachLocked", "base": "MCDoor", "says": "the door is locked"}]}]}
      """;

  @TempDir private Path specs = Path.of("");

  @BeforeEach
  void layOutTheSpecifications() throws IOException {
    Files.createDirectories(specs.resolve("models"));
    Files.createDirectories(specs.resolve("red"));
    Files.writeString(specs.resolve("Door.tla"), SPEC);
    Files.writeString(specs.resolve("models/MCDoor.tla"), MODEL);
    Files.writeString(specs.resolve("models/MCDoor.cfg"), CONFIG);
    Files.writeString(specs.resolve("red/RedDoor.tla"), RED);
    manifest(MANIFEST);
    new SpecChecks(specs).pin();
  }

  @Test
  void aSoundSpecificationHasNothingButHeldChecks() throws Exception {
    List<Finding> findings = findings();
    assertThat(findings).hasSize(6);
    assertThat(findings).allMatch(finding -> finding.verdict() == Finding.Verdict.HELD);
  }

  @Test
  void anotherNumberOfStatesFails() throws Exception {
    manifest(MANIFEST.replace("\"distinct\": 4", "\"distinct\": 5"));
    assertFailure(Finding.Kind.MODEL, "4 distinct states, depth 4; the manifest says 5");
  }

  @Test
  void aWeakenedGuardFailsNamingThePropertyAndThePin() throws Exception {
    Files.writeString(
        specs.resolve("Door.tla"), SPEC.replace("MayLock == opened = 2", "MayLock == opened > 0"));
    assertFailure(Finding.Kind.MODEL, "LockedAfterOpening");
    assertFailure(Finding.Kind.PIN, "Door!MayLock was changed");
  }

  @Test
  void aPropertyWeakenedToNothingFailsItsRedTwin() throws Exception {
    Files.writeString(
        specs.resolve("Door.tla"), SPEC.replace("locked => opened >= 2", "locked => opened >= 0"));
    assertFailure(Finding.Kind.RED_TWIN, "must violate LockedAfterOpening");
    assertFailure(Finding.Kind.PIN, "Door!LockedAfterOpening was changed");
  }

  @Test
  void aTwinThatViolatesNothingFails() throws Exception {
    manifest(MANIFEST.replace("OpenThrice", "OpenTwice"));
    assertFailure(Finding.Kind.RED_TWIN, "must violate OpenedAtMostTwice");
  }

  @Test
  void aTwinThatViolatesMoreThanItsPropertyFails() throws Exception {
    manifest(
        MANIFEST.replace(
            "{\"MayOpen\": \"OpenThrice\"}",
            "{\"MayOpen\": \"OpenThrice\", \"MayLock\": \"LockAnyTime\"}"));
    assertFailure(Finding.Kind.RED_TWIN, "must violate OpenedAtMostTwice only");
  }

  @Test
  void anUnreachableGoalFails() throws Exception {
    manifest(MANIFEST.replace("ReachLocked", "ReachThrice"));
    assertFailure(Finding.Kind.REACH, "not reached");
  }

  @Test
  void aGoalThatIsNotReachedFailsAlone() throws Exception {
    String others =
        "\"reach\": [{\"name\": \"ReachOnce\", \"base\": \"MCDoor\", \"says\": \"it opens\"},"
            + " {\"name\": \"ReachClosed\", \"base\": \"MCDoor\", \"says\": \"it begins\"},";
    manifest(MANIFEST.replace("\"reach\": [", others));
    assertThat(verdicts(Finding.Kind.REACH))
        .containsExactly(Finding.Verdict.HELD, Finding.Verdict.HELD, Finding.Verdict.HELD);
    manifest(MANIFEST.replace("\"reach\": [", others).replace("ReachLocked", "ReachThrice"));
    assertThat(verdicts(Finding.Kind.REACH))
        .containsExactly(Finding.Verdict.HELD, Finding.Verdict.HELD, Finding.Verdict.FAILED);
  }

  @Test
  void aPropertyThatFailsOnlyWhereTheTwinsOwnFailsFirstIsSeen() throws Exception {
    Files.writeString(
        specs.resolve("Door.tla"),
        SPEC.replace("====", "LockedIfThrice == opened = 3 => locked\n===="));
    Files.writeString(specs.resolve("models/MCDoor.cfg"), CONFIG + "INVARIANT LockedIfThrice\n");
    manifest(
        MANIFEST.replace(
            "\"properties\": [",
            "\"properties\": [{\"id\": \"D3\", \"name\": \"LockedIfThrice\", \"kind\": \"invariant\","
                + " \"says\": \"Thrice only when locked.\"},"));
    assertFailure(Finding.Kind.RED_TWIN, "INVARIANT_VIOLATED LockedIfThrice");
  }

  @Test
  void aPropertyWithoutTwinOrModelFails() throws Exception {
    manifest(
        MANIFEST.replace(
            "\"properties\": [",
            "\"properties\": [{\"id\": \"D0\", \"name\": \"Forgotten\", \"kind\": \"invariant\","
                + " \"says\": \"Nobody looks.\"},"));
    assertFailure(Finding.Kind.COMPLETE, "Forgotten is checked by no model");
    assertFailure(Finding.Kind.COMPLETE, "Forgotten has no red twin");
  }

  @Test
  void aPropertyTakenOffTheModelFails() throws Exception {
    Files.writeString(
        specs.resolve("models/MCDoor.cfg"), CONFIG.replace("  LockedAfterOpening\n", ""));
    assertFailure(Finding.Kind.COMPLETE, "LockedAfterOpening is checked by no model");
    assertFailure(Finding.Kind.PIN, "MCDoor.cfg was changed");
  }

  private void manifest(String text) throws IOException {
    Files.writeString(specs.resolve("models/manifest.json"), text);
  }

  private List<Finding> findings() throws IOException, InterruptedException {
    return Checks.run(new SpecChecks(specs).all(false), finding -> {});
  }

  private List<Finding> findings(Finding.Kind kind) throws IOException, InterruptedException {
    List<Check> checks =
        new SpecChecks(specs).all(false).stream().filter(check -> check.kind() == kind).toList();
    return Checks.run(checks, finding -> {});
  }

  private List<Finding.Verdict> verdicts(Finding.Kind kind)
      throws IOException, InterruptedException {
    return findings(kind).stream().map(Finding::verdict).toList();
  }

  private void assertFailure(Finding.Kind kind, String words)
      throws IOException, InterruptedException {
    assertThat(findings(kind))
        .filteredOn(finding -> finding.verdict() == Finding.Verdict.FAILED)
        .extracting(Finding::detail)
        .anyMatch(detail -> detail.contains(words));
  }
}
