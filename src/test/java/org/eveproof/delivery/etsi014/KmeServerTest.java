package org.eveproof.delivery.etsi014;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.eveproof.delivery.DeliveryRules;
import org.eveproof.delivery.etsi014.KmeServer.Served;
import org.eveproof.delivery.service.RunningSites;
import org.eveproof.protocol.Party;
import org.eveproof.transport.Tap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What SAEs meet: codes and bodies of the standard, certificates, and nothing said too much. */
@Timeout(120)
class KmeServerTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Certificates CA = new Certificates();

  private final List<Served> log = Collections.synchronizedList(new ArrayList<>());
  private final RunningSites sites = new RunningSites(Tap.NONE, Duration.ofSeconds(30));
  private final List<KmeServer> servers = new ArrayList<>();
  private HttpClient master = HttpClient.newHttpClient();
  private HttpClient slave = HttpClient.newHttpClient();
  private String alice = "";
  private String bob = "";

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    sites.block(0, 1 << 16);
    alice = serve(Party.ALICE, CA.end("localhost"));
    bob = serve(Party.BOB, CA.end("localhost"));
    master = client(CA.end("sae-1"));
    slave = client(CA.end("sae-2"));
  }

  private String serve(Party site, MutualTls tls) throws IOException {
    KmeApi api =
        new KmeApi(
            site,
            "kme-" + site.specName(),
            "kme-" + site.peer().specName(),
            DeliveryRules.STANDARD,
            RunningSites.ENTITLEMENTS,
            site == Party.ALICE ? sites.alice() : sites.bob());
    KmeServer server =
        KmeServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, api, log::add);
    servers.add(server);
    return "https://localhost:" + server.address().getPort() + "/api/v1/keys/";
  }

  private static HttpClient client(MutualTls tls) {
    return client(tls.context(), "TLSv1.3");
  }

  private static HttpClient client(SSLContext context, String protocol) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {protocol});
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(context)
        .sslParameters(parameters)
        .build();
  }

  @AfterEach
  void stop() {
    servers.forEach(KmeServer::close);
    sites.close();
  }

  @Test
  void statusHasEveryMemberAndTheNumbersAgree() throws Exception {
    JsonNode status = ok(get(master, alice + "sae-2/status"));
    assertThat(status.propertyNames())
        .containsExactlyInAnyOrder(
            "source_KME_ID",
            "target_KME_ID",
            "master_SAE_ID",
            "slave_SAE_ID",
            "key_size",
            "stored_key_count",
            "max_key_count",
            "max_key_per_request",
            "max_key_size",
            "min_key_size",
            "max_SAE_ID_count");
    assertThat(status.path("source_KME_ID").stringValue()).isEqualTo("kme-alice");
    assertThat(status.path("target_KME_ID").stringValue()).isEqualTo("kme-bob");
    assertThat(status.path("master_SAE_ID").stringValue()).isEqualTo("sae-1");
    assertThat(status.path("slave_SAE_ID").stringValue()).isEqualTo("sae-2");
    long size = status.path("key_size").longValue();
    assertThat(size)
        .isBetween(
            status.path("min_key_size").longValue(), status.path("max_key_size").longValue());
    long stored = status.path("stored_key_count").longValue();
    assertThat(stored).isPositive().isLessThanOrEqualTo(status.path("max_key_count").longValue());
    ok(get(master, alice + "sae-2/enc_keys?number=3"));
    assertThat(ok(get(master, alice + "sae-2/status")).path("stored_key_count").longValue())
        .isLessThanOrEqualTo(stored - 3);
  }

  @Test
  void masterAndSlaveGetTheSameKeyByEitherMethod() throws Exception {
    JsonNode one = ok(get(master, alice + "sae-2/enc_keys"));
    JsonNode key = one.path("keys").get(0);
    assertThat(Base64.getDecoder().decode(key.path("key").stringValue())).hasSize(32);
    String id = key.path("key_ID").stringValue();
    assertThat(ok(get(slave, bob + "sae-1/dec_keys?key_ID=" + id))).isEqualTo(one);

    JsonNode two = ok(post(master, alice + "sae%2D2/enc_keys", "{\"number\":2,\"size\":128}"));
    assertThat(two.path("keys").size()).isEqualTo(2);
    String ids =
        "{\"key_IDs\":[{\"key_ID\":\""
            + two.path("keys").get(0).path("key_ID").stringValue()
            + "\"},{\"key_ID\":\""
            + two.path("keys").get(1).path("key_ID").stringValue()
            + "\"}]}";
    assertThat(ok(post(slave, bob + "sae-1/dec_keys", ids))).isEqualTo(two);
    refused(post(slave, bob + "sae-1/dec_keys", ids), 400);
  }

  @Test
  void additionalSlavesGetItToo() throws Exception {
    JsonNode key =
        ok(
            post(
                master,
                alice + "sae-2/enc_keys",
                "{\"additional_slave_SAE_IDs\":[\"sae-3\"],\"extension_optional\":[{\"a\":1}]}"));
    String id = key.path("keys").get(0).path("key_ID").stringValue();
    HttpClient third = client(CA.end("sae-3"));
    assertThat(ok(get(third, bob + "sae-1/dec_keys?key_ID=" + id))).isEqualTo(key);
    refused(get(third, bob + "sae-1/dec_keys?key_ID=" + id), 400);
    assertThat(ok(get(slave, bob + "sae-1/dec_keys?key_ID=" + id))).isEqualTo(key);
  }

  @Test
  void foreignUnknownAndRepeatedIdsGetNothingAndConsumeNothing() throws Exception {
    JsonNode key = ok(get(master, alice + "sae-2/enc_keys"));
    String id = key.path("keys").get(0).path("key_ID").stringValue();
    refused(get(client(CA.end("sae-3")), bob + "sae-1/dec_keys?key_ID=" + id), 401);
    refused(get(client(CA.end("sae-4")), bob + "sae-1/dec_keys?key_ID=" + id), 401);
    refused(get(client(CA.end("sae-4")), bob + "sae-9/dec_keys?key_ID=" + id), 401);
    refused(get(slave, bob + "sae-9/dec_keys?key_ID=" + id), 401);
    refused(get(client(CA.end("sae-7")), bob + "sae-1/dec_keys?key_ID=" + id), 401);
    String unknown = UUID.randomUUID().toString();
    assertThat(refused(get(slave, bob + "sae-1/dec_keys?key_ID=" + unknown), 400))
        .contains("not found on KME");
    refused(
        post(
            slave,
            bob + "sae-1/dec_keys",
            "{\"key_IDs\":[{\"key_ID\":\"" + id + "\"},{\"key_ID\":\"" + unknown + "\"}]}"),
        400);
    refused(
        post(
            slave,
            bob + "sae-1/dec_keys",
            "{\"key_IDs\":[{\"key_ID\":\"" + id + "\"},{\"key_ID\":\"" + id + "\"}]}"),
        400);
    assertThat(ok(get(slave, bob + "sae-1/dec_keys?key_ID=" + id.toUpperCase(Locale.ROOT))))
        .isEqualTo(key);
  }

  @Test
  void anSaeThatIsNotEntitledGets401AndUsesNothingUp() throws Exception {
    JsonNode before = ok(get(master, alice + "sae-2/status"));
    refused(get(master, alice + "sae-4/status"), 401);
    refused(get(master, alice + "nobody/enc_keys"), 401);
    refused(get(slave, alice + "sae-2/enc_keys"), 401);
    refused(post(master, alice + "sae-2/enc_keys", more("sae-4")), 401);
    refused(get(client(CA.end("sae-7")), alice + "sae-2/enc_keys"), 401);
    assertThat(ok(get(master, alice + "sae-2/status"))).isEqualTo(before);
  }

  private static String more(String slave) {
    return "{\"additional_slave_SAE_IDs\":[\"" + slave + "\"]}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size=63",
        "size=100",
        "size=0",
        "size=-64",
        "size=8192",
        "number=0",
        "number=-1",
        "number=129",
        "number=1&number=2",
        "number=x",
        "nubmer=1",
        "number=99999999999999999"
      })
  void refusesWhatIsOutsideTheLimits(String query) throws Exception {
    refused(get(master, alice + "sae-2/enc_keys?" + query), 400);
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThat(refused(get(master, alice + "sae-2/enc_keys?size=100"), 400))
        .contains("size shall be a multiple of 8");
    assertThat(
            refused(
                post(master, alice + "sae-2/enc_keys", "{\"extension_mandatory\":[{\"x\":1}]}"),
                400))
        .contains("extension_mandatory");
    refused(post(master, alice + "sae-2/enc_keys", "{\"number\":1,\"number\":1}"), 400);
    refused(post(master, alice + "sae-2/enc_keys", more("sae-2")), 400);
    refused(post(master, alice + "sae-2/enc_keys", " ".repeat(70_000) + "{}"), 400);
    refused(get(slave, bob + "sae-1/dec_keys"), 400);
    refused(get(slave, bob + "sae-1/dec_keys?key_ID=1"), 400);
    refused(get(master, alice + "sae-2/status?x=1"), 400);
    refused(get(master, alice + "sae%002/status"), 400);
    // The last: the server ends a connection with so much in it, and the client may not see it yet.
    refused(post(master, alice + "sae-2/enc_keys", " ".repeat(20_000_000) + "{}"), 400);
  }

  @Test
  void tooFewKeysAre503AndNothingIsTaken() throws Exception {
    long stored = ok(get(master, alice + "sae-2/status")).path("stored_key_count").longValue();
    while (stored >= 128) {
      ok(get(master, alice + "sae-2/enc_keys?number=128"));
      stored = ok(get(master, alice + "sae-2/status")).path("stored_key_count").longValue();
    }
    refused(get(master, alice + "sae-2/enc_keys?number=" + (stored + 1)), 503);
    assertThat(ok(get(master, alice + "sae-2/status")).path("stored_key_count").longValue())
        .isEqualTo(stored);
    ok(get(master, alice + "sae-2/enc_keys?number=" + stored));
    refused(get(master, alice + "sae-2/enc_keys"), 503);
  }

  @Test
  void otherPathsAre404AndOtherMethods405() throws Exception {
    refused(get(master, alice + "sae-2/keys"), 404);
    refused(get(master, alice.replace("v1", "v2") + "sae-2/status"), 404);
    HttpResponse<String> put = send(master, request(alice + "sae-2/status").PUT(body("{}")));
    refused(put, 405);
    assertThat(put.headers().firstValue("Allow")).hasValue("GET");
    HttpResponse<String> delete = send(master, request(alice + "sae-2/enc_keys").DELETE());
    refused(delete, 405);
    assertThat(delete.headers().firstValue("Allow")).hasValue("GET, POST");
    assertThat(
            send(master, request(alice + "sae-2/status").method("HEAD", BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void nothingIsToBeCachedAndNoKeyIsInTheLog() throws Exception {
    HttpResponse<String> response = get(master, alice + "sae-2/enc_keys");
    String key = ok(response).path("keys").get(0).path("key").stringValue();
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    refused(get(master, alice + "sae-2/enc_keys?size=" + 9), 400);
    assertThat(log.toString()).doesNotContain(key).contains("sae-2/enc_keys");
  }

  @Test
  void withoutAGoodCertificateThereIsNoConversation() throws Exception {
    SSLContext bare = SSLContext.getInstance("TLS");
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", CA.certificate());
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trust);
    bare.init(null, factory.getTrustManagers(), null);
    assertNoConversation(client(bare, "TLSv1.3"));
    Certificates others = new Certificates();
    assertNoConversation(client(others.end("sae-1", Duration.ofHours(1), CA, false)));
    assertNoConversation(client(CA.end("sae-1", Duration.ofHours(-1), CA, false)));
    ok(get(client(CA.end("sae-1")), alice + "sae-2/status"));
  }

  @Test
  void aRevokedCertificateIsNoBetterThanNone() throws Exception {
    MutualTls lost = CA.end("sae-1");
    ok(get(client(lost), alice + "sae-2/status"));
    alice = serve(Party.ALICE, CA.endThatKnowsRevoked("localhost", lost.certificate()));
    assertNoConversation(client(lost));
    ok(get(client(CA.end("sae-1")), alice + "sae-2/status"));
  }

  private void assertNoConversation(HttpClient client) {
    assertThatThrownBy(() -> get(client, alice + "sae-2/status")).isInstanceOf(IOException.class);
  }

  @Test
  void tls12IsForWhoAsksForIt() throws Exception {
    SSLContext mine = CA.end("sae-1").context();
    assertThatThrownBy(() -> get(client(mine, "TLSv1.2"), alice + "sae-2/status"))
        .isInstanceOf(IOException.class);
    String lenient = serve(Party.ALICE, CA.end("localhost", Duration.ofHours(1), CA, true));
    ok(get(client(mine, "TLSv1.2"), lenient + "sae-2/status"));
    ok(get(client(mine, "TLSv1.3"), lenient + "sae-2/status"));
  }

  @Test
  void clientsThatHangDoNotHoldUpOthers() throws Exception {
    List<Socket> hanging = new ArrayList<>();
    try {
      int port = URI.create(alice).getPort();
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        hanging.add(socket);
        if (i % 2 == 0) {
          // The beginning of a TLS record that never ends.
          OutputStream out = socket.getOutputStream();
          out.write(new byte[] {0x16, 3, 1, 2, 0});
          out.flush();
        }
      }
      ok(get(master, alice + "sae-2/enc_keys"));
    } finally {
      for (Socket socket : hanging) {
        socket.close();
      }
    }
  }

  @Test
  void closingLetsRequestsUnderWayFinish() throws Exception {
    ok(get(master, alice + "sae-2/status"));
    servers.get(0).close();
    assertThatThrownBy(() -> get(client(CA.end("sae-1")), alice + "sae-2/status"))
        .isInstanceOf(IOException.class);
    assertThat(servers.get(0).served()).isEqualTo(1);
  }

  private static JsonNode ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** Returns the body of a refusal, which has the form of the standard. */
  private static String refused(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode body = JSON.readTree(response.body());
    assertThat(body.path("message").isString()).isTrue();
    for (String name : body.propertyNames()) {
      assertThat(name).isIn("message", "details");
    }
    assertThat(body.path("details").isMissingNode() || body.path("details").isArray()).isTrue();
    return response.body();
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    return send(client, request(url).GET());
  }

  private static HttpResponse<String> post(HttpClient client, String url, String body)
      throws Exception {
    return send(client, request(url).POST(body(body)));
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60));
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
