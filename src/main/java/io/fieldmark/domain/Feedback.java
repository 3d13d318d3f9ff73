package io.fieldmark.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody says of an answer. Complete in itself, so that whoever reads it needs the
 * prediction no more.
 *
 * @param predicted the best guess, which was sure to {@code confidence}
 * @param label what is in the photo, in the words of whoever said it; may be none that the model
 *     knows
 */
public record Feedback(
    RequestId id,
    ModelReference model,
    String predicted,
    double confidence,
    Verdict verdict,
    boolean correct,
    Optional<String> label,
    Instant at) {

  /** What is in the photo, as far as it was said: what was predicted, when that is right. */
  public Optional<String> actual() {
    return correct ? Optional.of(predicted) : label;
  }
}
