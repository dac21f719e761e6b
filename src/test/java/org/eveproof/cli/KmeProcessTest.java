package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eveproof.delivery.DeliveryRules;
import org.eveproof.delivery.DeliveryStore;
import org.eveproof.delivery.KeyPool;
import org.eveproof.delivery.SqliteDeliveryStore;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.transport.FreePorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two processes of 'eveproof kme' with certificates that openssl made, called with curl. */
@Timeout(300)
final class KmeProcessTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path dir = Path.of("unset");
  private final List<Kme> running = new ArrayList<>();

  /** A process, and where it serves. */
  private record Kme(Process process, BufferedReader out, JsonNode first) {
    String api(String rest) {
      return first.path("api").stringValue().replaceAll("https://[^:]+:", "https://localhost:")
          + "/api/v1/keys/"
          + rest;
    }

    JsonNode lastLine() throws IOException {
      String last = "{}";
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
      }
      return JSON.readTree(last);
    }
  }

  @BeforeEach
  void certificates() throws Exception {
    assumeThat(isInstalled("openssl", "version")).as("openssl is installed").isTrue();
    assumeThat(isInstalled("curl", "--version")).as("curl is installed").isTrue();
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=ca -days 30"
            + " -addext basicConstraints=critical,CA:TRUE");
    write("server.ext", "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    // PKCS #8 with RSA, and OpenSSL's older form with an elliptic curve.
    openssl("req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=kme");
    sign("server", "-extfile server.ext");
    openssl("ecparam -name prime256v1 -genkey -out sae-1.key");
    openssl("req -new -key sae-1.key -out sae-1.csr -subj /O=site/CN=sae-1");
    sign("sae-1", "");
    for (String subject :
        List.of("sae-2:/CN=sae-2", "none:/O=sae-1", "two:/CN=sae-1/CN=sae-2", "odd:/CN=a,b")) {
      String name = subject.substring(0, subject.indexOf(':'));
      openssl(
          "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "
              + name
              + ".key -out "
              + name
              + ".csr -subj "
              + subject.substring(subject.indexOf(':') + 1));
      sign(name, "");
    }
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout alien.key -out alien.pem -subj /CN=sae-1");
    byte[] key = new byte[1 << 16];
    new Random(1).nextBytes(key);
    for (Party site : Party.values()) {
      Path state = Files.createDirectory(dir.resolve(site.specName()));
      try (DeliveryStore store = SqliteDeliveryStore.open(state, site)) {
        new KeyPool(store, DeliveryRules.STANDARD.maxHalfBytes(), event -> {})
            .give(0, 0, SecretBits.fromBytes(key, Byte.SIZE * key.length));
      }
    }
  }

  @AfterEach
  void stop() {
    running.forEach(kme -> kme.process().destroyForcibly());
  }

  @Test
  void servesCurlAndSurvivesARestartAndSigterm() throws Exception {
    int meeting = FreePorts.next();
    Kme alice = start("alice", "--peer-listen", "127.0.0.1:" + meeting);
    Kme bob = start("bob", "--peer-connect", "127.0.0.1:" + meeting);

    JsonNode status = ok(curl("sae-1", alice.api("sae-2/status")));
    assertThat(status.path("stored_key_count").intValue()).isEqualTo(1022);
    JsonNode key = ok(curl("sae-1", alice.api("sae-2/enc_keys")));
    JsonNode two = ok(curl("sae-1", alice.api("sae-2/enc_keys"), "-d", "{\"number\":2}"));
    String id = key.path("keys").get(0).path("key_ID").stringValue();

    assertThat(bob.process().isAlive()).isTrue();
    bob.process().toHandle().destroy();
    assertThat(bob.process().waitFor()).isEqualTo(143);
    JsonNode last = bob.lastLine();
    assertThat(last.path("event").stringValue()).isEqualTo("stopped");
    assertThat(curl("sae-1", alice.api("sae-2/enc_keys")).get(1)).isEqualTo("503");

    bob = start("bob", "--peer-connect", "127.0.0.1:" + meeting);
    assertThat(ok(curl("sae-2", bob.api("sae-1/dec_keys?key_ID=" + id)))).isEqualTo(key);
    assertThat(curl("sae-2", bob.api("sae-1/dec_keys?key_ID=" + id)).get(1)).isEqualTo("400");
    String ids =
        "{\"key_IDs\":["
            + "{\"key_ID\":\""
            + two.path("keys").get(0).path("key_ID").stringValue()
            + "\"},{\"key_ID\":\""
            + two.path("keys").get(1).path("key_ID").stringValue()
            + "\"}]}";
    assertThat(ok(curl("sae-2", bob.api("sae-1/dec_keys"), "-d", ids))).isEqualTo(two);
    ok(curl("sae-1", alice.api("sae-2/enc_keys")));
    ok(curl("sae-2", bob.api("sae-1/enc_keys")));

    for (String nobody : List.of("none", "two", "odd")) {
      assertThat(curl(nobody, alice.api("sae-2/status")).get(1)).as(nobody).isEqualTo("401");
    }
    assertThat(curl("alien", alice.api("sae-2/status")).get(1)).isEqualTo("000");
    assertThat(run(List.of("curl", "-s", "--cacert", "ca.pem", alice.api("sae-2/status"))))
        .isNotZero();
    assertThat(curl("sae-1", alice.api("sae-2/status"), "--tls-max", "1.2").get(1))
        .isEqualTo("000");
    alice.process().toHandle().destroy();
    assertThat(alice.process().waitFor()).isEqualTo(143);
    assertThat(alice.lastLine().path("event").stringValue()).isEqualTo("stopped");
  }

  @Test
  void oneStateIsServedOnce() throws Exception {
    start("alice", "--peer-listen", "127.0.0.1:" + FreePorts.next());
    Process second =
        java(serving("alice", "--peer-listen", "127.0.0.1:" + FreePorts.next())).start();
    assertThat(second.waitFor()).isEqualTo(2);
    assertThat(new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("is being served by another KME");
  }

  @Test
  void demoServesAndLoadFindsNothingWrong() throws Exception {
    Kme demo = launch(List.of("kme", "demo", "--dir", dir.resolve("demo").toString(), "--json"));
    Path files = dir.resolve("demo");
    String alice = demo.first().path("alice").stringValue();
    List<String> load =
        new ArrayList<>(List.of("kme", "load", "--api", alice, "--slave", "sae-2", "--json"));
    for (String option : List.of("ca:ca.pem", "cert:sae-1.pem", "key:sae-1.key")) {
      load.add("--" + option.substring(0, option.indexOf(':')));
      load.add(files.resolve(option.substring(option.indexOf(':') + 1)).toString());
    }
    load.addAll(List.of("--clients", "8", "--seconds", "1", "--warm-up", "0"));
    load.addAll(List.of("--fetch-api", demo.first().path("bob").stringValue()));
    load.addAll(List.of("--fetch-cert", files.resolve("sae-2.pem").toString()));
    load.addAll(List.of("--fetch-key", files.resolve("sae-2.key").toString()));
    Process run = java(load).start();
    JsonNode report = JSON.readTree(run.getInputStream().readAllBytes());
    assertThat(run.waitFor()).as(report.toString()).isZero();
    assertThat(report.path("requests").intValue()).isPositive();
    // The red case: with a certificate that is not entitled nothing is 200.
    load.set(load.indexOf("sae-2"), "sae-9");
    Process refused = java(load).start();
    assertThat(JSON.readTree(refused.getInputStream().readAllBytes()).path("not_200").intValue())
        .isPositive();
    assertThat(refused.waitFor()).isEqualTo(1);
  }

  private Kme start(String site, String option, String address) throws IOException {
    return launch(serving(site, option, address));
  }

  private List<String> serving(String site, String option, String address) {
    return List.of(
        "kme",
        "--json",
        "--state",
        dir.resolve(site).toString(),
        "--site",
        site,
        "--api",
        "127.0.0.1:0",
        "--cert",
        dir.resolve("server.pem").toString(),
        "--key",
        dir.resolve("server.key").toString(),
        "--ca",
        dir.resolve("ca.pem").toString(),
        "--patience",
        "3",
        "--entitle",
        "alice/sae-1=sae-2",
        "--entitle",
        "bob/sae-2=sae-1",
        option,
        address);
  }

  private Kme launch(List<String> arguments) throws IOException {
    Process process = java(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.contains("serving")) {
      line = out.readLine();
    }
    assertThat(line).as("the process serves").isNotNull();
    Kme kme = new Kme(process, out, JSON.readTree(String.valueOf(line)));
    running.add(kme);
    return kme;
  }

  private static ProcessBuilder java(List<String> arguments) {
    List<String> call =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.eveproof.cli.Eveproof"));
    call.addAll(arguments);
    return new ProcessBuilder(call);
  }

  /** Calls with an SAE's certificate; returns the body and the status, "000" if there is none. */
  private List<String> curl(String sae, String url, String... options) throws Exception {
    List<String> call =
        new ArrayList<>(
            List.of(
                "curl",
                "-s",
                "-o",
                "body",
                "-w",
                "%{http_code}",
                "--cacert",
                "ca.pem",
                "--cert",
                sae + ".pem",
                "--key",
                sae + ".key",
                url));
    call.addAll(Arrays.asList(options));
    Files.writeString(dir.resolve("body"), "");
    Process process = new ProcessBuilder(call).directory(dir.toFile()).start();
    String status = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return List.of(Files.readString(dir.resolve("body")), status);
  }

  private static JsonNode ok(List<String> response) {
    assertThat(response.get(1)).as(response.get(0)).isEqualTo("200");
    return JSON.readTree(response.get(0));
  }

  private void sign(String name, String options) throws Exception {
    openssl(
        "x509 -req -in "
            + name
            + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 20 -out "
            + name
            + ".pem "
            + options);
    Files.setPosixFilePermissions(
        dir.resolve(name + ".key"), PosixFilePermissions.fromString("rw-------"));
  }

  private void openssl(String arguments) throws Exception {
    List<String> call = new ArrayList<>(List.of("openssl"));
    call.addAll(Arrays.asList(arguments.strip().split(" +")));
    assertThat(run(call)).as(arguments).isZero();
  }

  private int run(List<String> call) throws Exception {
    Process process =
        new ProcessBuilder(call)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(dir.resolve(file), text);
  }

  private static boolean isInstalled(String... call) {
    try {
      return new ProcessBuilder(call)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      throw new UncheckedIOException(new IOException(stopped));
    }
  }
}
