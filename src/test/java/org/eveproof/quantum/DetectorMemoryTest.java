package org.eveproof.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What detectors remember, with chance that always says yes to what is possible. */
final class DetectorMemoryTest {
  private static final int ZERO = 1;
  private static final int ONE = 2;

  /** Whatever is likelier than this happens. */
  private double threshold;

  private DetectorMemory memory(int deadTime, double afterpulses, double decay) {
    return new DetectorMemory(
        new Receiver(1, 0, 0, deadTime, afterpulses, decay, 0.5),
        probability -> probability > threshold);
  }

  @Test
  void aClickSwitchesBothOffForTheDeadTime() {
    DetectorMemory memory = memory(2, 0, 1);
    assertThat(memory.clicks(5, 0)).isZero();
    assertThat(memory.isOn(6)).isTrue();
    assertThat(memory.clicks(6, ONE)).isEqualTo(ONE);
    assertThat(memory.isOn(7)).isFalse();
    assertThat(memory.isOn(8)).isFalse();
    assertThat(memory.isOn(9)).isTrue();
  }

  @Test
  void aTrapBringsAboutOneMoreClickOfItsDetector() {
    DetectorMemory memory = memory(0, 0.5, 1);
    threshold = 0.4;
    assertThat(memory.clicks(0, ONE)).isEqualTo(ONE);
    threshold = 0.6;
    assertThat(memory.clicks(1, 0)).as("it empties").isEqualTo(ONE);
    assertThat(memory.clicks(2, 0)).as("and was not filled again").isZero();
  }

  /** A click of the other detector in the meantime does not empty it. */
  @Test
  void aTrapOutlivesAnotherClick() {
    DetectorMemory memory = memory(0, 0.5, 0.3);
    threshold = 0.4;
    assertThat(memory.clicks(0, ZERO)).isEqualTo(ZERO);
    assertThat(memory.clicks(1, ONE)).as("it does not empty yet").isEqualTo(ONE);
    threshold = 0.2;
    assertThat(memory.clicks(2, 0)).isEqualTo(ZERO | ONE);
  }

  /** Of traps that empty with 0.3 in a gate, 0.49 are left after two dead ones. */
  @Test
  void deadTimeEmptiesOlderTrapsUnseen() {
    for (double chance : new double[] {0.48, 0.495}) {
      DetectorMemory memory = memory(2, 0.5, 0.3);
      threshold = 0.4;
      memory.clicks(0, ZERO);
      threshold = chance;
      memory.clicks(3, ONE);
      threshold = 0.2;
      assertThat(memory.clicks(6, 0) & ZERO).isEqualTo(chance < 0.49 ? ZERO : 0);
    }
  }
}
