package io.fieldmark.ingestion;

import io.fieldmark.domain.RequestId;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code GET /v1/predictions/{id}}. */
public final class FindPredictionHandler implements Handler<RoutingContext> {
  private final RetainedResults retained;
  private final ResultResponder responder;

  public FindPredictionHandler(RetainedResults retained, ResultResponder responder) {
    this.retained = retained;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    Optional<RequestId> id = RequestId.parse(context.pathParam("id"));
    id.flatMap(retained::find)
        .ifPresentOrElse(
            result -> responder.answer(context.response(), result),
            () -> responder.problem(context.response(), absent(context, id)));
  }

  private Problem absent(RoutingContext context, Optional<RequestId> id) {
    RequestId instance = Exchange.of(context).id();
    return id.isPresent() && retained.tooOld(id.get())
        ? Problem.gone(instance, "Results are kept for some minutes only; this one is older.")
        : Problem.notFound(instance, "There is no prediction with this id.");
  }
}
