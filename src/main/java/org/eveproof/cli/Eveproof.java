package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.eveproof.handover.LedgerUnusable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line's entry point: parses, runs one command, and turns its fate into an exit code.
 */
@Command(
    name = "eveproof",
    mixinStandardHelpOptions = true,
    versionProvider = Eveproof.Version.class,
    description =
        "Proves, tests and shows that quantum key distribution with its authentication does what it"
            + " claims.",
    subcommands = {
      VerifyCommand.class,
      CheckCommand.class,
      ConformCommand.class,
      AttackCommand.class,
      DistillCommand.class,
      ReconcileCommand.class,
      KeyrateCommand.class,
      SimulateCommand.class,
      RunCommand.class,
      PartyCommand.Alice.class,
      PartyCommand.Bob.class,
      LinkCommand.class,
      KmeCommand.class,
      LedgerCommand.class,
      HealthCommand.class,
      FingerprintCommand.class,
      PskCommand.class,
      PkiCommand.class,
      PgpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything held",
      "1:something was violated, rejected, aborted, or detected that should not be",
      "2:the call or its input is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
public final class Eveproof implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /**
   * Runs one command and leaves with its exit code.
   *
   * @param arguments as typed after {@code eveproof}
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** Returns the whole command tree, ready to execute and to describe itself. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Eveproof());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(
        (problem, arguments) ->
            refuse(
                problem.getCommandLine(),
                problem.getMessage()
                    + " (see '"
                    + problem.getCommandLine().getCommandSpec().qualifiedName()
                    + " --help')"));
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> {
          if (problem instanceof BadInput || problem instanceof LedgerUnusable) {
            return refuse(command, String.valueOf(problem.getMessage()));
          }
          if (problem instanceof IOException || problem instanceof UncheckedIOException) {
            command.getErr().println("eveproof: the environment failed: " + problem.getMessage());
            return ExitCodes.ENVIRONMENT;
          }
          throw problem;
        });
    return line;
  }

  private static int refuse(CommandLine command, String message) {
    PrintWriter err = command.getErr();
    err.println("eveproof: " + message.replace('\n', ' '));
    err.flush();
    return ExitCodes.BAD_INPUT;
  }

  /** Reads the version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Eveproof.class.getPackage().getImplementationVersion();
      return new String[] {"eveproof " + (version == null ? "(not packaged)" : version)};
    }
  }
}
