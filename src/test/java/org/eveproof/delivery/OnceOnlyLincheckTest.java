package org.eveproof.delivery;

import java.util.HashSet;
import java.util.Set;
import org.eveproof.interleaving.TwoThreads;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are given once, whatever two threads do to the two sites of delivery at the same time. */
class OnceOnlyLincheckTest {
  private static final TwoThreads THREADS =
      new TwoThreads(
          "org\\.eveproof\\.delivery\\.(KeyOwner|KeyHolder|KeyPool|KeyPiece"
              + "|MapDeliveryStore|SharedSites|OnceOnlyLincheckTest).*");

  /** What threads do to the sites as they are. */
  public static class Sites {
    private final SharedSites sites;

    public Sites() {
      this(true);
    }

    Sites(boolean exclusive) {
      sites = new SharedSites(exclusive);
    }

    @Operation
    public String fetchFirst() {
      return sites.fetch(TwoSites.SLAVE, 0);
    }

    @Operation
    public String fetchFirstAsSecondSlave() {
      return sites.fetch(TwoSites.SECOND, 0);
    }

    @Operation
    public String fetchAnnounced() {
      return sites.fetch(TwoSites.SLAVE, 1);
    }

    @Operation
    public String hear() {
      return sites.hear();
    }

    @Operation
    public String giveMaster() {
      return sites.giveMaster();
    }

    @Operation
    public String withdraw() {
      return sites.withdraw();
    }

    @Operation
    public int takeIn() {
      return sites.give(1);
    }
  }

  /** The same, but steps of a store do not exclude each other. */
  public static class SitesWhoseStepsMix extends Sites {
    public SitesWhoseStepsMix() {
      super(false);
    }
  }

  /** One key, given by whoever looks first and marks it later. */
  public static class CheckThenAct {
    private final Set<String> given = new HashSet<>();

    @Operation
    public boolean give() {
      if (given.contains("key")) {
        return false;
      }
      synchronized (given) {
        given.add("key");
      }
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fetchFirst, fetchFirst",
    "fetchFirst, fetchFirstAsSecondSlave",
    "hear, fetchAnnounced",
    "hear, hear",
    "giveMaster, giveMaster",
    "giveMaster, withdraw",
    "takeIn, takeIn"
  })
  void twoThreadsSeeWhatOneAfterTheOtherCouldSee(String one, String other) {
    THREADS.check(Sites.class, one, other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fetchFirst", "hear", "giveMaster", "takeIn"})
  void aStoreWhoseStepsMixIsFoundOut(String operation) {
    THREADS.assertIsFoundOut(SitesWhoseStepsMix.class, operation);
  }

  @Test
  void aDoubleSpendByCheckThenActIsFoundOut() {
    THREADS.assertIsFoundOut(CheckThenAct.class, "give");
  }
}
