package org.eveproof.cli;

import picocli.CommandLine.Option;

/** How much of the light Eve attacks. Use as a picocli mixin. */
final class FractionOption {
  @Option(
      names = "--fraction",
      paramLabel = "P",
      defaultValue = "1",
      description = "Share of the pulses that Eve attacks, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double fraction;

  /**
   * Returns the share.
   *
   * @throws BadInput if it is out of range
   */
  double value() {
    FibreOptions.require("--fraction", fraction, 0, 1);
    return fraction;
  }
}
