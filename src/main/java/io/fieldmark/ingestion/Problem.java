package io.fieldmark.ingestion;

import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * An error as clients see it: RFC 9457 with our {@code reason}. The only place with status codes.
 */
public record Problem(
    int status,
    String reason,
    String title,
    String detail,
    RequestId instance,
    Optional<Duration> retryAfter) {

  static Problem of(Rejection rejection) {
    return new Problem(
        status(rejection.reason()),
        rejection.reason().wireName(),
        title(rejection.reason()),
        rejection.detail(),
        rejection.id(),
        rejection.retryAfter());
  }

  static Problem notFound(RequestId instance, String detail) {
    return plain(404, "not_found", "Not found", detail, instance);
  }

  static Problem gone(RequestId instance, String detail) {
    return plain(410, "gone", "No longer kept", detail, instance);
  }

  static Problem methodNotAllowed(RequestId instance, String detail) {
    return plain(405, "method_not_allowed", "Method not allowed", detail, instance);
  }

  static Problem notAcceptable(RequestId instance, String detail) {
    return plain(406, "not_acceptable", "Not acceptable", detail, instance);
  }

  private static Problem plain(
      int status, String reason, String title, String detail, RequestId instance) {
    return new Problem(status, reason, title, detail, instance, Optional.empty());
  }

  public static int status(RejectionReason reason) {
    return switch (reason) {
      case EMPTY, MALFORMED -> 400;
      case TOO_LARGE, TOO_MANY_PIXELS -> 413;
      case UNSUPPORTED_FORMAT -> 415;
      case UNDECODABLE -> 422;
      case OVERLOADED -> 429;
      // What proxies log when the client closed the connection; nobody is left to read it.
      case CANCELLED -> 499;
      case INTERNAL -> 500;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }

  private static String title(RejectionReason reason) {
    return switch (reason) {
      case EMPTY -> "No image";
      case MALFORMED -> "Malformed request";
      case TOO_LARGE -> "Image too large";
      case TOO_MANY_PIXELS -> "Too many pixels";
      case UNSUPPORTED_FORMAT -> "Not a supported image";
      case UNDECODABLE -> "Image cannot be decoded";
      case OVERLOADED -> "Too busy";
      case CANCELLED -> "Client closed the connection";
      case INTERNAL -> "Internal error";
      case UNAVAILABLE -> "Not available now";
      case DEADLINE_EXCEEDED -> "Deadline exceeded";
    };
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("type", "urn:fieldmark:problem:" + reason)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("instance", "urn:uuid:" + instance)
        .put("reason", reason);
  }
}
