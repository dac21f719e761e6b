package org.eveproof.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kotlin.jvm.functions.Function1;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Keys are given once under every interleaving that Lincheck's model checking tries: what threads
 * see must be what they could see one after the other. It assumes a sequentially consistent memory,
 * and tries interleavings up to the bounds below, not all there are.
 */
class OnceOnlyLincheckTest {
  /** How many interleavings of each pair of threads are tried. */
  private static final int INTERLEAVINGS = Integer.getInteger("eveproof.interleavings", 50);

  /** No loop here is that long; without a bound a long one passes for a thread that waits. */
  private static final int LOOPS = 5_000;

  /** Where threads share nothing: parsing, hashing, and immutable values. */
  private static final Function1<String, Boolean> ATOMIC =
      name ->
          name.startsWith("java.util.regex.")
              || name.startsWith("java.nio.")
              || name.startsWith("java.util.HexFormat")
              || (name.startsWith("org.eveproof.")
                  && !name.matches(
                      "org\\.eveproof\\.delivery\\.(KeyOwner|KeyHolder|KeyPool|KeyPiece"
                          + "|MapDeliveryStore|SharedSites|OnceOnlyLincheckTest).*"));

  /** Lets two threads do one thing each, at the same time, with nothing before or after. */
  private static void check(Class<?> sites, String one, String other) {
    new ModelCheckingOptions()
        .iterations(0)
        .addCustomScenario(
            new ExecutionScenario(
                List.of(),
                List.of(List.of(actor(sites, one)), List.of(actor(sites, other))),
                List.of(),
                null))
        .invocationsPerIteration(INTERLEAVINGS)
        .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ATOMIC).allMethods().treatAsAtomic())
        .loopIterationsBeforeThreadSwitch(LOOPS)
        .loopBound(LOOPS)
        .minimizeFailedScenario(false)
        .check(sites);
  }

  private static Actor actor(Class<?> sites, String operation) {
    try {
      return new Actor(sites.getMethod(operation), List.of(), false, false, false, false, false);
    } catch (NoSuchMethodException misspelt) {
      throw new AssertionError(misspelt);
    }
  }

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
    check(Sites.class, one, other);
  }

  @Test
  void aStoreWhoseStepsMixIsFoundOut() {
    assertIsFoundOut(SitesWhoseStepsMix.class, "fetchFirst");
  }

  @Test
  void aDoubleSpendByCheckThenActIsFoundOut() {
    assertIsFoundOut(CheckThenAct.class, "give");
  }

  private static void assertIsFoundOut(Class<?> planted, String operation) {
    assertThat(catchThrowable(() -> check(planted, operation, operation)))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }
}
