package org.eveproof.delivery.etsi014;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Bodies, paths and queries of the key delivery interface. */
class HttpRequestFuzzTest {

  private interface Reading {
    Object read() throws ApiError;
  }

  @FuzzTest
  void anyRequestIsReadOrGetsAnErrorOfTheStandard(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    expect(() -> RequestJson.keyRequest(bytes));
    expect(() -> RequestJson.keyIds(bytes));
    expect(() -> RequestJson.keyId(text));
    expect(() -> ResourcePath.parse(text));
    expect(() -> ResourcePath.parse("/api/v1/keys/" + text + "/status"));
    expect(() -> QueryParameters.parse(text, Set.of("number", "size")).number("number"));
  }

  private static void expect(Reading reading) {
    try {
      assertThat(reading.read()).isNotNull();
    } catch (ApiError refused) {
      assertThat(refused.status()).isBetween(400, 499);
      assertThat(refused).hasMessageNotContaining("\n");
    }
  }
}
