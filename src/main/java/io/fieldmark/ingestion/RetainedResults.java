package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Retained;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RequestId;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last results by their id, bounded by count and age. Safe for any thread. */
public final class RetainedResults {
  private final Retained bounds;
  private final Clock clock;
  private final Map<RequestId, InferenceResult> results = new LinkedHashMap<>();

  public RetainedResults(Retained bounds, Clock clock) {
    this.bounds = bounds;
    this.clock = clock;
  }

  /**
   * Keeps what was said of a photo. That there was no room for it is not kept: a flood would push
   * out the answers.
   */
  public synchronized void add(InferenceResult result) {
    if (!isAboutThePhoto(result)) {
      return;
    }
    results.putIfAbsent(result.id(), result);
    while (!results.isEmpty() && (results.size() > bounds.count() || tooOld(oldest()))) {
      results.remove(oldest());
    }
  }

  private RequestId oldest() {
    return results.keySet().iterator().next();
  }

  private static boolean isAboutThePhoto(InferenceResult result) {
    return switch (result) {
      case Prediction prediction -> true;
      case Rejection rejection ->
          switch (rejection.reason()) {
            case OVERLOADED, UNAVAILABLE, CANCELLED -> false;
            case EMPTY,
                MALFORMED,
                TOO_LARGE,
                TOO_MANY_PIXELS,
                UNSUPPORTED_FORMAT,
                UNDECODABLE,
                DEADLINE_EXCEEDED,
                INTERNAL ->
                true;
          };
    };
  }

  public synchronized Optional<InferenceResult> find(RequestId id) {
    return tooOld(id) ? Optional.empty() : Optional.ofNullable(results.get(id));
  }

  /** Whether a result with this id, if there ever was one, is kept no longer. */
  boolean tooOld(RequestId id) {
    return id.createdAt().isBefore(clock.instant().minus(bounds.age()));
  }

  public synchronized int size() {
    return results.size();
  }

  public int bound() {
    return bounds.count();
  }
}
