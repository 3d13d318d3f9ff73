package io.fieldmark.ingestion;

import io.fieldmark.domain.LifecycleState;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.InferenceClient;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** {@code GET /v1/capacity}: how full the service is, for clients that pace themselves. */
public final class CapacityHandler implements Handler<RoutingContext> {
  private final InferenceClient client;
  private final InFlightLimiter limiter;
  private final Supplier<LifecycleState> lifecycle;
  private final ResultResponder responder;

  public CapacityHandler(
      InferenceClient client,
      InFlightLimiter limiter,
      Supplier<LifecycleState> lifecycle,
      ResultResponder responder) {
    this.client = client;
    this.limiter = limiter;
    this.lifecycle = lifecycle;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    InferenceCapacity now = client.capacity();
    boolean ready = lifecycle.get() == LifecycleState.SERVING && now.available();
    JsonObject body =
        new JsonObject()
            .put("ready", ready)
            .put(
                "inflight",
                new JsonObject()
                    .put("requests", limiter.requests())
                    .put("max_requests", limiter.maxRequests())
                    .put("bytes", limiter.bytes())
                    .put("max_bytes", limiter.maxBytes()))
            .put("queue", new JsonObject().put("depth", now.waiting()).put("capacity", now.bound()))
            .put(
                "workers",
                new JsonObject().put("total", now.workers()).put("busy", now.busyWorkers()))
            .put(
                "throughput_per_second",
                now.throughput().isPresent()
                    ? Math.round(10 * now.throughput().getAsDouble()) / 10.0
                    : null)
            .put("estimated_wait_ms", now.estimatedWait().toMillis());
    responder.json(context.response(), body);
  }
}
