package org.eveproof.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TlaValueTest {
  enum Side {
    LEFT("left"),
    RIGHT("right");

    private final String specName;

    Side(String specName) {
      this.specName = specName;
    }

    public String specName() {
      return specName;
    }
  }

  enum Plain {
    ONE
  }

  record Packet(Side to, List<Integer> bits, boolean tagged) {}

  @Test
  void readsJavaObjectsAndPrintsThemAsTla() {
    assertThat(TlaValue.of(new Packet(Side.LEFT, List.of(0, 1), true)))
        .hasToString("[bits |-> <<0, 1>>, tagged |-> TRUE, to |-> \"left\"]");
    assertThat(TlaValue.of(Set.of(3, 1, 2))).hasToString("{1, 2, 3}");
    assertThat(TlaValue.of(Map.of(0, "a", 5, "b"))).hasToString("(0 :> \"a\" @@ 5 :> \"b\")");
    assertThat(TlaValue.of(Map.of("no name", 1))).hasToString("(\"no name\" :> 1)");
    assertThat(TlaValue.of(Plain.ONE)).isEqualTo(new TlaValue.Text("ONE"));
    assertThat(TlaValue.of("say \"so\"")).hasToString("\"say \\\"so\\\"\"");
    assertThat(TlaValue.of(-7L)).isEqualTo(new TlaValue.Int(-7));
  }

  @Test
  void equalValuesOfTlaAreEqualObjects() {
    assertThat(TlaValue.of(Map.of(1, "x", 2, "y"))).isEqualTo(TlaValue.of(List.of("x", "y")));
    assertThat(TlaValue.of(Map.of())).isEqualTo(TlaValue.of(List.of()));
    assertThat(TlaValue.of(Map.of(Side.LEFT, 1, Side.RIGHT, 2)))
        .isEqualTo(TlaValue.of(Map.of("right", 2, "left", 1)));
    assertThat(TlaValue.of(new Packet(Side.LEFT, List.of(), false)))
        .isEqualTo(TlaValue.of(Map.of("to", "left", "bits", Map.of(), "tagged", false)));
    assertThat(TlaValue.of(Map.of(0, 1, 1, 2))).isInstanceOf(TlaValue.Fcn.class);
    assertThat(TlaValue.of(Map.of(1, 1, 3, 2))).isInstanceOf(TlaValue.Fcn.class);
  }

  @Test
  void refusesASecondRepresentation() {
    TlaValue.Int one = new TlaValue.Int(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlaValue.Fcn(Map.of(one, one)))
        .withMessageContaining("sequence");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlaValue.Fcn(Map.of(new TlaValue.Text("a"), one)));
    assertThatIllegalArgumentException().isThrownBy(() -> new TlaValue.Rec(new TreeMap<>()));
  }

  @Test
  void refusesWhatHasNoValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlaValue.of(1L << 40))
        .withMessageContaining("32-bit");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlaValue.of(List.of(BigInteger.ONE)))
        .withMessageContaining("BigInteger");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlaValue.of(Map.of("left", 1, Side.LEFT, 2)))
        .withMessageContaining("two keys");
  }
}
