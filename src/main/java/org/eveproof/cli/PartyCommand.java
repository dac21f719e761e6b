package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.quantum.FibreEve;
import org.eveproof.session.Fingerprint;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.LinkParty;
import org.eveproof.session.LinkRunner;
import org.eveproof.session.LinkSettings;
import org.eveproof.session.RoundReport;
import org.eveproof.transport.Lanes;
import org.eveproof.transport.TcpTransport;
import org.eveproof.transport.Transport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one end of a link as a process of its own. */
abstract sealed class PartyCommand implements Callable<Integer> {
  private final Party self;

  @Mixin private LinkOptions link = new LinkOptions();
  @Mixin private AnchorOptions anchors = new AnchorOptions();
  @Mixin private CommonOptions options = new CommonOptions();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where the keys go, as round-1.key and so on (raw bytes, readable by their owner only);"
              + " made if need be. Keys are never overwritten.")
  private Path out = Path.of("");

  @Option(
      names = "--timeout",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "How long the peer may give no sign. Default: ${DEFAULT-VALUE}.")
  private int timeout;

  @Spec private CommandSpec command = CommandSpec.create();

  private final List<RoundReport> reports = new ArrayList<>();

  private PartyCommand(Party self) {
    this.self = self;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LinkSettings settings = link.settings(anchors.establishments());
    FibreEve eve = link.eve(self);
    LinkOptions.require("--timeout", timeout, 1, 86_400);
    refuseToOverwrite(settings.rounds());
    try (TrustAnchor anchor = anchors.anchor(self);
        LinkParty party = party(settings, anchor)) {
      Files.createDirectories(out);
      try (TcpTransport line = connection.line(settings)) {
        awaitPeer(line, "peer");
        Lanes lanes = new Lanes(line, 2, settings.maxFrameBytes());
        try (Transport fibre = connection.fibre(settings, lanes)) {
          if (fibre instanceof TcpTransport separate) {
            awaitPeer(separate, "simulated fibre");
          }
          return run(party, settings, lanes.lane(0), fibre, eve);
        }
      }
    }
  }

  private LinkParty party(LinkSettings settings, TrustAnchor anchor) {
    try {
      return new LinkParty(
          self,
          settings,
          anchor,
          anchors.self(self),
          anchors.peer(self),
          InstantSource.system(),
          LinkOptions.secrets(options.seed(), self));
    } catch (IllegalArgumentException contradiction) {
      throw new BadInput("--mac, --suite and --anchor: " + contradiction.getMessage());
    }
  }

  private int run(
      LinkParty party, LinkSettings settings, Transport channel, Transport fibre, FibreEve eve)
      throws InterruptedException {
    new LinkRunner(
            party,
            settings,
            channel,
            fibre,
            eve,
            LinkOptions.physics(options.seed()),
            Duration.ofSeconds(timeout),
            this::observe)
        .run();
    party.fingerprint().ifPresent(this::tell);
    if (party.isMisconfigured()) {
      throw new BadInput(party.failure().orElse("the peer is configured differently"));
    }
    return report(
        new LinkReport(
            self, settings, party.method(), options.seed(), List.copyOf(reports), party.failure()));
  }

  private int report(LinkReport report) {
    PrintWriter stdout = command.commandLine().getOut();
    stdout.println(options.json() ? report.json() : report.end());
    stdout.flush();
    return report.exitCode();
  }

  private void observe(LinkEffect effect) {
    if (effect instanceof LinkEffect.SessionBegins) {
      try {
        anchors.spend();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot note that the key is spent: " + e, e);
      }
    } else if (effect instanceof LinkEffect.Deliver deliver) {
      try (SecretBits key = deliver.key();
          SecretBits whole = key.slice(0, key.length() / Byte.SIZE * Byte.SIZE)) {
        byte[] bytes = whole.toBytes();
        try {
          SecretFile.write(keyFile(deliver.round()), bytes);
        } finally {
          Arrays.fill(bytes, (byte) 0);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("round " + (deliver.round() + 1) + ": " + e, e);
      }
    } else if (effect instanceof LinkEffect.RoundOver over) {
      reports.add(over.report());
      if (!options.json()) {
        PrintWriter stdout = command.commandLine().getOut();
        stdout.println(LinkReport.line(over.report()));
        stdout.flush();
      }
    }
  }

  private void awaitPeer(TcpTransport transport, String what)
      throws IOException, InterruptedException {
    if (!options.quiet() && !options.json()) {
      PrintWriter stderr = command.commandLine().getErr();
      stderr.println(
          "eveproof: simulated optics: whoever reads port "
              + transport.port()
              + " sees every pulse; use the keys for tests only");
      stderr.flush();
    }
    if (!transport.awaitConnected(Duration.ofSeconds(timeout))) {
      throw new IOException(
          "no connection with the "
              + what
              + " on port "
              + transport.port()
              + " within "
              + timeout
              + " s");
    }
  }

  /** Leaves the fingerprint beside the keys, and shows it. */
  private void tell(Fingerprint fingerprint) {
    try {
      SecretFile.write(
          out.resolve(FingerprintCommand.FILE),
          (fingerprint + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("fingerprint: " + e, e);
    }
    if (!options.json() && !options.quiet()) {
      PrintWriter stdout = command.commandLine().getOut();
      stdout.println(
          "fingerprint "
              + fingerprint
              + " (compare it with the other end's; see 'eveproof fingerprint')");
      stdout.flush();
    }
  }

  private void refuseToOverwrite(int rounds) {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new BadInput(out + " is not a directory; name another place with --out");
    }
    List<Path> files = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      files.add(keyFile(round));
    }
    files.add(out.resolve(FingerprintCommand.FILE));
    for (Path file : files) {
      if (Files.exists(file)) {
        throw new BadInput(file + " exists; move it away or name another place with --out");
      }
    }
  }

  private Path keyFile(int round) {
    return out.resolve("round-" + (round + 1) + ".key");
  }

  /** Alice's end. */
  @Command(
      name = "alice",
      mixinStandardHelpOptions = true,
      description =
          "Runs Alice's end of a link as a process of its own, with 'eveproof bob' at the other end"
              + " of a TCP connection. Both need the same --rounds, --pulses, --sample,"
              + " --error-limit, --eps-sec, --eps-cor, --refill, --reconcile and all that"
              + " describes light, fibre and detectors, and anchors, suites and tags"
              + " (--mac) that go together. Alice simulates the"
              + " light, the fibre, and Eve on it.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:every round made a key that both ends have",
        "1:a round was aborted, refused, or is in doubt, or the link ended early",
        "2:the call or its input is wrong; one line on stderr says what and how to mend it",
        "3:the environment failed: no connection, no disk"
      })
  public static final class Alice extends PartyCommand {
    /** Made by picocli. */
    public Alice() {
      super(Party.ALICE);
    }
  }

  /** Bob's end. */
  @Command(
      name = "bob",
      mixinStandardHelpOptions = true,
      description =
          "Runs Bob's end of a link as a process of its own, with 'eveproof alice' at the other end"
              + " of a TCP connection. Both need the same --rounds, --pulses, --sample,"
              + " --error-limit, --eps-sec, --eps-cor, --refill, --reconcile and all that"
              + " describes light, fibre and detectors, and anchors, suites and tags"
              + " (--mac) that go together. Bob simulates his"
              + " detectors.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:every round made a key that both ends have",
        "1:a round was aborted, refused, or is in doubt, or the link ended early",
        "2:the call or its input is wrong; one line on stderr says what and how to mend it",
        "3:the environment failed: no connection, no disk"
      })
  public static final class Bob extends PartyCommand {
    /** Made by picocli. */
    public Bob() {
      super(Party.BOB);
    }
  }
}
