package org.eveproof.adversary.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.eveproof.adversary.crash.SiteReport.Word;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.delivery.KeyPool;
import org.eveproof.delivery.SqliteDeliveryStore;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.LedgerDirectory;
import org.eveproof.handover.LedgerPosition;
import org.eveproof.handover.LedgerUnusable;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.LinkRunner;
import org.eveproof.session.LinkSettings;
import org.eveproof.session.StandingLink;
import org.eveproof.session.StandingLink.Introduction;
import org.eveproof.transport.Lanes;
import org.eveproof.transport.TcpTransport;

/**
 * One site in a process of its own: a standing link on a state directory, as {@code eveproof link}
 * runs it, which can be stopped at an exact place. It reports on its standard output, takes the
 * next place to stop at from its standard input, and ends when that is closed.
 *
 * <p>Exit codes are those of the command line: 1 if the link stopped for good, 2 if the state
 * directory was refused, 3 if it could not be read or written; with one line on the standard error.
 */
public final class SiteProcess {
  private static final int STOPPED = 1;
  private static final int REFUSED = 2;
  private static final int ENVIRONMENT = 3;
  private static final int PULSES = 100_000;

  private static final long POOL_BYTES = 1L << 26;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Duration VALIDITY = Duration.ofDays(30);

  private final SiteOrders orders;
  private final PrintStream out;
  private final SiteLog log;
  private final Stops stops;
  private int timesApart;

  private SiteProcess(SiteOrders orders, PrintStream out) throws IOException {
    this.orders = orders;
    this.out = out;
    this.log = new SiteLog(orders.log());
    this.stops = new Stops(out, log);
    stops.arm(orders.stop());
  }

  /**
   * Runs a site.
   *
   * @param arguments made by the campaign
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SiteProcess site = new SiteProcess(SiteOrders.of(arguments), System.out);
    Thread obey = new Thread(site::obey, "orders");
    obey.setDaemon(true);
    obey.start();
    int code;
    try {
      code = site.run();
    } catch (LedgerUnusable refused) {
      System.err.println(refused.getMessage());
      code = REFUSED;
    } catch (IOException failed) {
      System.err.println(failed.getMessage());
      code = ENVIRONMENT;
    } catch (UncheckedIOException failed) {
      System.err.println(Objects.requireNonNull(failed.getCause()).getMessage());
      code = ENVIRONMENT;
    }
    System.exit(code);
  }

  private void obey() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        stops.arm(Stop.parse(line));
      }
    } catch (IOException e) {
      // As good as its end: nobody is there any more.
    }
    Runtime.getRuntime().halt(ENVIRONMENT);
  }

  private int run() throws IOException, InterruptedException {
    LinkSettings settings =
        LinkSettings.standard(
            Methods.preshared(Set.of(Suite.WEGMAN_CARTER)),
            orders.rounds(),
            new LinkParameters(PULSES, 1, 1, 0, 0));
    MessageAuthenticator authenticator = Suite.WEGMAN_CARTER.authenticator();
    RandomGenerator random = generator(orders.seed());
    SecretRandom secrets = SecretRandom.simulated(generator(random.nextLong()));
    try (LedgerDirectory directory = LedgerDirectory.open(orders.state(), orders.self());
        SqliteDeliveryStore keys = SqliteDeliveryStore.open(orders.state(), orders.self());
        Ledger ledger =
            Ledger.open(
                orders.self(),
                settings.ledger(authenticator),
                new StoppableLedger.Store(directory.store(), stops),
                new StoppableLedger.Guard(directory.guard(), stops),
                new StoppableLedger.Keys(new KeyPool(keys, POOL_BYTES, event -> {}), log, stops));
        StandingLink end =
            new StandingLink(
                orders.self(),
                settings,
                ledger,
                authenticator,
                introduction(ledger),
                orders.newEpoch(),
                secrets);
        TcpTransport line = line(settings)) {
      tellOpened(ledger.position(), line.port());
      stops.at(Place.STARTED);
      Lanes lanes = new Lanes(line, 2, settings.maxFrameBytes());
      TroubledTransport channel =
          new TroubledTransport(lanes.lane(0), orders.trouble(), generator(random.nextLong()));
      new LinkRunner(
              end,
              settings,
              new StoppableTransport(channel, MessageName::of, log::sends, stops),
              new StoppableTransport(lanes.lane(1), light -> MessageName.LIGHT, light -> {}, stops),
              new FibreEve.Nothing(),
              Chance.drivenBy(generator(random.nextLong())),
              PATIENCE,
              this::tell)
          .run();
      tell(Word.OVER, ending(end) + " " + end.failure().orElse(""));
      return end.failure().isPresent() ? STOPPED : 0;
    }
  }

  private SiteReport.Ending ending(StandingLink end) {
    if (end.failure().isEmpty()) {
      return SiteReport.Ending.DONE;
    }
    if (end.isExhausted()) {
      return SiteReport.Ending.EXHAUSTED;
    }
    return timesApart > 0 && !end.isOpen() ? SiteReport.Ending.APART : SiteReport.Ending.FAILED;
  }

  private TcpTransport line(LinkSettings settings) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), orders.port());
    int maxFrame = settings.maxFrameBytes() + 1;
    return orders.self() == Party.ALICE
        ? TcpTransport.listen(address, maxFrame)
        : TcpTransport.connect(address, maxFrame);
  }

  private static RandomGenerator generator(long seed) {
    return new SplittableRandom(seed);
  }

  private Optional<Introduction> introduction(Ledger ledger) {
    if (ledger.current() > 0 && !orders.newEpoch()) {
      return Optional.empty();
    }
    DeviceName self = new DeviceName(orders.self().specName());
    DeviceName peer = new DeviceName(orders.self().peer().specName());
    PresharedKeys keys = new PresharedKeys(self);
    keys.enrol(credential(self, peer));
    Instant now = NOW.minus(orders.clockBack());
    return Optional.of(new Introduction(keys, self, peer, () -> now));
  }

  /** Makes the credential of a generation, which a courier would bring to both ends. */
  private PresharedKey credential(DeviceName self, DeviceName peer) {
    byte[] secret = HexFormat.of().parseHex(SiteLog.digest(new byte[orders.generation()]));
    try (SecretBits bits = SecretBits.copyOf(Bits.fromBytes(secret, Byte.SIZE * secret.length))) {
      return new PresharedKey(
          new Credential(
              CredentialId.of(Arrays.copyOf(secret, CredentialId.BYTES)),
              self,
              peer,
              Credential.Purpose.AUTHENTICATION,
              Credential.Origin.COURIER,
              NOW.minus(VALIDITY),
              NOW.plus(VALIDITY)),
          bits);
    }
  }

  private void tellOpened(LedgerPosition position, int port) {
    tell(
        Word.OPENED,
        port
            + " "
            + position.epoch()
            + " "
            + position.current()
            + " "
            + position.newest()
            + " "
            + position.next().block()
            + " "
            + position.next().index());
  }

  private void tell(LinkEffect effect) {
    if (effect instanceof LinkEffect.Reunited met) {
      LedgerPosition position = met.position();
      timesApart = 0;
      tell(Word.MET, position.epoch() + " " + position.current() + " " + position.newest());
    } else if (effect instanceof LinkEffect.RoundOver over) {
      tell(Word.ROUND, over.report().outcome().name());
    } else if (effect instanceof LinkEffect.OutOfStep apart) {
      timesApart++;
      tell(Word.APART, apart.why());
    }
  }

  private void tell(Word word, String text) {
    out.println(word + " " + text);
  }
}
