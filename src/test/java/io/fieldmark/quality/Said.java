package io.fieldmark.quality;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Feedback for tests. */
final class Said {
  static final Instant NOW = Instant.parse("2026-03-08T10:00:00Z");

  private Said() {}

  static Feedback right(double confidence) {
    return feedback("cat", confidence, true, Optional.empty(), Duration.ZERO);
  }

  static Feedback wrong(double confidence) {
    return feedback("cat", confidence, false, Optional.empty(), Duration.ZERO);
  }

  static Feedback wrong(String predicted, String label) {
    return feedback(predicted, 0.9, false, Optional.of(label), Duration.ZERO);
  }

  static Feedback right(Duration age) {
    return feedback("cat", 0.9, true, Optional.empty(), age);
  }

  static Feedback wrong(Duration age) {
    return feedback("cat", 0.9, false, Optional.empty(), age);
  }

  static Feedback feedback(
      String predicted, double confidence, boolean correct, Optional<String> label, Duration age) {
    return new Feedback(
        RequestId.next(NOW),
        new ModelReference("test-animals", "1"),
        predicted,
        confidence,
        Verdict.IDENTIFIED,
        correct,
        label,
        NOW.minus(age));
  }
}
