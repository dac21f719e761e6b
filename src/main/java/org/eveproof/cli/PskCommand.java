package org.eveproof.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes and shows pre-shared keys; without a word more it makes one. */
@Command(
    name = "psk",
    mixinStandardHelpOptions = true,
    description =
        "Makes a pre-shared key for two devices ('psk new', or just 'psk'), or shows one ('psk"
            + " show'), but never the secret. Whoever else gets the file before the first round is"
            + " over can stand in the middle.",
    subcommands = {PskNewCommand.class, PskShowCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:the call or a file is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
public final class PskCommand implements Callable<Integer> {
  @Mixin private PskDraft draft = new PskDraft();

  @Override
  public Integer call() throws IOException {
    return draft.write();
  }
}
