package io.fieldmark.transport.eventbus;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.ModelDescription;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.transport.BatchHandler;
import io.fieldmark.transport.BatchHandler.Queued;
import io.fieldmark.transport.InferenceServer;
import io.fieldmark.transport.eventbus.Addresses.Batch;
import io.fieldmark.transport.eventbus.Addresses.Waiting;
import io.fieldmark.transport.eventbus.Addresses.WorkerIdle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each worker an address of its own and announces it to the dispatcher whenever it is idle.
 */
final class EventBusInferenceServer implements InferenceServer {
  private static final Logger LOG = LoggerFactory.getLogger(EventBusInferenceServer.class);

  private final Vertx vertx;
  private final AtomicInteger workers = new AtomicInteger();

  EventBusInferenceServer(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Future<Void> register(ModelDescription model, BatchHandler handler) {
    String address = Addresses.WORKER + workers.getAndIncrement();
    return vertx
        .eventBus()
        .<Batch>localConsumer(
            address, batch -> answer(address, model, handler, batch.body().waiting()))
        .completion()
        .onSuccess(ready -> announce(new WorkerIdle(address, model, 0, 0)));
  }

  private void answer(
      String address, ModelDescription model, BatchHandler handler, List<Waiting> batch) {
    long begin = System.nanoTime();
    List<InferenceResult> results = handle(handler, batch);
    for (int i = 0; i < results.size(); i++) {
      batch.get(i).message().reply(results.get(i), Addresses.LOCAL);
    }
    announce(new WorkerIdle(address, model, batch.size(), System.nanoTime() - begin));
  }

  /**
   * A handler that throws is a bug; its requests are answered all the same, and the worker goes on.
   */
  private static List<InferenceResult> handle(BatchHandler handler, List<Waiting> batch) {
    try {
      return handler.handle(
          batch.stream().map(w -> new Queued(w.request(), w.sinceNanos())).toList());
    } catch (RuntimeException bug) {
      LOG.error("A batch of {} failed", batch.size(), bug);
      return batch.stream()
          .<InferenceResult>map(
              w ->
                  Rejection.of(
                      w.request().id(),
                      RejectionReason.INTERNAL,
                      "Inference failed for a reason of ours; the log has it under this id."))
          .toList();
    }
  }

  private void announce(WorkerIdle idle) {
    vertx.eventBus().send(Addresses.IDLE, idle, Addresses.LOCAL);
  }
}
