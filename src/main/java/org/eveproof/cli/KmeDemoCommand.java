package org.eveproof.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.eveproof.delivery.BlockId;
import org.eveproof.delivery.DeliveryRules;
import org.eveproof.delivery.DeliveryStore;
import org.eveproof.delivery.Entitlements;
import org.eveproof.delivery.KeyPool;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.transport.TcpTransport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs both KMEs in one process without a link, for whoever tests a client. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Runs the KMEs of both sites in one process, with certificates made for it, and prints curl"
            + " commands to try them with. THERE IS NO QKD BEHIND IT: the keys come from this"
            + " machine's random generator, and both sites get them from the same process.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "2:the call is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed: no port, no disk",
      "130, 143:stopped by SIGINT or SIGTERM, in good order"
    })
final class KmeDemoCommand implements Callable<Integer> {
  private static final List<String> SAES = List.of("sae-1", "sae-2", "sae-3");
  private static final int BLOCK_BYTES = 1 << 20;
  private static final long REFILL_MILLIS = 200;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where to put certificates and state; must not exist. Default: a new temporary directory.")
  private @Nullable Path directory;

  @Option(
      names = "--alice",
      defaultValue = "127.0.0.1:0",
      paramLabel = "HOST:PORT",
      description = "Where Alice's KME serves; port 0 for any. Default: ${DEFAULT-VALUE}.")
  private String alice = "";

  @Option(
      names = "--bob",
      defaultValue = "127.0.0.1:0",
      paramLabel = "HOST:PORT",
      description = "Where Bob's KME serves; port 0 for any. Default: ${DEFAULT-VALUE}.")
  private String bob = "";

  @Option(
      names = "--stock",
      defaultValue = "4",
      paramLabel = "MIB",
      description =
          "How much of each site's share the pool is filled with; it is filled again when a quarter"
              + " is left. Default: ${DEFAULT-VALUE}.")
  private int stockMib;

  @Option(
      names = "--tls12",
      description = "Allow TLS 1.2 too, with ECDHE and AEAD suites. Default: TLS 1.3 alone.")
  private boolean tls12;

  @Mixin private KmeLimits limits = new KmeLimits();
  @Mixin private KmeOutput output = new KmeOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    LinkOptions.require("--stock", stockMib, 1, 1 << 10);
    Path base = directory == null ? Files.createTempDirectory("eveproof-kme-") : directory;
    if (directory != null && Files.exists(base)) {
      throw new BadInput(base + " exists; name another place with --dir");
    }
    KmeDemoFiles files = new KmeDemoFiles(Files.createDirectories(base));
    files.write(SAES);
    TcpTransport listening =
        TcpTransport.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), KmeSite.MAX_MESSAGE);
    InetSocketAddress meeting =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.port());
    KmeSite first = start(files, Party.ALICE, alice, listening);
    KmeSite second =
        start(files, Party.BOB, bob, TcpTransport.connect(meeting, KmeSite.MAX_MESSAGE));
    Stock stock = new Stock(first.store(), second.store(), limits.rules(), (long) stockMib << 20);
    stock.fill();
    Thread refill = new Thread(stock::keepFilled, "eveproof-demo-refill");
    refill.setDaemon(true);
    refill.start();
    explain(files, first, second);
    KmeCommand.untilStopped(
        () -> {
          refill.interrupt();
          first.close();
          second.close();
          output.print(command, "stopped", Map.of("served", first.served() + second.served()));
        });
    return ExitCodes.HELD;
  }

  private KmeSite start(KmeDemoFiles files, Party site, String address, TcpTransport peer)
      throws IOException {
    Entitlements entitlements =
        KmeEntitlements.parse(site, List.of("alice/sae-1=sae-2,sae-3", "bob/sae-2=sae-1"));
    KmeSite.Plan plan =
        new KmeSite.Plan(
            files.state(site.specName()),
            site,
            "kme-" + site.specName(),
            "kme-" + site.peer().specName(),
            HostPort.parse("--" + site.specName(), address, 0),
            files.tls(KmeDemoFiles.SERVER, tls12),
            limits.rules(),
            entitlements,
            Duration.ofSeconds(5));
    return KmeSite.start(
        plan,
        peer,
        event -> output.event(command, site.specName(), event),
        served -> output.served(command, site.specName(), served));
  }

  private void explain(KmeDemoFiles files, KmeSite first, KmeSite second) {
    String at1 = "https://" + KmeDemoFiles.SERVER + ":" + first.address().getPort();
    String at2 = "https://" + KmeDemoFiles.SERVER + ":" + second.address().getPort();
    Map<String, Object> where = new LinkedHashMap<>();
    where.put("warning", "no QKD behind it: keys from this machine's random generator");
    where.put("alice", at1);
    where.put("bob", at2);
    where.put("directory", files.directory().toString());
    output.print(command, "demo serving", where);
    output.text(
        command,
        String.join(
            "\n",
            "sae-1 is at Alice's KME, sae-2 and sae-3 at Bob's. To paste:",
            "  cd " + files.directory(),
            "  curl --cacert ca.pem --cert sae-1.pem --key sae-1.key "
                + at1
                + "/api/v1/keys/sae-2/status",
            "  curl --cacert ca.pem --cert sae-1.pem --key sae-1.key "
                + at1
                + "/api/v1/keys/sae-2/enc_keys",
            "  curl --cacert ca.pem --cert sae-2.pem --key sae-2.key '"
                + at2
                + "/api/v1/keys/sae-1/dec_keys?key_ID=KEY_ID'",
            "  curl --cacert ca.pem --cert sae-1.pem --key sae-1.key -d"
                + " '{\"number\":2,\"size\":128,\"additional_slave_SAE_IDs\":[\"sae-3\"]}' "
                + at1
                + "/api/v1/keys/sae-2/enc_keys",
            "  eveproof kme load --api "
                + at1
                + " --cert sae-1.pem --key sae-1.key --ca ca.pem --slave sae-2 --fetch-api "
                + at2
                + " --fetch-cert sae-2.pem --fetch-key sae-2.key"));
  }

  /** Fills both pools with the same random blocks. */
  private static final class Stock {
    private final DeliveryStore alice;
    private final List<KeyPool> pools;
    private final long halfBytes;
    private final SecretRandom random = SecretRandom.secure();
    private int block;

    Stock(DeliveryStore alice, DeliveryStore bob, DeliveryRules rules, long halfBytes) {
      this.alice = alice;
      this.pools =
          List.of(
              new KeyPool(alice, rules.maxHalfBytes(), event -> {}),
              new KeyPool(bob, rules.maxHalfBytes(), event -> {}));
      this.halfBytes = Math.min(halfBytes, rules.maxHalfBytes());
      this.block = alice.lastTakenIn().map(BlockId::block).orElse(-1) + 1;
    }

    void keepFilled() {
      try {
        while (true) {
          TimeUnit.MILLISECONDS.sleep(REFILL_MILLIS);
          if (least() < halfBytes / 4) {
            fill();
          }
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }

    void fill() {
      while (least() + BLOCK_BYTES / 2 <= halfBytes) {
        try (SecretBits fresh = random.secretBits(Byte.SIZE * BLOCK_BYTES)) {
          for (KeyPool pool : pools) {
            pool.give(0, block, fresh.slice(0, fresh.length()));
          }
          block++;
        }
      }
    }

    private long least() {
      return Math.min(held(Party.ALICE), held(Party.BOB));
    }

    private long held(Party owner) {
      return alice.rest(owner);
    }
  }
}
