package io.fieldmark.transport;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import java.util.List;

/** What an inference worker does with the requests it is given. */
@FunctionalInterface
public interface BatchHandler {
  /**
   * Blocks until the whole batch is answered; called on the worker's own thread, never by two
   * threads at once.
   *
   * @param batch what to answer, with the moment each request began to wait; never empty
   * @return one result for each request, in the same order; never throws for what is wrong with a
   *     single image
   */
  List<InferenceResult> handle(List<Queued> batch);

  /** A request and when ({@link System#nanoTime}) it began to wait for a worker. */
  record Queued(InferenceRequest request, long sinceNanos) {}
}
