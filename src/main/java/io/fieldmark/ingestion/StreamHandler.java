package io.fieldmark.ingestion;

import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/** {@code GET /v1/predictions/stream}: server-sent events, for as long as the client stays. */
public final class StreamHandler implements Handler<RoutingContext> {
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final ResultStream stream;
  private final ResultResponder responder;

  public StreamHandler(ResultStream stream, ResultResponder responder) {
    this.stream = stream;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (!stream.add(response)) {
      responder.answer(
          response,
          Rejection.retryable(
              Exchange.of(context).id(),
              RejectionReason.OVERLOADED,
              "All %d places of the live stream are taken.".formatted(stream.bound()),
              RETRY));
      return;
    }
    response.closeHandler(gone -> stream.remove(response));
    response
        .setChunked(true)
        .putHeader("content-type", "text/event-stream")
        .putHeader("cache-control", "no-store")
        .putHeader("x-accel-buffering", "no")
        .write("retry: 2000\n\n");
  }
}
