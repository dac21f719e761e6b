package org.eveproof.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

class ValueRoundTripProperties {
  private static final SpecOracle ORACLE = Specs.load("Shapes");

  @AfterContainer
  static void close() {
    ORACLE.close();
  }

  @Property(tries = 500)
  void aValueComesBackFromTlcAsItWas(@ForAll("values") TlaValue value) {
    assertThat(withEcho(value).get("echo")).isEqualTo(value);
  }

  @Property(tries = 300)
  void statesAreEqualExactlyWhenTheirValuesAre(
      @ForAll("values") TlaValue one, @ForAll("values") TlaValue other) {
    assertThat(withEcho(one)).isEqualTo(withEcho(one)).hasSameHashCodeAs(withEcho(one));
    assertThat(withEcho(one).equals(withEcho(other)))
        .as("%s and %s", one, other)
        .isEqualTo(one.equals(other));
  }

  @Property(tries = 100)
  void equalValuesPrintAlike(@ForAll("values") TlaValue value) {
    assertThat(withEcho(value).get("echo")).hasToString(value.toString());
  }

  @Example
  void whatTlcComputesEqualsWhatJavaMakes() {
    TlaValue.ModelValue server = new TlaValue.ModelValue("srv");
    TlaValue.ModelValue m1 = new TlaValue.ModelValue("m1");
    TlaValue.ModelValue m2 = new TlaValue.ModelValue("m2");
    Map<String, Object> a = new LinkedHashMap<>();
    a.put("interval", Set.of(1, 2, 3));
    a.put("subsets", Set.of(Set.of(), Set.of(1), Set.of(2), Set.of(1, 2)));
    a.put("chosen", Set.of(1, 3, 5));
    a.put("mapped", Set.of(2, 4, 6));
    a.put("product", Set.of(List.of(1, "x"), List.of(1, "y")));
    a.put("records", Set.of(Map.of("n", 1), Map.of("n", 2)));
    a.put("functions", Set.of(Map.of("p", true), Map.of("p", false)));
    a.put("model", server);
    Map<String, Object> b = new LinkedHashMap<>();
    b.put("sequence", List.of(1, 4));
    b.put("record", Map.of("p", "p", "q", "q"));
    b.put("function", Map.of(0, 0, 1, -1));
    b.put("changed", List.of(0, 7));
    b.put("empty", List.of());
    b.put("models", Map.of(m1, Set.of(m1), m2, Set.of(m2)));
    b.put(
        "nested", Map.of("alice", List.of(Map.of("k", Set.of()), Map.of("k", Set.of(List.of())))));

    SpecState initial = ORACLE.initialStates().get(0);
    assertThat(initial.get("a")).isEqualTo(TlaValue.of(a));
    assertThat(initial.get("b")).isEqualTo(TlaValue.of(b));
    SpecState made =
        ORACLE.state(
            Map.of("a", TlaValue.of(a), "b", TlaValue.of(b), "echo", TlaValue.of(List.of())));
    assertThat(made).isEqualTo(initial).hasSameHashCodeAs(initial);
    assertThat(ORACLE.isStep(made, ORACLE.actions().get(0), initial)).isTrue();
  }

  @Example
  void theSameValueGivenInSeveralWaysIsOne() {
    assertThat(withEcho(Map.of(1, "x", 2, "y")))
        .isEqualTo(withEcho(List.of("x", "y")))
        .hasSameHashCodeAs(withEcho(List.of("x", "y")));
    assertThat(withEcho(Map.of())).isEqualTo(withEcho(List.of()));
    assertThat(withEcho(Map.of("b", 1, "a", 2)))
        .isEqualTo(withEcho(TlaValue.of(Map.of("a", 2, "b", 1))));
    assertThat(withEcho(new LinkedHashSet<>(List.of(3, 1, 2))))
        .isEqualTo(withEcho(Set.of(1, 2, 3)));
    // Different Java objects, one value of TLA+.
    assertThat(withEcho(Set.of(1, 1L))).isEqualTo(withEcho(Set.of(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> withEcho(Map.of(0, "x", 0L, "y")));
  }

  @Example
  void refusesValuesThatTlcCannotHold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withEcho(TlaValue.of(Set.of(1, "one"))))
        .withMessageContaining("compare");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withEcho(new TlaValue.ModelValue("nobody")))
        .withMessageContaining("nobody");
  }

  private static SpecState withEcho(Object value) {
    TlaValue nothing = TlaValue.of(List.of());
    return ORACLE.state(Map.of("a", nothing, "b", nothing, "echo", value));
  }

  /** Sets and domains hold values of one kind, for TLC cannot compare others. */
  @Provide
  Arbitrary<TlaValue> values() {
    Arbitrary<TlaValue> texts =
        Arbitraries.of("alice", "bob", "", "x y", "\"q\"").map(TlaValue::of);
    Arbitrary<TlaValue> integers =
        Arbitraries.oneOf(Arbitraries.integers(), Arbitraries.integers().between(-1, 4))
            .map(TlaValue::of);
    Arbitrary<TlaValue> truths = Arbitraries.of(true, false).map(TlaValue::of);
    Arbitrary<TlaValue> models = Arbitraries.of("m1", "srv").map(TlaValue.ModelValue::new);
    return Arbitraries.oneOf(
        nested(texts, 2), nested(integers, 2), nested(truths, 2), nested(models, 2));
  }

  private static Arbitrary<TlaValue> nested(Arbitrary<TlaValue> inner, int depth) {
    if (depth == 0) {
      return inner;
    }
    Arbitrary<TlaValue> sets = inner.set().ofMaxSize(4).map(TlaValue::of);
    Arbitrary<TlaValue> sequences = inner.list().ofMaxSize(4).map(TlaValue::of);
    Arbitrary<TlaValue> records =
        Arbitraries.maps(Arbitraries.of("a", "key", "z9"), inner).ofMaxSize(3).map(TlaValue::of);
    Arbitrary<TlaValue> functions =
        Arbitraries.maps(Arbitraries.integers().between(0, 3), inner)
            .ofMaxSize(4)
            .map(TlaValue::of);
    return Arbitraries.oneOf(
        inner,
        nested(sets, depth - 1),
        nested(sequences, depth - 1),
        nested(records, depth - 1),
        nested(functions, depth - 1));
  }
}
