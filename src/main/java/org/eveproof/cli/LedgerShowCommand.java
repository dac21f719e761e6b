package org.eveproof.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eveproof.handover.BlockState;
import org.eveproof.handover.KeyBalance;
import org.eveproof.handover.LedgerImage;
import org.eveproof.handover.LedgerSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows where a ledger stands. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows where a ledger stands: epoch, blocks, keys left, how far they reach, and what became"
          + " of all secret bits. A link may be using it meanwhile.",
      "Reserve: plenty; low (below the link's low-water mark); reserve-only (only a refill may go"
          + " on); exhausted (bring new credentials to both ends)."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown",
      "2:the call is wrong, or there is no ledger, or it is damaged; one line on stderr says why",
      "3:the environment failed"
    })
final class LedgerShowCommand implements Callable<Integer> {
  @Mixin private LedgerOptions ledger = new LedgerOptions();
  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    try (LedgerSnapshot seen = ledger.look()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("enrolled", seen.image().filter(image -> image.current() >= 0).isPresent());
      seen.image().ifPresent(image -> describe(seen, image, shown));
      shown.put("reserve", seen.level().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      shown.put("oldCopy", seen.isOld());
      shown.put("balance", balance(seen.balance()));
      shown.put(
          "growth", Map.of("round", seen.keyGrowing().round(), "total", seen.keyGrowing().total()));
      output.print(command, text(shown), shown);
      return ExitCodes.HELD;
    }
  }

  private static void describe(LedgerSnapshot seen, LedgerImage image, Map<String, Object> shown) {
    shown.put("party", image.owner().specName());
    shown.put("epoch", image.epoch());
    shown.put("block", image.current());
    int newest = image.blocks() - 1;
    shown.put("newest", newest);
    shown.put(
        "newestState", newest < 0 ? BlockState.DEAD.specName() : image.state(newest).specName());
    shown.put("keysLeftToSend", seen.keysLeft(image.owner()));
    shown.put("keysLeftToHear", seen.keysLeft(image.owner().peer()));
    shown.put("version", image.version());
  }

  private static Map<String, Object> balance(KeyBalance balance) {
    Map<String, Object> bits = new LinkedHashMap<>();
    bits.put("made", balance.made());
    bits.put("consumed", balance.consumed());
    bits.put("burnt", balance.burnt());
    bits.put("superseded", balance.superseded());
    bits.put("given", balance.given());
    bits.put("left", balance.left());
    return bits;
  }

  private static String text(Map<String, Object> shown) {
    return shown.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining("\n"));
  }
}
