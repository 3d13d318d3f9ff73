package io.fieldmark.ingestion;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.InferenceClient;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code GET /v1/predictions/{id}}. */
public final class FindPredictionHandler implements Handler<RoutingContext> {
  private final RetainedResults retained;
  private final InferenceClient client;
  private final ResultResponder responder;

  public FindPredictionHandler(
      RetainedResults retained, InferenceClient client, ResultResponder responder) {
    this.retained = retained;
    this.client = client;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    Optional<RequestId> id = RequestId.parse(context.pathParam("id"));
    Optional<InferenceResult> result = id.flatMap(retained::find);
    if (result.isPresent()) {
      responder.answer(context.response(), result.get());
    } else if (id.isPresent() && client.mayStillAnswer(id.get())) {
      responder.pending(
          context.response(),
          new Reply.Pending(id.get(), Optional.empty()),
          client.capacity().retryAfter());
    } else {
      responder.problem(context.response(), AbsentPrediction.of(context, id, retained));
    }
  }
}
