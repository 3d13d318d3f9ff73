package io.fieldmark.transport;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.RequestId;
import java.util.function.Consumer;

/** Port of the ingestion side: where photos go and answers come from. Safe for any thread. */
public interface InferenceClient {
  /**
   * Hands a photo over. A request with a deadline is answered at the latest shortly after it. Where
   * photos are stored, one that somebody waits for already is not stored again. Futures complete on
   * the caller's context.
   */
  Submission submit(InferenceRequest request);

  /** Nobody waits any more: what has not begun, and is not promised to anyone, may be dropped. */
  void cancel(RequestId id);

  /**
   * Every result that becomes known to this process, whoever asked for it, each id once. The
   * listener must neither block nor throw; it may be called on any thread.
   */
  void onResult(Consumer<InferenceResult> listener);

  /**
   * Whether a photo that is accepted survives the end of any process. Where it does not, there is
   * no answer later than the request's, and no request without a deadline.
   */
  boolean stores();

  /**
   * Whether the result of this id, which is not known here, may still come: it is young, or older
   * photos are not answered yet.
   */
  boolean mayStillAnswer(RequestId id);

  /** As of now; cheap enough to be asked at every request. */
  InferenceCapacity capacity();
}
