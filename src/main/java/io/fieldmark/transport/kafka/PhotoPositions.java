package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.ResultRecord.ImagePosition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the photos of the last predictions stand on their topic. Safe for any thread. */
final class PhotoPositions {
  private final int bound;
  private final Map<RequestId, ImagePosition> positions = new LinkedHashMap<>();

  /**
   * @param bound photos; the oldest make room
   */
  PhotoPositions(int bound) {
    this.bound = bound;
  }

  /** Of a refusal there is nothing to say, so its photo is not looked for. */
  synchronized void answered(ResultRecord record) {
    if (record.result() instanceof Prediction prediction && record.image().isPresent()) {
      positions.remove(prediction.id());
      positions.put(prediction.id(), record.image().get());
      if (positions.size() > bound) {
        positions.remove(positions.keySet().iterator().next());
      }
    }
  }

  synchronized Optional<ImagePosition> find(RequestId id) {
    return Optional.ofNullable(positions.get(id));
  }

  synchronized int size() {
    return positions.size();
  }

  int bound() {
    return bound;
  }
}
