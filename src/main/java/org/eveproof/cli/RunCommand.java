package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.eveproof.bootstrap.ProvisionedKey;
import org.eveproof.bootstrap.ProvisionedKey.Ends;
import org.eveproof.bootstrap.PskFile;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.LinkParty;
import org.eveproof.session.LinkSettings;
import org.eveproof.session.LinkSimulation;
import org.eveproof.session.RoundReport;
import org.eveproof.transport.Tap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a whole link in one process. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Runs both parties of a link in one process: mutual authentication from a pre-shared key,"
            + " rounds of BB84 over a simulated fibre, and the handover of a part of each key to"
            + " authentication. The keys are compared and thrown away.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every round made a key, the same at both ends",
      "1:a round was aborted, or the link ended early",
      "2:the call or its input is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
public final class RunCommand implements Callable<Integer> {
  @Mixin private LinkOptions link = new LinkOptions();
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--psk",
      paramLabel = "FILE",
      description = "Pre-shared key (see 'eveproof psk'). Default: one made for this run.")
  private @Nullable Path psk;

  @Spec private CommandSpec command = CommandSpec.create();

  private final Map<Integer, SecretBits> waiting = new HashMap<>();
  private final Map<Party, List<RoundReport>> reports = new EnumMap<>(Party.class);
  private boolean differ;

  @Override
  public Integer call() throws IOException {
    LinkSettings settings = link.settings();
    byte[] credential = credential();
    try (LinkParty alice = party(Party.ALICE, settings, credential);
        LinkParty bob = party(Party.BOB, settings, credential)) {
      new LinkSimulation(
              alice,
              bob,
              settings.optics(),
              Tap.NONE,
              link.eve(Party.ALICE),
              LinkOptions.physics(options.seed()),
              this::observe)
          .run();
      LinkReport report =
          new LinkReport(
              Party.BOB,
              settings,
              bob.method(),
              options.seed(),
              reports.getOrDefault(Party.BOB, List.of()),
              failure(alice, bob));
      PrintWriter out = command.commandLine().getOut();
      out.println(options.json() ? report.json() : report.end());
      out.flush();
      if (differ) {
        command.commandLine().getErr().println("eveproof: the parties hold different keys");
      }
      return differ ? ExitCodes.VIOLATED : report.exitCode();
    } finally {
      Arrays.fill(credential, (byte) 0);
      waiting.values().forEach(SecretBits::close);
    }
  }

  /** Returns what failed: of two failures, not that the other end is silent, which follows. */
  private static Optional<String> failure(LinkParty alice, LinkParty bob) {
    return Stream.of(alice.failure(), bob.failure())
        .flatMap(Optional::stream)
        .min(Comparator.comparing(LinkSimulation.SILENT::equals));
  }

  /** Returns the pre-shared key as its file has it, so that each party gets a copy of its own. */
  private byte[] credential() throws IOException {
    Path file = psk;
    try (ProvisionedKey key = file == null ? newKey() : LinkOptions.readKey(file)) {
      if (key.ends() != Ends.BOTH) {
        throw new BadInput(
            psk + " is for the end of " + key.ends().label() + " only; 'run' needs one for both");
      }
      return PskFile.encode(key);
    }
  }

  private ProvisionedKey newKey() {
    return new ProvisionedKey(
        LinkOptions.newKey(
            LinkOptions.secrets(options.seed(), Party.ALICE),
            LinkOptions.nameOf(Party.ALICE),
            LinkOptions.nameOf(Party.BOB),
            Instant.now(),
            1),
        Ends.BOTH,
        1);
  }

  private LinkParty party(Party self, LinkSettings settings, byte[] credential) {
    return LinkOptions.party(self, settings, LinkOptions.parse(credential).key(), options.seed());
  }

  private void observe(Party party, LinkEffect effect) {
    if (effect instanceof LinkEffect.Deliver deliver) {
      try (SecretBits key = deliver.key()) {
        SecretBits other = waiting.remove(deliver.round());
        if (other == null) {
          waiting.put(deliver.round(), key.slice(0, key.length()));
        } else {
          differ |= !other.sameAs(key);
          other.close();
        }
      }
    } else if (effect instanceof LinkEffect.RoundOver over) {
      reports.computeIfAbsent(party, p -> new ArrayList<>()).add(over.report());
      if (party == Party.BOB && !options.json()) {
        PrintWriter out = command.commandLine().getOut();
        out.println(LinkReport.line(over.report()));
        out.flush();
      }
    }
  }
}
