package org.eveproof.delivery.etsi014;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters behind the question mark, each at most once, none that is not known. */
record QueryParameters(Map<String, String> values) {
  private static final int MAX_LENGTH = 1024;

  /**
   * Reads a query as it was sent.
   *
   * @param raw null if there was no question mark
   * @param known what may be in it
   */
  static QueryParameters parse(@Nullable String raw, Set<String> known) throws ApiError {
    Map<String, String> values = new LinkedHashMap<>();
    if (raw != null && raw.length() > MAX_LENGTH) {
      throw ApiError.badRequest("the query is longer than " + MAX_LENGTH + " characters");
    }
    for (String each : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equals = each.indexOf('=');
      Optional<String> name = ResourcePath.decode(each.substring(0, Math.max(equals, 0)));
      Optional<String> value = ResourcePath.decode(each.substring(equals + 1));
      if (name.filter(known::contains).isEmpty() || value.isEmpty()) {
        throw ApiError.badRequest(
            known.isEmpty()
                ? "there are no query parameters here"
                : "a query parameter is none of " + String.join(", ", known) + ", or malformed");
      }
      if (values.put(name.get(), value.get()) != null) {
        throw ApiError.badRequest(name.get() + " is given twice");
      }
    }
    return new QueryParameters(values);
  }

  /** Returns a parameter as it is. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Returns a parameter that is a whole number. */
  Optional<Long> number(String name) throws ApiError {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("-?[0-9]{1,18}")) {
      throw ApiError.badRequest(name + " is not a whole number");
    }
    return Optional.of(Long.parseLong(text.get()));
  }
}
