package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Retained;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RequestId;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The last results by their id, bounded by count and age. Safe for any thread. */
public final class RetainedResults {
  private final Retained bounds;
  private final Clock clock;
  private final Map<RequestId, Kept> results = new LinkedHashMap<>();

  private record Kept(InferenceResult result, Instant since) {}

  public RetainedResults(Retained bounds, Clock clock) {
    this.bounds = bounds;
    this.clock = clock;
  }

  /**
   * Keeps what was said of a photo. That there was no room for it is not kept: a flood would push
   * out the answers. What is kept already stays.
   */
  public void add(InferenceResult result) {
    keep(result, false);
  }

  /** Keeps the result that is visible from now on, whatever was kept before. */
  public void replace(InferenceResult result) {
    keep(result, true);
  }

  private synchronized void keep(InferenceResult result, boolean replaces) {
    if (!isAboutThePhoto(result) || (!replaces && results.containsKey(result.id()))) {
      return;
    }
    results.remove(result.id());
    results.put(result.id(), new Kept(result, clock.instant()));
    while (!results.isEmpty() && (results.size() > bounds.count() || tooOld(oldest().since()))) {
      results.remove(oldest().result().id());
    }
  }

  private Kept oldest() {
    return results.values().iterator().next();
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
    return Optional.ofNullable(results.get(id))
        .filter(kept -> !tooOld(kept.since()))
        .map(Kept::result);
  }

  /** Whether a result with this id, if there ever was one, is kept no longer. */
  boolean tooOld(RequestId id) {
    return id.createdAt().map(this::tooOld).orElse(false);
  }

  private boolean tooOld(Instant since) {
    return since.isBefore(clock.instant().minus(bounds.age()));
  }

  public synchronized int size() {
    return results.size();
  }

  public int bound() {
    return bounds.count();
  }
}
