package org.eveproof.cli;

import picocli.CommandLine.Option;

/** What error correction discloses, and what may be wrong with a key. Use as a picocli mixin. */
final class SecrecyOptions {
  @Option(
      names = "--ec-efficiency",
      defaultValue = "1.16",
      paramLabel = "F",
      description =
          "What error correction discloses, over the least it must. Default: ${DEFAULT-VALUE}.")
  private double efficiency;

  @Option(
      names = "--eps-sec",
      defaultValue = "1e-10",
      paramLabel = "E",
      description = "Secrecy parameter, 1e-30 to 0.1. Default: ${DEFAULT-VALUE}.")
  private double secrecyEpsilon;

  @Option(
      names = "--eps-cor",
      defaultValue = "1e-15",
      paramLabel = "E",
      description =
          "Correctness parameter, 1e-30 to 0.1; the verification hash is as long as it demands."
              + " Default: ${DEFAULT-VALUE}.")
  private double correctnessEpsilon;

  /** Returns f, at least 1. */
  double efficiency() {
    FibreOptions.require("--ec-efficiency", efficiency, 1, 10);
    return efficiency;
  }

  /** Returns ε_sec. */
  double secrecyEpsilon() {
    FibreOptions.require("--eps-sec", secrecyEpsilon, 1e-30, 0.1);
    return secrecyEpsilon;
  }

  /** Returns ε_cor. */
  double correctnessEpsilon() {
    FibreOptions.require("--eps-cor", correctnessEpsilon, 1e-30, 0.1);
    return correctnessEpsilon;
  }
}
