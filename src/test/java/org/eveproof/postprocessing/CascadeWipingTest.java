package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.List;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.junit.jupiter.api.Test;

class CascadeWipingTest {
  private static final CascadeSchedule SCHEDULE = new CascadeSchedule(100, List.of(10));
  private static final Bits SEED = Bits.of(64, i -> i % 3 == 0);
  private static final Bits ONES = Bits.of(100, i -> true);

  @Test
  void aliceLeavesNothingThatWasDerivedFromHerKey() throws ReflectiveOperationException {
    try (SecretBits key = SecretBits.copyOf(ONES)) {
      CascadeAlice alice = new CascadeAlice(key, SCHEDULE, SEED);
      alice.open();
      long[] table = (long[]) ((List<?>) field(alice, "prefixParities")).get(0);
      assertThat(table).isNotEqualTo(new long[table.length]);
      alice.close();
      assertThat(table).containsOnly(0);
    }
  }

  @Test
  void bobLeavesNothingThatWasDerivedFromHisKey() throws ReflectiveOperationException {
    try (SecretBits key = SecretBits.copyOf(ONES)) {
      CascadeBob bob = new CascadeBob(key, SCHEDULE, SEED);
      bob.take(Bits.of(bob.awaitedBits(), i -> i == 0));
      long[] shuffled = (long[]) field(((List<?>) field(bob, "passes")).get(0), "bits");
      long[] corrections = (long[]) field(bob, "corrections");
      assertThat(shuffled).isNotEqualTo(new long[shuffled.length]);
      bob.close();
      assertThat(shuffled).containsOnly(0);
      assertThat(corrections).containsOnly(0);
    }
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    Object value = field.get(owner);
    assertThat(value).isNotNull();
    return java.util.Objects.requireNonNull(value);
  }
}
