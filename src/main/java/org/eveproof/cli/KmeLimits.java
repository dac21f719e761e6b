package org.eveproof.cli;

import org.eveproof.delivery.DeliveryRules;
import picocli.CommandLine.Option;

/** The limits of a KME. Use as a picocli mixin. */
final class KmeLimits {
  @Option(
      names = "--key-size",
      defaultValue = "256",
      paramLabel = "BITS",
      description = "Size of a key whose master asks for no other. Default: ${DEFAULT-VALUE}.")
  private int keySize;

  @Option(
      names = "--min-key-size",
      defaultValue = "64",
      paramLabel = "BITS",
      description = "Smallest size, a multiple of 8. Default: ${DEFAULT-VALUE}.")
  private int minKeySize;

  @Option(
      names = "--max-key-size",
      defaultValue = "4096",
      paramLabel = "BITS",
      description = "Greatest size, a multiple of 8. Default: ${DEFAULT-VALUE}.")
  private int maxKeySize;

  @Option(
      names = "--max-keys",
      defaultValue = "128",
      paramLabel = "N",
      description = "Greatest number of keys in one request. Default: ${DEFAULT-VALUE}.")
  private int maxKeys;

  @Option(
      names = "--max-slaves",
      defaultValue = "8",
      paramLabel = "N",
      description = "How many additional slave SAEs may share a key. Default: ${DEFAULT-VALUE}.")
  private int maxSlaves;

  @Option(
      names = "--pair-backlog",
      defaultValue = "50000",
      paramLabel = "N",
      description =
          "How many keys may wait for one slave of one master at the other site. Default:"
              + " ${DEFAULT-VALUE}.")
  private int pairBacklog;

  @Option(
      names = "--backlog",
      defaultValue = "200000",
      paramLabel = "N",
      description = "How many keys may wait for slaves in all. Default: ${DEFAULT-VALUE}.")
  private int backlog;

  @Option(
      names = "--pool",
      defaultValue = "64",
      paramLabel = "MIB",
      description =
          "How much of each site's share the pool holds; what the link grows beyond is dropped."
              + " Default: ${DEFAULT-VALUE}.")
  private int poolMib;

  /**
   * Returns the limits.
   *
   * @throws BadInput if one is out of range, or they contradict each other
   */
  DeliveryRules rules() {
    LinkOptions.require("--pool", poolMib, 1, 1 << 14);
    LinkOptions.require("--max-keys", maxKeys, 1, 1024);
    LinkOptions.require("--max-slaves", maxSlaves, 0, 15);
    LinkOptions.require("--pair-backlog", pairBacklog, 1, 10_000_000);
    LinkOptions.require("--backlog", backlog, 1, 10_000_000);
    try {
      return new DeliveryRules(
          keySize,
          minKeySize,
          maxKeySize,
          maxKeys,
          maxSlaves,
          pairBacklog,
          backlog,
          (long) poolMib << 20,
          DeliveryRules.STANDARD.maxFailures());
    } catch (IllegalArgumentException contradiction) {
      throw new BadInput(
          "--min-key-size, --key-size and --max-key-size must be multiples of 8, in this order,"
              + " from 8 to 65536");
    }
  }
}
