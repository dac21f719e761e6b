package org.eveproof.cli;

import org.jspecify.annotations.Nullable;

/**
 * Options that a command needs and its subcommands do not: picocli would ask for them in both
 * cases.
 */
final class RequiredOption {
  private RequiredOption() {}

  /**
   * Returns the value of an option.
   *
   * @throws BadInput if it was not given
   */
  static <T> T of(String option, @Nullable T value) {
    if (value == null) {
      throw new BadInput("missing option " + option + " (see 'eveproof kme --help')");
    }
    return value;
  }
}
