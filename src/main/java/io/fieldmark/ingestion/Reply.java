package io.fieldmark.ingestion;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.RequestId;
import java.util.Optional;

/** What a client is told of its photo. */
sealed interface Reply {
  record Settled(InferenceResult result) implements Reply {}

  /**
   * The photo is stored, its answer is not there yet.
   *
   * @param applied the preferences that led to this, as {@code Preference-Applied} names them
   */
  record Pending(RequestId id, Optional<String> applied) implements Reply {}
}
