package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.eveproof.interleaving.TwoThreads;
import org.eveproof.interleaving.Unlocked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever two threads do to one ledger at the same time, no key goes to two messages, none is
 * accepted twice, and no block is staged twice.
 */
class LedgerLincheckTest {
  private static final TwoThreads THREADS =
      new TwoThreads(
          "org\\.eveproof\\.handover\\.(unlocked\\.)?(Ledger|LedgerImage|DurableImage|InMemoryLedgerStore"
              + "|RollbackGuard|RefillDue|SharedLedger)(\\$.*)?");

  @ParameterizedTest
  @CsvSource({
    "take, take",
    "take, ask",
    "take, reserve",
    "take, reBootstrap",
    "stage, stage",
    "ask, ask",
    "hear, hear",
    "hear, receive",
    "receive, receive",
    "receive, answer"
  })
  void twoThreadsSeeWhatOneAfterTheOtherCouldSee(String one, String other) {
    THREADS.check(SharedLedger.class, one, other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"take", "stage", "hear", "receive"})
  void aLedgerWithoutItsLockIsFoundOut(String operation) {
    THREADS.assertIsFoundOut(Unlocked.of(SharedLedger.class), operation);
  }

  @Test
  void everyMethodOfALedgerExcludesTheOthers() {
    assertThat(Arrays.stream(Ledger.class.getDeclaredMethods()))
        .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
        .filteredOn(method -> !Modifier.isStatic(method.getModifiers()))
        .hasSizeGreaterThan(40)
        .allMatch(method -> Modifier.isSynchronized(method.getModifiers()));
  }
}
