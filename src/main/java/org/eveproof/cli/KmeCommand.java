package org.eveproof.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.eveproof.protocol.Party;
import org.eveproof.transport.TcpTransport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves keys to the SAEs of one site, by ETSI GS QKD 014. */
@Command(
    name = "kme",
    mixinStandardHelpOptions = true,
    description =
        "Serves the keys that a link grew to the secure application entities (SAEs) of one site, as"
            + " ETSI GS QKD 014 V1.1.1 has it: HTTPS with certificates on both sides. The SAE ID of"
            + " a client is the one common name (CN) in the subject of its certificate. The KME of"
            + " the other site is a process of its own; the two agree on each key before it is"
            + " given out, in messages authenticated with one-time keys of the same link.",
    footer = {
      "",
      "Both sites take the same --entitle if alice/ or bob/ says where the master is:",
      "  --entitle alice/sae-1=sae-2,sae-3 --entitle bob/sae-2=sae-1",
      "Try it without a link: eveproof kme demo",
      "The process runs until it gets SIGTERM or SIGINT; it finishes the requests under way."
    },
    subcommands = {KmeDemoCommand.class, KmeLoadCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "2:the call or a file is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed: no port, no disk",
      "130, 143:stopped by SIGINT or SIGTERM, in good order"
    })
public final class KmeCommand implements Callable<Integer> {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "State directory of the site, where the link leaves its keys (keys.db).")
  private @Nullable Path state;

  @Option(names = "--site", paramLabel = "SITE", description = "Whose site this is: alice or bob.")
  private @Nullable Party site;

  @Option(names = "--api", paramLabel = "HOST:PORT", description = "Where to serve the SAEs.")
  private @Nullable String api;

  @ArgGroup private Ends ends = new Ends();

  /** Which end of the connection between the two KMEs this is. */
  static final class Ends {
    @Option(
        names = "--peer-listen",
        paramLabel = "HOST:PORT",
        description = "Wait here for the KME of the other site.")
    private @Nullable String listen;

    @Option(
        names = "--peer-connect",
        paramLabel = "HOST:PORT",
        description = "Where the KME of the other site waits.")
    private @Nullable String connect;
  }

  @Option(
      names = "--entitle",
      paramLabel = "[SITE/]MASTER=SLAVE[,SLAVE...]",
      description =
          "SAEs that may share keys: the master is at SITE (alice or bob; left out: this one), its"
              + " slaves are at the other. Repeatable.")
  private List<String> entitlements = new ArrayList<>();

  @Option(
      names = "--kme-id",
      paramLabel = "ID",
      description = "How this KME is called. Default: kme-SITE.")
  private @Nullable String kme;

  @Option(
      names = "--peer-kme-id",
      paramLabel = "ID",
      description = "How the KME of the other site is called. Default: kme- and the other site.")
  private @Nullable String peerKme;

  @Option(
      names = "--patience",
      defaultValue = "5",
      paramLabel = "SECONDS",
      description =
          "How long a request waits for the other site before it gets 503. Default:"
              + " ${DEFAULT-VALUE}.")
  private int patience;

  @Mixin private KmeTls tls = new KmeTls();
  @Mixin private KmeLimits limits = new KmeLimits();
  @Mixin private KmeOutput output = new KmeOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (entitlements.isEmpty()) {
      RequiredOption.of("--entitle", null);
    }
    LinkOptions.require("--patience", patience, 1, 600);
    Party self = RequiredOption.of("--site", site);
    KmeSite.Plan plan =
        new KmeSite.Plan(
            RequiredOption.of("--state", state),
            self,
            kme == null ? "kme-" + self.specName() : kme,
            peerKme == null ? "kme-" + self.peer().specName() : peerKme,
            HostPort.parse("--api", RequiredOption.of("--api", api), 0),
            tls.read(),
            limits.rules(),
            KmeEntitlements.parse(self, entitlements),
            Duration.ofSeconds(patience));
    KmeSite running =
        KmeSite.start(
            plan,
            peer(),
            event -> output.event(command, self.specName(), event),
            served -> output.served(command, self.specName(), served));
    output.print(
        command, "serving", Map.of("site", self.specName(), "api", "https:/" + address(running)));
    untilStopped(
        () -> {
          running.close();
          output.print(command, "stopped", Map.of("served", running.served()));
        });
    return ExitCodes.HELD;
  }

  private static String address(KmeSite running) {
    String text = running.address().toString();
    return text.substring(text.indexOf('/'));
  }

  /** Waits until the process is told to stop; then closes, before it ends. */
  static void untilStopped(Runnable closing) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(closing, "eveproof-stop"));
    new CountDownLatch(1).await();
  }

  private TcpTransport peer() throws IOException {
    String listen = ends.listen;
    if (listen != null) {
      InetSocketAddress address = HostPort.parse("--peer-listen", listen, 0);
      return TcpTransport.listen(address, KmeSite.MAX_MESSAGE);
    }
    InetSocketAddress address =
        HostPort.parse(
            "--peer-connect",
            RequiredOption.of("--peer-listen or --peer-connect", ends.connect),
            1);
    return TcpTransport.connect(address, KmeSite.MAX_MESSAGE);
  }
}
