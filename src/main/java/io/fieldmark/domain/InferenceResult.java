package io.fieldmark.domain;

/** What every request ends as, exactly once. */
public sealed interface InferenceResult permits Prediction, Rejection {
  RequestId id();
}
