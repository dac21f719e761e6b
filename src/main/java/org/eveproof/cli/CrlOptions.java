package org.eveproof.cli;

import picocli.CommandLine.Option;

/** How long a new revocation list counts. Use as a picocli mixin. */
final class CrlOptions {
  @Option(
      names = "--crl-days",
      defaultValue = "30",
      paramLabel = "N",
      description =
          "How long the new revocation list counts; without a newer one nothing is accepted"
              + " afterwards. Default: ${DEFAULT-VALUE}.")
  private int days;

  /** Returns the days, 1 to 3650. */
  int days() {
    LinkOptions.require("--crl-days", days, 1, 3650);
    return days;
  }
}
