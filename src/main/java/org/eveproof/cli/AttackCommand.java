package org.eveproof.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eveproof attack}: what Eve can do. */
@Command(
    name = "attack",
    mixinStandardHelpOptions = true,
    description = "Attacks the real parties, with what Eve may have, and says what came of it.",
    subcommands = {
      AttackFramesCommand.class,
      AttackRndlCommand.class,
      AttackCrashCommand.class,
      AttackInterceptCommand.class,
      AttackPnsCommand.class,
      AttackBeamSplitCommand.class,
      AttackTimeShiftCommand.class
    })
final class AttackCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no attack given");
  }
}
