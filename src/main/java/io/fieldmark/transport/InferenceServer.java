package io.fieldmark.transport;

import io.fieldmark.domain.ModelDescription;
import io.vertx.core.Future;

/** Port of the inference side: where workers offer their service. */
public interface InferenceServer {
  /**
   * Offers one worker. Must be called on the worker's own context, which {@code handler} is then
   * called on. From the completion of the future on, batches arrive; never more than one at a time.
   */
  Future<Void> register(ModelDescription model, BatchHandler handler);
}
