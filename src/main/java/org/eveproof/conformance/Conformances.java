package org.eveproof.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All specifications that code claims to follow. Each binding class offers its case, or its cases,
 * and is listed here.
 */
public final class Conformances {
  private Conformances() {}

  /**
   * Returns the cases of each specification, in reading order.
   *
   * @param specs the folder {@code specs}
   */
  public static List<ConformanceCase> all(Path specs) {
    return Stream.of(
            AuthBootstrapBinding.conformanceCases(specs).stream(),
            Bb84ExchangeBinding.conformanceCases(specs).stream(),
            Stream.of(
                PskHandoverBinding.conformanceCase(specs),
                KeyDeliveryBinding.conformanceCase(specs),
                QkdSystemBinding.conformanceCase(specs)))
        .flatMap(Function.identity())
        .toList();
  }
}
