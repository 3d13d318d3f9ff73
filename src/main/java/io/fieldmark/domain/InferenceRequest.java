package io.fieldmark.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One photo to be classified.
 *
 * @param topK how many classifications the answer carries at most, at least 1
 * @param receivedAt when the first byte of the request was seen
 * @param deadline after which nobody waits for the answer; empty when there is no such moment
 */
public record InferenceRequest(
    RequestId id, ImageFile image, int topK, Instant receivedAt, Optional<Instant> deadline) {

  public boolean expiredAt(Instant now) {
    return deadline.isPresent() && !now.isBefore(deadline.get());
  }
}
