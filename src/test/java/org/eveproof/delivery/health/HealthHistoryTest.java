package org.eveproof.delivery.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is remembered from block to block. */
class HealthHistoryTest {

  @Test
  void whatIsStoredIsReadAgain() {
    HealthHistory history = HealthHistory.EMPTY;
    assertThat(HealthHistory.decode(history.encode())).contains(history);
    for (int i = 0; i < 30; i++) {
      history = HealthGate.judge(Keys.uniform(70_000, i), history).history();
      assertThat(HealthHistory.decode(history.encode())).contains(history);
    }
    assertThat(history.encode()).hasSameSizeAs(HealthHistory.EMPTY.encode());
  }

  @Test
  void whatNobodyStoredIsRefused() {
    HealthHistory history = HealthGate.judge(Keys.uniform(1000, 1), HealthHistory.EMPTY).history();
    byte[] good = history.encode();
    for (int length = 0; length < good.length + 2; length++) {
      if (length != good.length) {
        assertThat(HealthHistory.decode(Arrays.copyOf(good, length))).isEmpty();
      }
    }
    // The format, a negative count of blocks, more ones than bytes.
    for (int[] edit : new int[][] {{0, 2}, {1, -1}, {1 + 8 * 18 + 17, 4}, {1 + 8 * 19 + 17, 99}}) {
      byte[] bad = good.clone();
      bad[edit[0]] = (byte) edit[1];
      assertThat(HealthHistory.decode(bad)).as("byte %d", edit[0]).isEmpty();
    }
  }

  @Test
  void onlyTheLastSpansAreRemembered() {
    HealthHistory history = HealthHistory.EMPTY;
    for (int i = 0; i < 50; i++) {
      history = HealthGate.judge(Keys.uniform(100_000, i), history).history();
      assertThat(history.bytes()).isLessThan(2L * HealthHistory.SPAN + 200_000);
    }
    assertThat(history.bytes()).isGreaterThan(HealthHistory.SPAN);
  }

  @Test
  void aBlockThatFailsAloneIsNotRemembered() {
    HealthHistory history = HealthGate.judge(Keys.uniform(1000, 1), HealthHistory.EMPTY).history();
    assertThat(HealthGate.judge(new byte[1000], history).history()).isEqualTo(history);
  }

  @Test
  void afterARefusalByHistoryHealthyBlocksLeadBack() {
    HealthHistory history = HealthHistory.EMPTY;
    for (int i = 0; i < 20; i++) {
      history = HealthGate.judge(Keys.biased(65_536, 0.4965, i), history).history();
    }
    assertThat(HealthGate.judge(Keys.uniform(65_536, 50), history).verdict())
        .isInstanceOf(HealthVerdict.Refused.class);
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      HealthReport report = HealthGate.judge(Keys.uniform(65_536, 100 + i), history);
      refused += report.verdict() instanceof HealthVerdict.Refused ? 1 : 0;
      history = report.history();
    }
    assertThat(refused).isBetween(3, 35);
    assertThat(HealthGate.judge(Keys.uniform(65_536, 200), history).verdict())
        .isEqualTo(new HealthVerdict.Healthy());
  }
}
