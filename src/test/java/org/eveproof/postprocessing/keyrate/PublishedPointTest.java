package org.eveproof.postprocessing.keyrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How near this code comes to what was published, where the conditions are known. */
class PublishedPointTest {

  @Test
  void endlessDataReachAsFarAsPublished() {
    assertThat(deviations(Protocol.GLLP)).hasSize(2).allMatch(deviation -> deviation < 0.001);
  }

  /** The small blocks of the table do not follow from its stated conditions; the large ones do. */
  @Test
  void singlePhotonsGiveTheTableForLargeBlocks() {
    List<Double> deviations = deviations(Protocol.TOMAMICHEL2012);
    assertThat(deviations).hasSize(6);
    assertThat(deviations.subList(4, 6)).allMatch(deviation -> deviation < 0.005);
    assertThat(deviations.subList(2, 4)).allMatch(deviation -> deviation < 0.04);
    assertThat(deviations.subList(0, 2)).allMatch(deviation -> deviation < 0.25);
  }

  /** Both numbers fall short of the paper's by a few per cent, for a reason that it leaves open. */
  @Test
  void twoDecoysComeNearTheClaimsOfThePaper() {
    assertThat(deviations(Protocol.LIM2014)).hasSize(2).allMatch(deviation -> deviation < 0.04);
  }

  @Test
  void everyPointNamesItsSource() {
    assertThat(Arrays.stream(Protocol.values()).flatMap(p -> PublishedPoint.of(p).stream()))
        .hasSize(11)
        .allMatch(point -> point.source().matches(".*\\(20\\d\\d\\).*"));
  }

  private static List<Double> deviations(Protocol protocol) {
    return PublishedPoint.of(protocol).stream()
        .map(point -> Math.abs(point.computed().orElseThrow() / point.value() - 1))
        .toList();
  }
}
