package org.eveproof.delivery.etsi014;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eveproof.delivery.DeliveredKey;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** An answer to an SAE. It may hold keys: whoever sends it wipes it. */
public final class ApiResponse {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final int status;
  private final byte[] body;
  private final Optional<String> allow;

  private ApiResponse(int status, byte[] body, Optional<String> allow) {
    this.status = status;
    this.body = body;
    this.allow = allow;
  }

  /** Returns the status of HTTP. */
  public int status() {
    return status;
  }

  /** Returns the JSON text in UTF-8 itself, no copy. */
  byte[] body() {
    return body;
  }

  /** Returns what methods there would be, if there is not this one. */
  Optional<String> allow() {
    return allow;
  }

  /** The state of a pair of SAEs (clause 6.1), of numbers and texts. */
  static ApiResponse status(Map<String, Object> members) {
    return new ApiResponse(200, JSON.writeValueAsBytes(members), Optional.empty());
  }

  /** Keys (clause 6.3); closes them. The text of a key is not made a string on the way. */
  static ApiResponse keys(List<DeliveredKey> keys) {
    WipedStream out = new WipedStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject().writeArrayPropertyStart("keys");
      for (DeliveredKey key : keys) {
        byte[] bytes = key.bytes();
        byte[] base64 = Base64.getEncoder().encode(bytes);
        json.writeStartObject().writeStringProperty("key_ID", key.id().toString()).writeName("key");
        json.writeUTF8String(base64, 0, base64.length);
        json.writeEndObject();
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(base64, (byte) 0);
        key.close();
      }
      json.writeEndArray().writeEndObject();
    }
    byte[] body = out.toByteArray();
    out.wipe();
    return new ApiResponse(200, body, Optional.empty());
  }

  /** A refusal (clause 6.5). */
  static ApiResponse error(ApiError error) {
    Map<String, Object> members =
        error.details().isEmpty()
            ? Map.of("message", error.text())
            : Map.of("message", error.text(), "details", error.details());
    return new ApiResponse(error.status(), JSON.writeValueAsBytes(members), Optional.empty());
  }

  /** Returns this refusal with the methods that there would be. */
  ApiResponse allowing(String methods) {
    return new ApiResponse(status, body, Optional.of(methods));
  }

  /** Overwrites the body. */
  void wipe() {
    Arrays.fill(body, (byte) 0);
  }

  private static final class WipedStream extends ByteArrayOutputStream {
    WipedStream() {
      // Large enough for most answers, so that no outgrown copy is left behind.
      super(1 << 12);
    }

    void wipe() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
