package org.eveproof.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes a pre-shared key. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description =
        "Makes a pre-shared key, in a file that only its owner can read. It serves one start of the"
            + " link: once its first session has begun, both ends refuse it, and all older ones.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the key is written",
      "2:the call is wrong, or the file exists; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class PskNewCommand implements Callable<Integer> {
  @Mixin private PskDraft draft = new PskDraft();

  @Override
  public Integer call() throws IOException {
    return draft.write();
  }
}
