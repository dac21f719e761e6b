package org.eveproof.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.handover.Ledger;
import org.eveproof.protocol.Party;
import org.eveproof.quantum.FibreEve;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.LinkRunner;
import org.eveproof.session.LinkSettings;
import org.eveproof.session.StandingLink;
import org.eveproof.session.StandingLink.Introduction;
import org.eveproof.transport.Lanes;
import org.eveproof.transport.TcpTransport;
import org.eveproof.transport.Transport;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one end of a link that outlives its processes. */
@Command(
    name = "link",
    mixinStandardHelpOptions = true,
    description =
        "Runs one end of a link for good: bootstraps once, then makes round after round, each of"
            + " which renews the one-time keys and hands a key to the site. All that must not be"
            + " lost is in --state: stop or kill either end at any moment and start it again with"
            + " the same call. Both ends need the same --rounds, --pulses, --sample, --error-limit,"
            + " --eps-sec, --eps-cor, --refill, --reconcile and --mac, and all that describes"
            + " light, fibre and detectors. 'eveproof ledger' shows what the ledger"
            + " holds and did; 'eveproof kme' delivers the keys.",
    defaultValueProvider = LinkCommand.Standing.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:--rounds was reached",
      "1:the link stopped: out of step with the other end, or its keys are exhausted",
      "2:the call or its input is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed: no disk, the ledger is in use"
    })
public final class LinkCommand implements Callable<Integer> {
  /** How long the other end may give no sign before the conversation begins anew. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Mixin private LinkOptions link = new LinkOptions();
  @Mixin private AnchorOptions anchors = new AnchorOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--site",
      required = true,
      paramLabel = "SITE",
      description = "Which end this is: alice (sends the light) or bob (measures it).")
  private Party site = Party.ALICE;

  @Option(
      names = "--state",
      required = true,
      paramLabel = "DIR",
      description =
          "Directory of this end's ledger and keys, made if need be, readable by its owner only."
              + " Never restore it from a backup: the other end would find out and refuse.")
  private Path state = Path.of("");

  @Option(
      names = "--pool",
      defaultValue = "67108864",
      paramLabel = "BYTES",
      description =
          "How many bytes may wait in --state for the consumers of each site; what comes beyond is"
              + " dropped, with an alarm. Default: ${DEFAULT-VALUE}.")
  private long pool;

  @Option(
      names = "--new-epoch",
      description =
          "Bootstrap anew although the ledger holds keys: for both ends, after one of them has lost"
              + " its store or is out of keys. Needs a fresh credential.")
  private boolean newEpoch;

  @Spec private CommandSpec command = CommandSpec.create();

  /**
   * A link goes on until it is stopped, unless the call says otherwise; and its rounds are long
   * enough to pay for several that are cut off.
   */
  static final class Standing implements IDefaultValueProvider {
    private static final Map<String, String> DEFAULTS =
        Map.of(
            "--rounds",
            Integer.toString(LinkOptions.MAX_ROUNDS),
            "--pulses",
            "4000000",
            "--refill",
            "1024");

    @Override
    public String defaultValue(ArgSpec argument) throws Exception {
      return argument instanceof OptionSpec option && DEFAULTS.containsKey(option.longestName())
          ? DEFAULTS.get(option.longestName())
          : argument.defaultValue();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LinkSettings settings = link.settings(anchors.establishments());
    FibreEve eve = link.eve(site);
    MessageAuthenticator authenticator = link.standingSuite().authenticator();
    LinkOptions.require("--pool", (double) pool, 1, 1L << 40);
    LinkView view = LinkView.of(site, settings, options, command.commandLine().getOut());
    try (SiteState files = SiteState.open(state, site);
        Ledger ledger = files.ledger(settings.ledger(authenticator), pool, view::show);
        StandingLink end =
            new StandingLink(
                site,
                settings,
                ledger,
                authenticator,
                introduction(ledger),
                newEpoch,
                LinkOptions.secrets(options.seed(), site));
        TcpTransport line = connection.line(settings)) {
      view.begins(ledger, line.port());
      Lanes lanes = new Lanes(line, 2, settings.maxFrameBytes());
      try (Transport fibre = connection.fibre(settings, lanes)) {
        new LinkRunner(
                end,
                settings,
                lanes.lane(0),
                fibre,
                eve,
                LinkOptions.physics(options.seed()),
                PATIENCE,
                effect -> observe(effect, view))
            .run();
      }
      view.ends(end.failure());
      if (end.isMisconfigured()) {
        throw new BadInput(end.failure().orElse("the other end is configured differently"));
      }
      return end.failure().isPresent() ? ExitCodes.VIOLATED : ExitCodes.HELD;
    }
  }

  /** Returns what this end trusts, unless its ledger rests on keys that the link has made. */
  private Optional<Introduction> introduction(Ledger ledger) throws IOException {
    if (ledger.current() > 0 && !newEpoch) {
      anchors.spendUnlessNoted(site);
      return Optional.empty();
    }
    return Optional.of(
        new Introduction(
            anchor(ledger), anchors.self(site), anchors.peer(site), InstantSource.system()));
  }

  private TrustAnchor anchor(Ledger ledger) throws IOException {
    try {
      return anchors.anchor(site);
    } catch (BadInput refused) {
      boolean keysGivenUp = ledger.current() < 0 && ledger.position().epoch() > 0;
      throw keysGivenUp && !newEpoch
          ? new BadInput(
              "the ledger in "
                  + state
                  + " was an old copy or could not be trusted, so its keys were given up: bring"
                  + " both ends a new credential and start both with --new-epoch; the present"
                  + " one will not do: "
                  + refused.getMessage())
          : refused;
    }
  }

  private void observe(LinkEffect effect, LinkView view) {
    if (effect instanceof LinkEffect.CredentialSpent) {
      try {
        anchors.spend();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot note that the key is spent: " + e, e);
      }
    }
    view.show(effect);
  }
}
