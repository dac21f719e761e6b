package org.eveproof.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecOracleTest {
  private static final SpecOracle LOCK = Specs.load("Lock");

  record Queued(String client, String kind) {
    Queued(String client) {
      this(client, "request");
    }
  }

  record LockState(
      String holder, List<Queued> queue, Map<String, Integer> grants, Set<String> log) {}

  private static final LockState START =
      new LockState("none", List.of(), Map.of("a", 0, "b", 0, "c", 0), Set.of());
  private static final LockState ASKED =
      new LockState(
          "none", List.of(new Queued("a")), Map.of("a", 0, "b", 0, "c", 0), Set.of("ask"));

  @AfterAll
  static void close() {
    LOCK.close();
  }

  private static ActionInstance ask(String client) {
    return new ActionInstance("Ask", Map.of("c", TlaValue.of(client)));
  }

  private static ActionInstance grant(String client, int bonus) {
    Map<String, TlaValue> parameters = new LinkedHashMap<>();
    parameters.put("c", TlaValue.of(client));
    parameters.put("bonus", TlaValue.of(bonus));
    return new ActionInstance("Grant", parameters);
  }

  @Test
  void listsEachActionWithEachBinding() {
    assertThat(LOCK.actions())
        .hasSize(3 + 6 + 2)
        .contains(ask("a"), ask("b"), ask("c"), grant("b", 1))
        .contains(new ActionInstance("Free", Map.of()), new ActionInstance("Lose", Map.of()));
    assertThat(grant("b", 1)).hasToString("Grant(c = \"b\", bonus = 1)");
    assertThat(grant("b", 1).text("c")).isEqualTo("b");
    assertThat(grant("b", 1).integer("bonus")).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> grant("b", 1).parameter("d"));
  }

  @Test
  void outlinesTheSpecificationWithPositions() {
    SpecOutline outline = LOCK.outline();
    assertThat(outline.module()).isEqualTo("Lock");
    assertThat(outline.variables())
        .extracting(SpecOutline.Variable::name)
        .containsExactly("holder", "queue", "grants", "log");
    assertThat(outline.constants())
        .contains(new SpecOutline.Constant("MaxQueue", "2", new SourcePosition("Lock", 9, 3)));
    assertThat(outline.actions())
        .extracting(SpecOutline.Action::name)
        .containsExactly("Ask", "Grant", "Free", "Lose");
    assertThat(outline.actions().get(1).parameters()).containsExactly("c", "bonus");
    assertThat(outline.properties())
        .extracting(SpecOutline.Property::name)
        .containsExactly("TypeOK", "OneRequestEach", "HolderWasGranted", "GrantsGrow", "LogGrows");
    assertThat(outline.properties().get(3).kinds()).containsExactly(SpecOutline.Kind.STEP);
    assertThat(outline.definitions())
        .filteredOn(definition -> definition.name().equals("Free"))
        .singleElement()
        .satisfies(
            free -> {
              assertThat(free.module()).isEqualTo("Lock");
              assertThat(free.lastLine() - free.firstLine()).isEqualTo(4);
              assertThat(free.text())
                  .isEqualTo(
                      "Free==/\\(holder#\"none\")/\\(holder'=\"none\")"
                          + "/\\(log'=log\\cup{\"free\"})/\\(UNCHANGED<<queue,grants>>)");
            });
    assertThat(outline.definitions())
        .extracting(SpecOutline.Definition::module)
        .containsOnly("Lock");
  }

  @Test
  void partsOfAPropertyGoByItsName() {
    try (SpecOracle counter = Specs.load("Counter")) {
      assertThat(counter.outline().properties())
          .extracting(SpecOutline.Property::name)
          .containsExactly("InRange", "UpFromZero", "ComesBack");
      assertThat(counter.outline().properties().get(1).kinds())
          .containsExactly(
              SpecOutline.Kind.INVARIANT, SpecOutline.Kind.INITIAL, SpecOutline.Kind.STEP);
      SpecState last = counter.state(Map.of("n", 3));
      SpecState first = counter.state(Map.of("n", 0));
      assertThat(counter.violatedStepProperties(last, first))
          .extracting(Violation::property)
          .containsExactly("UpFromZero");
      assertThat(counter.violatedInvariants(counter.state(Map.of("n", -1))))
          .extracting(Violation::property)
          .containsExactlyInAnyOrder("InRange", "UpFromZero");
    }
  }

  @Test
  void stepsOfTheSpecificationAreRecognised() {
    SpecState start = LOCK.state(START);
    SpecState asked = LOCK.state(ASKED);
    assertThat(LOCK.initialStates()).containsExactly(start);
    assertThat(LOCK.successors(start, ask("a"))).containsExactly(asked);
    assertThat(LOCK.isStep(start, ask("a"), asked)).isTrue();
    assertThat(LOCK.isStep(start, ask("b"), asked)).isFalse();
    assertThat(LOCK.recognise(start, asked)).contains(ask("a"));
    assertThat(LOCK.recognise(start, asked, ask("a"))).contains(ask("a"));
    assertThat(LOCK.recognise(start, asked, grant("c", 0))).contains(ask("a"));
    assertThat(LOCK.recognise(asked, start)).isEmpty();
    assertThat(LOCK.recognise(start, start)).isEmpty();
    assertThat(LOCK.successors(asked, ask("a"))).isEmpty();
  }

  @Test
  void anActionMayHaveSeveralSuccessors() {
    SpecState full =
        LOCK.state(
            new LockState(
                "c",
                List.of(new Queued("a"), new Queued("b")),
                Map.of("a", 0, "b", 0, "c", 1),
                Set.of("ask", "grant")));
    List<SpecState> successors = LOCK.successors(full, new ActionInstance("Lose", Map.of()));
    assertThat(successors).hasSize(2).doesNotHaveDuplicates();
    for (SpecState successor : successors) {
      assertThat(LOCK.recognise(full, successor)).contains(new ActionInstance("Lose", Map.of()));
    }
    assertThat(LOCK.holds("QueueFull", full)).isTrue();
    assertThat(LOCK.holds("QueueFull", successors.get(0))).isFalse();
  }

  @Test
  void aRefusedStepIsExplainedWithPositions() {
    // The client gets the lock with a bonus of 2, which no instance of the action gives.
    SpecState granted =
        LOCK.state(
            new LockState("a", List.of(), Map.of("a", 3, "b", 0, "c", 0), Set.of("ask", "grant")));
    Explanation explanation = LOCK.explain(LOCK.state(ASKED), granted);
    assertThat(explanation.changed()).containsExactly("holder", "queue", "grants", "log");
    Explanation.Candidate nearest = explanation.candidates().get(0);
    assertThat(nearest.action().name()).isEqualTo("Grant");
    assertThat(nearest.action().text("c")).isEqualTo("a");
    assertThat(nearest.differing()).containsExactly("grants");
    FalsePart part = nearest.falseParts().get(0);
    assertThat(nearest.falseParts()).hasSize(1);
    assertThat(part.position()).hasToString("Lock:53:12");
    assertThat(part.text()).isEqualTo("grants' = [grants EXCEPT ![c] = more]");
    assertThat(part.detail()).contains("grants' is [a |-> 3, b |-> 0, c |-> 0]");
    assertThat(explanation.toString()).contains("Lock:53:12", "Grant(c = \"a\"");
    Explanation about = LOCK.explain(LOCK.state(ASKED), ask("b"), granted);
    assertThat(about.candidates().get(0).action()).isEqualTo(ask("b"));
    assertThat(about.candidates().get(1)).isEqualTo(nearest);
  }

  @Test
  void aFalseGuardIsFoundInsideItsOwnDefinition() {
    SpecState full =
        LOCK.state(
            new LockState(
                "none",
                List.of(new Queued("a"), new Queued("b")),
                Map.of("a", 0, "b", 0, "c", 0),
                Set.of("ask")));
    SpecState more =
        LOCK.state(
            new LockState(
                "none",
                List.of(new Queued("a"), new Queued("b"), new Queued("c")),
                Map.of("a", 0, "b", 0, "c", 0),
                Set.of("ask")));
    Explanation.Candidate nearest = LOCK.explain(full, more).candidates().get(0);
    assertThat(nearest.action()).isEqualTo(ask("c"));
    assertThat(nearest.falseParts())
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.operator()).isEqualTo("HasRoom");
              assertThat(part.position()).hasToString("Lock:37:12");
              assertThat(part.detail()).isEqualTo("Len(queue) is 2; MaxQueue is 2");
            });
  }

  @Test
  void aFalseInvariantIsExplainedWithPositions() {
    SpecState wrong =
        LOCK.state(new LockState("a", List.of(), Map.of("a", 0, "b", 0, "c", 0), Set.of("grant")));
    assertThat(LOCK.violatedInvariants(LOCK.state(START))).isEmpty();
    assertThat(LOCK.violatedInvariants(wrong))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.property()).isEqualTo("HolderWasGranted");
              assertThat(violation.position()).hasToString("Lock:82:1");
              assertThat(violation.falseParts())
                  .singleElement()
                  .satisfies(
                      part -> {
                        assertThat(part.position()).hasToString("Lock:84:22");
                        assertThat(part.text()).isEqualTo("grants[c] > 0");
                        assertThat(part.detail()).contains("c = \"a\"", "grants[c] is 0");
                      });
            });
  }

  @Test
  void anInvariantWithoutValueIsViolated() {
    SpecState illTyped =
        LOCK.state(
            Map.of(
                "holder", TlaValue.of("none"),
                "queue", TlaValue.of(3),
                "grants", TlaValue.of(Map.of("a", 0, "b", 0, "c", 0)),
                "log", TlaValue.of(Set.of())));
    assertThat(LOCK.violatedInvariants(illTyped))
        .extracting(Violation::property)
        .contains("TypeOK", "OneRequestEach");
    assertThat(LOCK.recognise(LOCK.state(START), illTyped)).isEmpty();
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> LOCK.successors(illTyped, ask("a")))
        .withMessageContaining("Ask(c = \"a\")");
  }

  @Test
  void stepPropertiesAreEvaluated() {
    SpecState before =
        LOCK.state(
            new LockState("a", List.of(), Map.of("a", 2, "b", 0, "c", 0), Set.of("ask", "grant")));
    SpecState after =
        LOCK.state(
            new LockState("a", List.of(), Map.of("a", 1, "b", 0, "c", 0), Set.of("ask", "grant")));
    assertThat(LOCK.violatedStepProperties(after, before)).isEmpty();
    assertThat(LOCK.violatedStepProperties(before, before)).isEmpty();
    assertThat(LOCK.violatedStepProperties(before, after))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.property()).isEqualTo("GrantsGrow");
              assertThat(violation.falseParts().get(0).position()).hasToString("Lock:87:37");
            });
  }

  @Test
  void refusesStatesWithWrongVariables() {
    Map<String, TlaValue> variables = new LinkedHashMap<>(LOCK.state(START).variables());
    variables.put("owner", TlaValue.of("a"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOCK.state(variables))
        .withMessage("Lock has no variable owner");
    variables.remove("owner");
    variables.remove("log");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOCK.state(variables))
        .withMessageContaining("log");
    assertThatIllegalArgumentException().isThrownBy(() -> LOCK.state(START).get("owner"));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    SpecState start = LOCK.state(START);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOCK.holds("NoSuchThing", start))
        .withMessage("Lock defines no operator NoSuchThing");
    assertThatIllegalArgumentException().isThrownBy(() -> LOCK.holds("Always", start));
    assertThatIllegalArgumentException().isThrownBy(() -> LOCK.successors(start, ask("d")));
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> LOCK.holds("NotABoolean", start))
        .withMessageContaining("not TRUE or FALSE");
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> LOCK.holds("Unevaluable", start))
        .withMessageContaining("Unevaluable");
  }

  @Test
  void twoSpecificationsLiveSideBySide() {
    try (SpecOracle shapes = Specs.load("Shapes");
        SpecOracle other = Specs.load("Lock")) {
      assertThat(shapes.initialStates()).hasSize(1);
      assertThat(LOCK.initialStates()).containsExactly(LOCK.state(START));
      assertThat(other.state(START)).isNotEqualTo(LOCK.state(START));
      assertThat(other.state(START).variables()).isEqualTo(LOCK.state(START).variables());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> LOCK.violatedInvariants(shapes.initialStates().get(0)));
    }
  }

  @Test
  void saysInOneLineWhatIsWrongWithAModule(@TempDir Path folder) throws IOException {
    assertThat(problem("Broken", "INIT Init\nNEXT Next\n", folder))
        .startsWith("Broken:6:16:")
        .doesNotContain("\n");
    assertThat(problem("Undefined", "SPECIFICATION Spec\n", folder))
        .startsWith("Undefined:6:14: Unknown operator: `Step'");
    assertThat(problem("Missing", "SPECIFICATION Spec\n", folder)).contains("no module Missing");
  }

  @Test
  void saysInOneLineWhatIsWrongWithAConfiguration(@TempDir Path folder) throws IOException {
    String constants = "CONSTANTS\n  Clients = {\"a\"}\n  MaxQueue = 2\n";
    assertThat(problem("Lock", "SPECIFICATION Spec\nCONSTANTS\n  Clients = {\"a\"\n", folder))
        .startsWith("model.cfg:")
        .contains("line 3")
        .doesNotContain("\n");
    assertThat(problem("Lock", "SPECIFICATION Spec\n", folder)).contains("Clients");
    assertThat(problem("Lock", constants + "SPECIFICATION Spec\nINVARIANT Typo\n", folder))
        .contains("Typo");
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(
            () ->
                SpecOracle.load(
                    new SpecSource(List.of(Specs.FOLDER), "Lock", folder.resolve("no.cfg"))))
        .withMessageContaining("no.cfg");
  }

  private static String problem(String module, String config, Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("model.cfg"), config);
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      SpecOracle.load(new SpecSource(List.of(Specs.FOLDER), module, file)).close();
      throw new AssertionError("loaded");
    } catch (SpecException e) {
      assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
      return String.valueOf(e.getMessage());
    } finally {
      System.setOut(console);
    }
  }
}
