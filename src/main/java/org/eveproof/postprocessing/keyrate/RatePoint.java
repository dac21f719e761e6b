package org.eveproof.postprocessing.keyrate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.finitekey.KeyAccount;

/**
 * The best rate that was found at one distance.
 *
 * @param protocol the analysis
 * @param kilometres length of the fibre
 * @param rate secret bits for each pulse that Alice sends, at least 0
 * @param netRate the same less the key that authentication consumes; negative if that is more
 * @param parameters what was chosen and what limits of acceptance follow, by name, in order
 * @param block what one key costs and is worth; none for endless data
 */
public record RatePoint(
    Protocol protocol,
    double kilometres,
    double rate,
    double netRate,
    Map<String, Double> parameters,
    Optional<Block> block) {

  /**
   * One key.
   *
   * @param pulses expected number of pulses that it takes
   * @param account its length, and what it costs
   * @param budget what is claimed for it
   */
  public record Block(double pulses, KeyAccount account, EpsilonBudget budget) {}

  /** Keeps the order of the parameters. */
  public RatePoint {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
