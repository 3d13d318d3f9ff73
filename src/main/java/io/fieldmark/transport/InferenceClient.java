package io.fieldmark.transport;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.RequestId;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Port of the ingestion side: where photos go and answers come from. Safe for any thread. */
public interface InferenceClient {
  /**
   * Completes with a prediction or a rejection, at the latest shortly after the request's deadline;
   * on the caller's context. Fails only for a bug or dead infrastructure.
   */
  Future<InferenceResult> submit(InferenceRequest request);

  /** Nobody waits any more: what has not begun, and is not promised to anyone, may be dropped. */
  void cancel(RequestId id);

  /**
   * Every result that becomes known to this process, whoever asked for it, each id once. The
   * listener must neither block nor throw; it may be called on any thread.
   */
  void onResult(Consumer<InferenceResult> listener);

  /** As of now; cheap enough to be asked at every request. */
  InferenceCapacity capacity();
}
