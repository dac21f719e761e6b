package org.eveproof.conformance.rndl;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eveproof.adversary.rndl.Anchor;
import org.eveproof.adversary.rndl.Cell;
import org.eveproof.adversary.rndl.Experiment;
import org.eveproof.adversary.rndl.Finding;
import org.eveproof.adversary.rndl.Leak;
import org.eveproof.adversary.rndl.PayloadExchange;
import org.eveproof.adversary.rndl.Protocol;
import org.eveproof.spec.SpecSource;

/**
 * A finite instance of {@code RecordNowDecryptLater}, and the same bounds for the experiment. That
 * the two have the same bounds shows in the comparison: every cell must be in both.
 *
 * @param name of the instance
 * @param exchanges that it has
 * @param anchors that it has
 * @param leaks that it has
 */
public record RndlInstance(
    String name, Set<PayloadExchange> exchanges, Set<Anchor> anchors, Set<Leak> leaks) {
  private static final String MODULE = "MCRecordNowDecryptLater";

  /** Copies the sets. */
  public RndlInstance {
    exchanges = Set.copyOf(exchanges);
    anchors = Set.copyOf(anchors);
    leaks = Set.copyOf(leaks);
  }

  /** Returns the instance that has everything. */
  public static RndlInstance complete() {
    return new RndlInstance(
        MODULE, Set.of(PayloadExchange.values()), Set.of(Anchor.values()), Set.of(Leak.values()));
  }

  /** Returns the instance that has what red twins need. */
  public static RndlInstance small() {
    return new RndlInstance(
        MODULE + "Small",
        Set.of(PayloadExchange.ML_KEM, PayloadExchange.HYBRID, PayloadExchange.QKD_HYBRID),
        Set.of(Anchor.PKI, Anchor.PSK),
        Set.of(Leak.END_ENTITY, Leak.PSK, Leak.MAC, Leak.DH, Leak.ML_KEM, Leak.HASH));
  }

  /**
   * Returns the matrix of the specification.
   *
   * @param specs the folder {@code specs}
   */
  public Map<Cell, Finding> specified(Path specs) {
    Path models = specs.resolve("models");
    return SpecifiedMatrix.of(
        new SpecSource(List.of(specs, models), MODULE, models.resolve(name + ".cfg")));
  }

  /**
   * Returns the matrix of the code.
   *
   * @param rules that the ends follow
   * @param seed of everything random
   */
  public Map<Cell, Finding> run(Protocol rules, long seed) {
    return Experiment.run(rules, exchanges, anchors, leaks, seed);
  }
}
