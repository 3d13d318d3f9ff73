package io.fieldmark.transport.eventbus;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RequestId;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.List;

/** The addresses of inference on the event bus and what is sent to them. */
final class Addresses {
  /** {@link InferenceRequest}, answered with an inference result. */
  static final String REQUESTS = "fieldmark.inference.requests";

  /** {@link WorkerIdle}. */
  static final String IDLE = "fieldmark.inference.idle";

  /** {@link RequestId} of a request that nobody waits for any more. */
  static final String CANCELLED = "fieldmark.inference.cancelled";

  /** Followed by a number; one worker each, which is sent a {@link Batch}. */
  static final String WORKER = "fieldmark.inference.worker.";

  static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private Addresses() {}

  /** A request that waits, {@code message} being the way to answer it. */
  record Waiting(Message<InferenceRequest> message, long sinceNanos) {
    InferenceRequest request() {
      return message.body();
    }
  }

  /** What one worker is to answer next. */
  record Batch(List<Waiting> waiting) {}

  /**
   * A worker has nothing to do.
   *
   * @param answered requests in the batch that it finished, 0 when it has just begun
   * @param nanos how long that batch took
   */
  record WorkerIdle(String address, ModelDescription model, int answered, long nanos) {}

  /** Once for each event bus. */
  static void registerCodecs(EventBus bus) {
    register(bus, InferenceRequest.class);
    register(bus, Prediction.class);
    register(bus, Rejection.class);
    register(bus, RequestId.class);
    register(bus, Batch.class);
    register(bus, WorkerIdle.class);
  }

  private static <T> void register(EventBus bus, Class<T> type) {
    bus.registerDefaultCodec(type, new ReferenceCodec<>(type));
  }
}
