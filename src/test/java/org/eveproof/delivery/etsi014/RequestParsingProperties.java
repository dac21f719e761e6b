package org.eveproof.delivery.etsi014;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies, queries and paths from outside: what is not strictly right is refused with 400 or 404.
 */
class RequestParsingProperties {
  private static final String ID = "5089f912-a706-4d68-9c0e-bf1eef5f6b64";

  @Property(tries = 1000)
  void hostileBodiesAreRefusedAndNothingElseIsThrown(@ForAll byte[] bytes) {
    refusedOrRead(() -> RequestJson.keyRequest(bytes));
    refusedOrRead(() -> RequestJson.keyIds(bytes));
  }

  @Property(tries = 1000)
  void hostileJsonIsRefusedAndNothingElseIsThrown(@ForAll("almostJson") String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    refusedOrRead(() -> RequestJson.keyRequest(bytes));
    refusedOrRead(() -> RequestJson.keyIds(bytes));
  }

  @Property(tries = 1000)
  void hostileQueriesAndPathsAreRefusedAndNothingElseIsThrown(@ForAll String text) {
    refusedOrRead(() -> QueryParameters.parse(text, Set.of("number", "size")));
    refusedOrRead(() -> ResourcePath.parse(text));
    refusedOrRead(() -> ResourcePath.parse("/api/v1/keys/" + text + "/status"));
  }

  @Provide
  Arbitrary<String> almostJson() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"number\"",
            "\"size\"",
            "\"key_IDs\"",
            "\"key_ID\"",
            ":",
            ",",
            "1",
            "-1",
            "1.5",
            "1e3",
            "null",
            "true",
            "NaN",
            "\"x\"",
            "\"" + ID + "\"",
            " ")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Test
  void readsWhatTheStandardSays() throws ApiError {
    RequestJson.KeyRequestBody body =
        RequestJson.keyRequest(
            utf8(
                "{\"number\":3,\"size\":512,\"additional_slave_SAE_IDs\":[\"a\",\"b c\"],"
                    + "\"extension_mandatory\":[],\"extension_optional\":[{\"x\":1}]}"));
    assertThat(body.number()).hasValue(3L);
    assertThat(body.size()).hasValue(512L);
    assertThat(body.additionalSlaves()).hasSize(2);
    assertThat(RequestJson.keyRequest(utf8("{}")).number()).isEmpty();
    assertThat(RequestJson.keyRequest(utf8("{\"number\":null}")).number()).isEmpty();
    assertThat(
            RequestJson.keyIds(
                utf8(
                    "{\"key_IDs\":[{\"key_ID\":\""
                        + ID
                        + "\",\"key_ID_extension\":{}}],\"key_IDs_extension\":{\"a\":1}}")))
        .containsExactly(UUID.fromString(ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "{",
        "{}{}",
        "{} x",
        "{\"number\":1,\"number\":1}",
        "{\"number\":\"1\"}",
        "{\"number\":1.0}",
        "{\"number\":1e2}",
        "{\"number\":true}",
        "{\"number\":[1]}",
        "{\"number\":NaN}",
        "{\"number\":99999999999999999999999}",
        "{\"size\":{}}",
        "{\"nubmer\":1}",
        "{\"additional_slave_SAE_IDs\":\"a\"}",
        "{\"additional_slave_SAE_IDs\":[1]}",
        "{\"additional_slave_SAE_IDs\":[\"\"]}",
        "{\"additional_slave_SAE_IDs\":[\"a/b\"]}",
        "{\"extension_mandatory\":[{\"route\":\"x\"}]}",
        "{\"extension_mandatory\":{}}",
        "{\"extension_optional\":[1]}",
        "{'number':1}",
        "{\"number\":1,}",
        "/* */{}"
      })
  void refusesMalformedKeyRequests(String text) {
    assertBadRequest(() -> RequestJson.keyRequest(utf8(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"key_IDs\":[]}",
        "{\"key_IDs\":[\"" + ID + "\"]}",
        "{\"key_IDs\":[{}]}",
        "{\"key_IDs\":[{\"key_ID\":1}]}",
        "{\"key_IDs\":[{\"key_ID\":\"" + ID + "0\"}]}",
        "{\"key_IDs\":[{\"key_ID\":\"1-1-1-1-1\"}]}",
        "{\"key_IDs\":[{\"key_ID\":\"" + ID + "\",\"x\":1}]}",
        "{\"key_IDs\":[{\"key_ID\":\"" + ID + "\",\"key_ID\":\"" + ID + "\"}]}",
        "{\"key_IDs\":[{\"key_ID\":\"" + ID + "\",\"key_ID_extension\":1}]}",
        "{\"key_IDs\":[{\"key_ID\":\"" + ID + "\"}],\"key_IDs_extension\":1}"
      })
  void refusesMalformedKeyIds(String text) {
    assertBadRequest(() -> RequestJson.keyIds(utf8(text)));
  }

  @Test
  void namesTheMandatoryExtensionThatItDoesNotHave() {
    assertThatThrownBy(
            () ->
                RequestJson.keyRequest(utf8("{\"extension_mandatory\":[{\"route_type\":\"x\"}]}")))
        .isInstanceOfSatisfying(
            ApiError.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.text()).contains("extension_mandatory");
              assertThat(refused.details().toString()).contains("route_type");
            });
  }

  @Test
  void aNumberThatIsTooLongIsCalledThat() {
    assertThatThrownBy(() -> RequestJson.keyRequest(utf8("{\"number\":1" + "0".repeat(30) + "}")))
        .isInstanceOfSatisfying(
            ApiError.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.text()).contains("number");
            });
  }

  @Test
  void refusesDeepNestingAndWrongUtf8() {
    assertBadRequest(
        () ->
            RequestJson.keyRequest(
                utf8(
                    "{\"extension_optional\":[{\"x\":" + "[".repeat(50) + "]".repeat(50) + "}]}")));
    byte[] wrong = utf8("{\"extension_optional\":[{\"x\":\"?\"}]}");
    wrong[28] = (byte) 0xff;
    assertBadRequest(() -> RequestJson.keyRequest(wrong));
    byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16BE);
    assertBadRequest(() -> RequestJson.keyRequest(utf16));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "number=1&number=1",
        "number=1&color=2",
        "number",
        "number=%zz",
        "number=%f",
        "=1",
        "number=1&",
        "Number=1"
      })
  void refusesQueriesThatAreNotStrictlyRight(String query) {
    assertBadRequest(() -> QueryParameters.parse(query, Set.of("number", "size")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+1", "1.0", "0x1", "1e3", " 1", "9999999999999999999999"})
  void refusesWhatIsNoWholeNumber(String value) {
    assertBadRequest(() -> new QueryParameters(Map.of("number", value)).number("number"));
  }

  @Test
  void undoesPercentEncodingInPaths() throws ApiError {
    ResourcePath path = ResourcePath.parse("/api/v1/keys/sae%2D1%20x/enc_keys");
    assertThat(path.sae().text()).isEqualTo("sae-1 x");
    assertThat(path.method()).isEqualTo(ResourcePath.Method.ENC_KEYS);
    assertBadRequest(() -> ResourcePath.parse("/api/v1/keys/%2e%2e%2f/status"));
    assertBadRequest(() -> ResourcePath.parse("/api/v1/keys/%c3%28/status"));
    assertBadRequest(() -> ResourcePath.parse("/api/v1/keys//status"));
    assertBadRequest(() -> ResourcePath.parse("/api/v1/keys/" + "a".repeat(65) + "/status"));
    assertStatus(404, () -> ResourcePath.parse("/api/v1/keys/a/b/status"));
    assertStatus(404, () -> ResourcePath.parse("/api/v1/keys/a/STATUS"));
    assertStatus(404, () -> ResourcePath.parse("/api/v2/keys/a/status"));
    assertStatus(404, () -> ResourcePath.parse("/"));
  }

  /** Something that may be refused. */
  private interface Parse {
    Object run() throws ApiError;
  }

  private static void refusedOrRead(Parse parse) {
    try {
      assertThat(parse.run()).isNotNull();
    } catch (ApiError refused) {
      assertThat(refused.status()).isIn(400, 404);
      assertThat(refused.text()).isNotEmpty().doesNotContain("\n");
    }
  }

  private static void assertBadRequest(Parse parse) {
    assertStatus(400, parse);
  }

  private static void assertStatus(int status, Parse parse) {
    assertThatThrownBy(parse::run)
        .isInstanceOfSatisfying(
            ApiError.class, refused -> assertThat(refused.status()).isEqualTo(status));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
