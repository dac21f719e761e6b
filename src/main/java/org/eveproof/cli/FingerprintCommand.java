package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eveproof.session.Fingerprint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the fingerprint of a link, or compares it with what the other operator reads. */
@Command(
    name = "fingerprint",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the fingerprint of a link, to be compared with the other end's over a channel that Eve"
          + " does not control: by telephone, say. It tells whether somebody stood in the middle"
          + " of the bootstrap or of any round: who was there at the beginning stays there, and"
          + " nothing else shows it.",
      "If the two differ, throw away every key of the link and begin anew with new credentials."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown, or the same",
      "1:they differ: somebody was in the middle",
      "2:the call or its input is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
public final class FingerprintCommand implements Callable<Integer> {
  /** Name of the file that 'alice' and 'bob' leave beside their keys. */
  static final String FILE = "fingerprint";

  private static final int MAX_BYTES = 256;

  @Parameters(
      paramLabel = "DIR",
      description = "Where 'eveproof alice' or 'eveproof bob' put its keys (--out).")
  private Path directory = Path.of("");

  @Option(
      names = "--compare",
      paramLabel = "DIGITS",
      description = "What the other operator reads; blanks and capitals do not matter.")
  private @Nullable String theirs;

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Fingerprint ours = read(directory.resolve(FILE));
    PrintWriter out = command.commandLine().getOut();
    String given = theirs;
    if (given == null) {
      out.println(options.json() ? "{\"fingerprint\": \"" + ours.hex() + "\"}" : ours.toString());
      out.flush();
      return ExitCodes.HELD;
    }
    boolean same =
        Fingerprint.parse(given)
            .orElseThrow(
                () ->
                    new BadInput(
                        "--compare takes the "
                            + 2 * Fingerprint.BYTES
                            + " hexadecimal digits that the other end shows"))
            .equals(ours);
    if (options.json()) {
      out.println("{\"fingerprint\": \"" + ours.hex() + "\", \"same\": " + same + "}");
    } else {
      out.println(
          same
              ? "the same: nobody was between the two ends"
              : "DIFFERENT: somebody stood in the middle; throw away all keys of this link");
    }
    out.flush();
    return same ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private static Fingerprint read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadInput(
          file + " is not there: the link has made no key yet, or the directory is another one");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new BadInput(file + " is no fingerprint: it is too long");
    }
    return Fingerprint.parse(Files.readString(file, StandardCharsets.ISO_8859_1))
        .orElseThrow(() -> new BadInput(file + " is no fingerprint"));
  }
}
