package io.fieldmark.transport.kafka;

import io.fieldmark.domain.InferenceResult;
import java.time.Instant;
import java.util.Optional;

/**
 * A result as it stands on its topic.
 *
 * @param image the photo that it answers; empty when its writer did not say
 * @param deadLettered a refusal whose photo is kept, and may yet be answered
 * @param replayed answers a photo that was a dead letter, and supersedes that refusal
 */
public record ResultRecord(
    InferenceResult result, Optional<ImagePosition> image, boolean deadLettered, boolean replayed) {
  /** Where the photo stands on its topic, and since when. */
  public record ImagePosition(int partition, long offset, Instant storedAt) {}
}
