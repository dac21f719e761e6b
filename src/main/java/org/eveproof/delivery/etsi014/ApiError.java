package org.eveproof.delivery.etsi014;

import java.util.List;
import java.util.Map;

/**
 * A request that is refused, in the form of ETSI GS QKD 014, clause 6.5. The message is for the
 * caller: it says what is wrong and has no key in it.
 */
final class ApiError extends Exception {
  private static final long serialVersionUID = 1L;

  /** The request has a wrong form, or asks for what there is not. */
  static final int BAD_REQUEST = 400;

  /** The caller may not have this. */
  static final int UNAUTHORIZED = 401;

  /** There is no such resource; not in the standard's list, but what HTTP says. */
  static final int NOT_FOUND = 404;

  /** The resource has no such method; not in the standard's list, but what HTTP says. */
  static final int METHOD_NOT_ALLOWED = 405;

  /** The KME cannot serve this now. */
  static final int UNAVAILABLE = 503;

  private final int status;
  private final transient List<Map<String, String>> details;

  ApiError(int status, String message) {
    this(status, message, List.of());
  }

  ApiError(int status, String message, List<Map<String, String>> details) {
    super(message, null, false, false);
    this.status = status;
    this.details = List.copyOf(details);
  }

  /** A request of the wrong form. */
  static ApiError badRequest(String message) {
    return new ApiError(BAD_REQUEST, message);
  }

  int status() {
    return status;
  }

  List<Map<String, String>> details() {
    return details;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
