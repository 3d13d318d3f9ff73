package io.fieldmark.domain;

import java.time.Instant;
import java.util.List;

/**
 * The model's answer.
 *
 * @param classifications the most probable first, at least one, at most the request's top-k
 * @param answeredAt when the forward pass was done
 */
public record Prediction(
    RequestId id,
    ModelReference model,
    List<Classification> classifications,
    Verdict verdict,
    ImageHeader image,
    StageTimings timings,
    Instant answeredAt)
    implements InferenceResult {

  public Classification best() {
    return classifications.get(0);
  }
}
