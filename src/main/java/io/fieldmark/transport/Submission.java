package io.fieldmark.transport;

import io.fieldmark.domain.InferenceResult;
import io.vertx.core.Future;

/**
 * A photo that was handed over.
 *
 * @param stored completes with true when the photo survives the end of any process, and will be
 *     answered even if nobody waits; with false when that will never be so. Never fails
 * @param answer completes with a prediction or a rejection; fails only for a bug or dead
 *     infrastructure
 */
public record Submission(Future<Boolean> stored, Future<InferenceResult> answer) {
  /** Of a transport that stores nothing, or of a photo that is answered at once. */
  public static Submission unstored(Future<InferenceResult> answer) {
    return new Submission(Future.succeededFuture(false), answer);
  }
}
