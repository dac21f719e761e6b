package org.eveproof.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eveproof.delivery.etsi014.LoadRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts load on a running KME and judges what comes. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description =
        "Has many clients ask a running KME for keys over connections that are kept alive, each one"
            + " request after the other; with --fetch-api each key is then fetched as its slave at"
            + " the other site. Tells requests per second and times, and checks that every answer"
            + " is 200, no key and no key_ID came twice, and both sides got the same.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every request was answered with 200, and no key came twice or different",
      "1:some were not, or some did",
      "2:the call or a file is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class KmeLoadCommand implements Callable<Integer> {
  @Option(
      names = "--api",
      required = true,
      paramLabel = "URL",
      description = "The master's KME, such as https://localhost:8443.")
  private URI api = URI.create("");

  @Option(
      names = "--slave",
      required = true,
      paramLabel = "SAE",
      description = "The slave to name.")
  private String slave = "";

  @Mixin private KmeTls tls = new KmeTls();

  @Option(
      names = "--fetch-api",
      paramLabel = "URL",
      description = "The slave's KME. Left out: nothing is fetched.")
  private @Nullable URI fetchApi;

  @Option(
      names = "--fetch-cert",
      paramLabel = "FILE",
      description = "The slave's certificate in PEM.")
  private @Nullable Path fetchCert;

  @Option(names = "--fetch-key", paramLabel = "FILE", description = "The slave's key in PEM.")
  private @Nullable Path fetchKey;

  @Option(
      names = "--clients",
      defaultValue = "64",
      paramLabel = "N",
      description = "How many at the same time. Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      paramLabel = "N",
      description = "How long to measure. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "30",
      paramLabel = "SECONDS",
      description = "How long to run before that. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--number",
      defaultValue = "1",
      paramLabel = "N",
      description = "Keys in each request. Default: ${DEFAULT-VALUE}.")
  private int number;

  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    LinkOptions.require("--clients", clients, 1, 1024);
    LinkOptions.require("--seconds", seconds, 1, 86_400);
    LinkOptions.require("--warm-up", warmUp, 0, 3600);
    LinkOptions.require("--number", number, 1, 128);
    LoadRun run = new LoadRun(new LoadRun.End(api, tls.read()), slave, fetchEnd(), clients, number);
    LoadRun.Result result = run.measure(warmUp, seconds);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("clients", clients);
    document.put("seconds", seconds);
    document.put("requests", result.requests());
    document.put("requests_per_second", Math.round(result.requests() / (double) seconds));
    document.put("enc_keys_ms", percentiles(result.encNanos()));
    document.put("dec_keys_ms", percentiles(result.decNanos()));
    document.put("keys", result.keys());
    document.put("not_200", result.failures());
    document.put("repeated_ids", result.repeatedIds());
    document.put("repeated_keys", result.repeatedKeys());
    document.put("different_keys", result.different());
    document.put("first_failure", result.firstFailure());
    output.print(command, text(document), document);
    return result.holds() ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private LoadRun.@Nullable End fetchEnd() throws IOException {
    URI there = fetchApi;
    Path cert = fetchCert;
    Path key = fetchKey;
    if (there == null) {
      return null;
    }
    if (cert == null || key == null) {
      throw new BadInput("--fetch-api needs --fetch-cert and --fetch-key");
    }
    return new LoadRun.End(there, tls.readAs(cert, key));
  }

  private static Map<String, Object> percentiles(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    Map<String, Object> of = new LinkedHashMap<>();
    if (!sorted.isEmpty()) {
      of.put("p50", millis(sorted.get(sorted.size() / 2)));
      of.put("p99", millis(sorted.get(sorted.size() * 99 / 100)));
      of.put("max", millis(sorted.get(sorted.size() - 1)));
    }
    return of;
  }

  private static double millis(long nanos) {
    return Math.round(nanos / 1e4) / 100.0;
  }

  private static String text(Map<String, Object> document) {
    StringBuilder text = new StringBuilder();
    document.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "%-20s %s%n", name, value)));
    return text.toString().stripTrailing();
  }
}
