package org.eveproof.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Which options a call names, so that none that has no effect there passes unnoticed. */
final class GivenOptions {
  private final Optional<ParseResult> call;

  private GivenOptions(Optional<ParseResult> call) {
    this.call = call;
  }

  /** Returns those of the call of a command. */
  static GivenOptions of(CommandSpec command) {
    return new GivenOptions(
        Optional.ofNullable(command.commandLine()).map(CommandLine::getParseResult));
  }

  /** Whether the call names the option; a default is no naming. */
  boolean has(String option) {
    return call.filter(given -> given.hasMatchedOption(option)).isPresent();
  }

  /**
   * Refuses the call if it names the option.
   *
   * @param why what is wrong with it there, and how to mend it
   * @throws BadInput if it does
   */
  void refuse(String option, String why) {
    if (has(option)) {
      throw new BadInput(option + " " + why);
    }
  }
}
