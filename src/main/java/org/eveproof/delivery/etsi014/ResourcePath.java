package org.eveproof.delivery.etsi014;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.eveproof.delivery.SaeId;

/**
 * The path of a request: {@code /api/v1/keys/{SAE_ID}/{method}}.
 *
 * @param sae the other SAE: the slave, or for {@code dec_keys} the master
 */
record ResourcePath(SaeId sae, Method method) {

  /** What is asked for. */
  enum Method {
    STATUS("status"),
    ENC_KEYS("enc_keys"),
    DEC_KEYS("dec_keys");

    private final String name;

    Method(String name) {
      this.name = name;
    }

    /** Returns what methods of HTTP there are for it. */
    String allowed() {
      return this == STATUS ? "GET" : "GET, POST";
    }

    private static Optional<Method> of(String name) {
      return Arrays.stream(values()).filter(each -> each.name.equals(name)).findFirst();
    }
  }

  private static final String PREFIX = "/api/v1/keys/";
  private static final int MAX_LENGTH = 512;

  /** Reads a path as it was sent. */
  static ResourcePath parse(String raw) throws ApiError {
    String rest = raw.startsWith(PREFIX) ? raw.substring(PREFIX.length()) : "";
    int slash = rest.indexOf('/');
    Optional<Method> method = slash < 0 ? Optional.empty() : Method.of(rest.substring(slash + 1));
    if (method.isEmpty() || raw.length() > MAX_LENGTH) {
      throw new ApiError(
          ApiError.NOT_FOUND,
          "there is no such resource; there are " + PREFIX + "{SAE_ID}/status, enc_keys, dec_keys");
    }
    Optional<SaeId> sae = decode(rest.substring(0, slash)).flatMap(SaeId::parse);
    if (sae.isEmpty()) {
      throw ApiError.badRequest("the SAE ID in the path is malformed");
    }
    return new ResourcePath(sae.get(), method.get());
  }

  /** Undoes percent-encoding (RFC 3986, section 2.1); a plus sign is a plus sign. */
  static Optional<String> decode(String encoded) {
    ByteBuffer out = ByteBuffer.allocate(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        if (i + 2 >= encoded.length()) {
          return Optional.empty();
        }
        int high = Character.digit(encoded.charAt(i + 1), 16);
        int low = Character.digit(encoded.charAt(i + 2), 16);
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        out.put((byte) (16 * high + low));
        i += 2;
      } else if (c < 0x80) {
        out.put((byte) c);
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString());
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }
}
