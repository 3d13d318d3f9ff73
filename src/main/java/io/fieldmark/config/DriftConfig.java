package io.fieldmark.config;

import java.nio.file.Path;
import java.util.Optional;

/** Against what, and over how many answers, drift is measured. */
public record DriftConfig(Optional<Path> reference, int window, int minAnswers) {
  private static final int LARGEST = 1_000_000;

  public DriftConfig {
    new Checks()
        .atLeast("drift.window", 1, window)
        .that(window <= LARGEST, "drift.window must be at most %d".formatted(LARGEST))
        .atLeast("drift.min_answers", 1, minAnswers)
        .that(
            minAnswers <= window,
            "drift.min_answers (%d) must not exceed drift.window (%d), or no figure is ever shown"
                .formatted(minAnswers, window))
        .verify();
  }
}
