package io.fieldmark.domain;

import java.time.Duration;
import java.util.Optional;

/**
 * An expected failure, as a value that travels like a prediction.
 *
 * @param detail one sentence for the person who asked: what is wrong, and what would be right
 * @param retryAfter when another try may succeed; present when waiting is all that is needed
 */
public record Rejection(
    RequestId id, RejectionReason reason, String detail, Optional<Duration> retryAfter)
    implements InferenceResult {

  public static Rejection of(RequestId id, RejectionReason reason, String detail) {
    return new Rejection(id, reason, detail, Optional.empty());
  }

  public static Rejection retryable(
      RequestId id, RejectionReason reason, String detail, Duration retryAfter) {
    return new Rejection(id, reason, detail, Optional.of(retryAfter));
  }

  public static Rejection expired(RequestId id, Stage stage) {
    return of(
        id,
        RejectionReason.DEADLINE_EXCEEDED,
        "The deadline passed in stage '%s'. Allow more time with X-Request-Timeout, or try again when the service is less busy."
            .formatted(stage.wireName()));
  }
}
