package io.fieldmark.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One photo to be classified.
 *
 * @param topK how many classifications the answer carries at most, at least 1
 * @param timings of the stages that the request has passed already
 * @param deadline after which nobody waits for the answer; empty when there is no such moment
 * @param traceparent of the caller's trace (W3C Trace Context), handed through unread
 */
public record InferenceRequest(
    RequestId id,
    ImageFile image,
    int topK,
    StageTimings timings,
    Optional<Instant> deadline,
    Optional<String> traceparent) {

  public boolean expiredAt(Instant now) {
    return deadline.isPresent() && !now.isBefore(deadline.get());
  }
}
