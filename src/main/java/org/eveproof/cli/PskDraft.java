package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.ProvisionedKey;
import org.eveproof.bootstrap.ProvisionedKey.Ends;
import org.eveproof.bootstrap.PskFile;
import org.eveproof.protocol.Party;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A pre-shared key that is to be made. Use as a picocli mixin. */
final class PskDraft {
  // Not required by picocli, which would ask for it in 'psk show' too.
  @Option(names = "--out", paramLabel = "FILE", description = "Where it goes (required).")
  private @Nullable Path out;

  @Option(
      names = "--days",
      defaultValue = "30",
      paramLabel = "N",
      description = "How long it is valid from now on. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--generation",
      paramLabel = "N",
      description =
          "Number of the key among those of the two devices. Default: one more than the last that"
              + " FILE.spent notes, so 1 at first.")
  private @Nullable Integer generation;

  @Option(
      names = "--for",
      defaultValue = "both",
      paramLabel = "END",
      description =
          "Which end takes the file: ${COMPLETION-CANDIDATES}. An end refuses a file that is for the"
              + " other. Default: ${DEFAULT-VALUE}.")
  private Ends ends = Ends.BOTH;

  @Option(
      names = "--peer-out",
      paramLabel = "FILE",
      description = "With --for alice or bob: where the same key goes, for the other end.")
  private @Nullable Path peerOut;

  @Option(
      names = "--alice",
      defaultValue = "alice",
      paramLabel = "NAME",
      description = "Name of Alice's device. Default: ${DEFAULT-VALUE}.")
  private String alice = "";

  @Option(
      names = "--bob",
      defaultValue = "bob",
      paramLabel = "NAME",
      description = "Name of Bob's device. Default: ${DEFAULT-VALUE}.")
  private String bob = "";

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /**
   * Makes the key, writes it and says so.
   *
   * @return the exit code
   * @throws BadInput if an option is out of range or a file exists
   */
  int write() throws IOException {
    Path file = out;
    if (file == null) {
      throw new ParameterException(command.commandLine(), "Missing required option: '--out=FILE'");
    }
    LinkOptions.require("--days", days, 1, 3650);
    Path second = peerOut;
    if (second != null && ends == Ends.BOTH) {
      throw new BadInput("--peer-out needs --for alice or --for bob: which end takes which file?");
    }
    for (Path wanted : second == null ? new Path[] {file} : new Path[] {file, second}) {
      if (Files.exists(wanted)) {
        throw new BadInput(wanted + " exists; move it away or name another place");
      }
    }
    int number =
        generation == null ? new SpentPresharedKeys(file).lastGeneration() + 1 : generation;
    LinkOptions.require("--generation", number, 1, ProvisionedKey.LAST_GENERATION);
    try (PresharedKey key =
        LinkOptions.newKey(
            LinkOptions.secrets(options.seed(), Party.ALICE),
            named("--alice", alice),
            named("--bob", bob),
            Instant.now(),
            days)) {
      write(file, new ProvisionedKey(key, ends, number));
      if (second != null) {
        Ends other = ends == Ends.ALICE ? Ends.BOB : Ends.ALICE;
        write(second, new ProvisionedKey(key, other, number));
      }
      tell(key, number, second == null ? file.toString() : file + " and " + second);
    }
    return ExitCodes.HELD;
  }

  private DeviceName named(String option, String name) {
    if (!DeviceName.isName(name) || alice.equals(bob)) {
      throw new BadInput(
          option + "=" + name + ": two different names of 1 to 64 of a-z 0-9 - . are needed");
    }
    return new DeviceName(name);
  }

  private static void write(Path file, ProvisionedKey key) throws IOException {
    byte[] encoded = PskFile.encode(key);
    try {
      SecretFile.write(file, encoded);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private void tell(PresharedKey key, int number, String where) {
    PrintWriter stdout = command.commandLine().getOut();
    String id = key.credential().id().hex();
    if (options.json()) {
      stdout.println(
          String.format(
              "{\"id\": \"%s\", \"bits\": %s, \"generation\": %s, \"end\": \"%s\"}",
              id, PresharedKey.LEAST_BITS, number, ends.label()));
    } else if (!options.quiet()) {
      stdout.println(
          String.format(
              "key %s, generation %s, valid until %s, written to %s",
              id, number, key.credential().validTo(), where));
    }
    stdout.flush();
  }
}
