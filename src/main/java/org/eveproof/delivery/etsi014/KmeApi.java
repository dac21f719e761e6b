package org.eveproof.delivery.etsi014;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eveproof.delivery.DeliveryRules;
import org.eveproof.delivery.Entitlements;
import org.eveproof.delivery.KeyHolder;
import org.eveproof.delivery.KeyRequest;
import org.eveproof.delivery.SaeId;
import org.eveproof.delivery.Verdict;
import org.eveproof.delivery.etsi014.RequestJson.KeyRequestBody;
import org.eveproof.delivery.service.DeliveryService;
import org.eveproof.delivery.service.KeyOutcome;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.jspecify.annotations.Nullable;

/**
 * What a KME answers to an SAE: status, keys for a master, keys for a slave (clauses 5 and 6).
 *
 * <p>Beyond the standard's list of codes: 404 for another path and 405 for another method.
 *
 * @param site whose site this KME is of
 * @param kme how this KME is called
 * @param peerKme how the KME of the other site is called
 */
public record KmeApi(
    Party site,
    String kme,
    String peerKme,
    DeliveryRules rules,
    Entitlements entitlements,
    DeliveryService service) {

  /** A request as it arrived, but for its body. */
  public record Call(String method, String path, @Nullable String query) {}

  /**
   * Answers.
   *
   * @param caller the SAE that the certificate of the connection names
   */
  public ApiResponse answer(SaeId caller, Call call, byte[] body) {
    ResourcePath path;
    try {
      path = ResourcePath.parse(call.path());
    } catch (ApiError refused) {
      return ApiResponse.error(refused);
    }
    String allowed = path.method().allowed();
    try {
      if (!List.of(allowed.split(", ")).contains(call.method())) {
        throw new ApiError(ApiError.METHOD_NOT_ALLOWED, "use " + allowed + " here");
      }
      return switch (path.method()) {
        case STATUS -> status(caller, path.sae(), call);
        case ENC_KEYS -> encKeys(caller, path.sae(), call, body);
        case DEC_KEYS -> decKeys(caller, path.sae(), call, body);
      };
    } catch (ApiError refused) {
      ApiResponse response = ApiResponse.error(refused);
      return refused.status() == ApiError.METHOD_NOT_ALLOWED
          ? response.allowing(allowed)
          : response;
    }
  }

  private ApiResponse status(SaeId master, SaeId slave, Call call) throws ApiError {
    requireEntitled(master, slave);
    QueryParameters.parse(call.query(), Set.of());
    long stored = service.stored(rules.keyBits()).orElseThrow(KmeApi::unavailable);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("source_KME_ID", kme);
    members.put("target_KME_ID", peerKme);
    members.put("master_SAE_ID", master.text());
    members.put("slave_SAE_ID", slave.text());
    members.put("key_size", rules.keyBits());
    members.put("stored_key_count", stored);
    members.put("max_key_count", Math.max(stored, rules.capacity()));
    members.put("max_key_per_request", rules.maxKeysPerRequest());
    members.put("max_key_size", rules.maxKeyBits());
    members.put("min_key_size", rules.minKeyBits());
    members.put("max_SAE_ID_count", rules.maxAdditionalSlaves());
    return ApiResponse.status(members);
  }

  @Refines("KeyDelivery!AskNew")
  private ApiResponse encKeys(SaeId master, SaeId slave, Call call, byte[] body) throws ApiError {
    requireEntitled(master, slave);
    boolean get = call.method().equals("GET");
    QueryParameters query =
        QueryParameters.parse(call.query(), get ? Set.of("number", "size") : Set.of());
    KeyRequestBody asked =
        get
            ? new KeyRequestBody(query.number("number"), query.number("size"), List.of())
            : RequestJson.keyRequest(body);
    long number = asked.number().orElse(1L);
    long size = asked.size().orElse((long) rules.keyBits());
    requireSize(size);
    if (number < 1 || number > rules.maxKeysPerRequest()) {
      throw ApiError.badRequest("number shall be from 1 to " + rules.maxKeysPerRequest());
    }
    List<SaeId> slaves = new ArrayList<>(List.of(slave));
    slaves.addAll(asked.additionalSlaves());
    if (asked.additionalSlaves().size() > rules.maxAdditionalSlaves()) {
      throw ApiError.badRequest(
          "there shall be at most " + rules.maxAdditionalSlaves() + " additional_slave_SAE_IDs");
    }
    if (new HashSet<>(slaves).size() != slaves.size()) {
      throw ApiError.badRequest("a slave SAE is named twice");
    }
    for (SaeId each : asked.additionalSlaves()) {
      requireEntitled(master, each);
    }
    KeyOutcome outcome = service.enc(new KeyRequest(master, slaves, (int) size, (int) number));
    if (outcome instanceof KeyOutcome.Given given) {
      return ApiResponse.keys(given.keys());
    }
    throw refusal(outcome);
  }

  private void requireSize(long size) throws ApiError {
    if (size % 8 != 0) {
      throw ApiError.badRequest("size shall be a multiple of 8");
    }
    if (size < rules.minKeyBits() || size > rules.maxKeyBits()) {
      throw ApiError.badRequest(
          "size shall be from " + rules.minKeyBits() + " to " + rules.maxKeyBits());
    }
  }

  private static ApiError refusal(KeyOutcome outcome) {
    if (outcome instanceof KeyOutcome.Refused refused) {
      return refused.verdict() == Verdict.NOT_ENTITLED
          ? new ApiError(
              ApiError.UNAUTHORIZED, "the other site does not entitle this SAE to these keys")
          : new ApiError(
              ApiError.UNAVAILABLE,
              refused.verdict() == Verdict.BACKLOG_FULL
                  ? "too many keys wait for the slave SAE already"
                  : "the other site cannot take these keys; try again");
    }
    if (outcome instanceof KeyOutcome.TooFew) {
      return new ApiError(ApiError.UNAVAILABLE, "there are not enough keys");
    }
    if (outcome instanceof KeyOutcome.NoAnswer) {
      return new ApiError(ApiError.UNAVAILABLE, "the KME of the other site does not answer");
    }
    return unavailable();
  }

  private ApiResponse decKeys(SaeId slave, SaeId master, Call call, byte[] body) throws ApiError {
    if (!entitlements.allows(site.peer(), master, slave)) {
      throw notEntitled();
    }
    List<UUID> ids;
    if (call.method().equals("GET")) {
      Optional<String> id = QueryParameters.parse(call.query(), Set.of("key_ID")).text("key_ID");
      ids =
          List.of(
              RequestJson.keyId(
                  id.orElseThrow(() -> ApiError.badRequest("the parameter key_ID is missing"))));
    } else {
      QueryParameters.parse(call.query(), Set.of());
      ids = RequestJson.keyIds(body);
    }
    if (ids.size() > rules.maxKeysPerRequest()) {
      throw ApiError.badRequest("there shall be at most " + rules.maxKeysPerRequest() + " key_IDs");
    }
    if (new HashSet<>(ids).size() != ids.size()) {
      throw ApiError.badRequest("a key_ID is given twice");
    }
    KeyHolder.Fetched fetched = service.dec(slave, master, ids).orElseThrow(KmeApi::unavailable);
    if (fetched instanceof KeyHolder.Keys keys) {
      return ApiResponse.keys(keys.keys());
    }
    if (fetched instanceof KeyHolder.Unknown unknown) {
      throw new ApiError(
          ApiError.BAD_REQUEST,
          "one or more keys specified are not found on KME",
          List.of(Map.of("key_ID", unknown.id().toString())));
    }
    throw notEntitled();
  }

  private void requireEntitled(SaeId master, SaeId slave) throws ApiError {
    if (!entitlements.allows(site, master, slave)) {
      throw notEntitled();
    }
  }

  private static ApiError notEntitled() {
    return new ApiError(
        ApiError.UNAUTHORIZED, "the SAE of this certificate is not entitled to keys of this pair");
  }

  private static ApiError unavailable() {
    return new ApiError(ApiError.UNAVAILABLE, "the KME cannot serve this now");
  }
}
