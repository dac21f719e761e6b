package org.eveproof.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All specifications that code claims to follow. Each binding class offers its case as {@code
 * static ConformanceCase conformanceCase(Path specs)}, and is listed here.
 */
public final class Conformances {
  private Conformances() {}

  /**
   * Returns the cases of each specification, in reading order.
   *
   * @param specs the folder {@code specs}
   */
  public static List<ConformanceCase> all(Path specs) {
    return Stream.concat(
            AuthBootstrapBinding.conformanceCases(specs).stream(),
            Stream.of(
                Bb84ExchangeBinding.conformanceCase(specs),
                PskHandoverBinding.conformanceCase(specs),
                KeyDeliveryBinding.conformanceCase(specs),
                QkdSystemBinding.conformanceCase(specs)))
        .toList();
  }
}
