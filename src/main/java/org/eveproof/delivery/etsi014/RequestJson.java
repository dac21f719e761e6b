package org.eveproof.delivery.etsi014;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eveproof.delivery.SaeId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the bodies that SAEs send: one JSON object (RFC 8259) in UTF-8, no member twice, none that
 * the standard does not have, nothing behind it, little nested. A member that is {@code null}
 * counts as left out.
 */
final class RequestJson {
  /** Greatest length of a body, in bytes. */
  static final int MAX_BYTES = 1 << 16;

  private static final int MAX_DEPTH = 16;
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(20)
                          .maxDocumentLength(MAX_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RequestJson() {}

  /**
   * What a master asks for (clause 6.2), still to be held against the limits.
   *
   * @param number of keys
   * @param size of each, in bits
   * @param additionalSlaves besides the one in the path
   */
  record KeyRequestBody(Optional<Long> number, Optional<Long> size, List<SaeId> additionalSlaves) {}

  /** Reads a key request. */
  static KeyRequestBody keyRequest(byte[] body) throws ApiError {
    JsonNode root =
        object(
            body,
            Set.of(
                "number",
                "size",
                "additional_slave_SAE_IDs",
                "extension_mandatory",
                "extension_optional"));
    List<SaeId> slaves = new ArrayList<>();
    for (JsonNode each : array(root, "additional_slave_SAE_IDs")) {
      Optional<SaeId> sae = each.isString() ? SaeId.parse(each.stringValue()) : Optional.empty();
      slaves.add(
          sae.orElseThrow(() -> ApiError.badRequest("additional_slave_SAE_IDs has no SAE ID")));
    }
    refuseMandatory(extensions(root, "extension_mandatory"));
    extensions(root, "extension_optional");
    return new KeyRequestBody(number(root, "number"), number(root, "size"), slaves);
  }

  /** Reads identifiers of keys (clause 6.4). */
  static List<UUID> keyIds(byte[] body) throws ApiError {
    JsonNode root = object(body, Set.of("key_IDs", "key_IDs_extension"));
    requireObject(root, "key_IDs_extension");
    List<UUID> ids = new ArrayList<>();
    for (JsonNode each : array(root, "key_IDs")) {
      if (!each.isObject()
          || !Set.of("key_ID", "key_ID_extension").containsAll(each.propertyNames())) {
        throw ApiError.badRequest("key_IDs is not an array of objects with key_ID");
      }
      requireObject(each, "key_ID_extension");
      JsonNode id = each.get("key_ID");
      if (id == null || !id.isString()) {
        throw ApiError.badRequest("an object in key_IDs has no key_ID that is a string");
      }
      ids.add(keyId(id.stringValue()));
    }
    if (ids.isEmpty()) {
      throw ApiError.badRequest("key_IDs is missing or empty");
    }
    return ids;
  }

  /** Reads the identifier of a key: a UUID (RFC 4122), of either case. */
  static UUID keyId(String text) throws ApiError {
    if (!UUID_FORM.matcher(text).matches()) {
      throw ApiError.badRequest("a key_ID is not a UUID");
    }
    return UUID.fromString(text);
  }

  private static void refuseMandatory(List<JsonNode> extensions) throws ApiError {
    List<String> names =
        extensions.stream().flatMap(each -> each.propertyNames().stream()).distinct().toList();
    if (!extensions.isEmpty()) {
      throw new ApiError(
          ApiError.BAD_REQUEST,
          "not all extension_mandatory parameters are supported: this KME supports none",
          names.stream()
              .map(name -> Map.of("extension_mandatory_unsupported", printable(name)))
              .toList());
    }
  }

  private static String printable(String name) {
    return name.substring(0, Math.min(name.length(), 64)).replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static List<JsonNode> extensions(JsonNode root, String name) throws ApiError {
    List<JsonNode> extensions = array(root, name);
    if (!extensions.stream().allMatch(JsonNode::isObject)) {
      throw ApiError.badRequest(name + " is not an array of objects");
    }
    return extensions;
  }

  private static void requireObject(JsonNode parent, String name) throws ApiError {
    JsonNode node = member(parent, name);
    if (node != null && !node.isObject()) {
      throw ApiError.badRequest(name + " is not an object");
    }
  }

  private static List<JsonNode> array(JsonNode root, String name) throws ApiError {
    JsonNode node = member(root, name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray()) {
      throw ApiError.badRequest(name + " is not an array");
    }
    return List.copyOf(node.values());
  }

  private static Optional<Long> number(JsonNode root, String name) throws ApiError {
    JsonNode node = member(root, name);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw ApiError.badRequest(name + " is not a whole number");
    }
    return Optional.of(node.longValue());
  }

  private static @Nullable JsonNode member(JsonNode parent, String name) {
    JsonNode node = parent.get(name);
    return node == null || node.isNull() ? null : node;
  }

  private static JsonNode object(byte[] body, Set<String> known) throws ApiError {
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException malformed) {
      throw ApiError.badRequest("the body is not UTF-8");
    }
    JsonNode root;
    try {
      root = JSON.readTree(text.toString());
    } catch (StreamConstraintsException excessive) {
      throw ApiError.badRequest(
          "the body is nested too deeply, or has a number or a name that is too long");
    } catch (JacksonException malformed) {
      throw ApiError.badRequest("the body is no JSON, has a member twice, or something behind it");
    }
    if (!root.isObject()) {
      throw ApiError.badRequest("the body is no JSON object");
    }
    for (String name : root.propertyNames()) {
      if (!known.contains(name)) {
        throw ApiError.badRequest("the body has a member that the standard does not have");
      }
    }
    return root;
  }
}
