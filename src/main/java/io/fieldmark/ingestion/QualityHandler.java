package io.fieldmark.ingestion;

import io.fieldmark.quality.Quality;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code GET /v1/models/{name}/quality}: how good a model is, by feedback. */
public final class QualityHandler implements Handler<RoutingContext> {
  private final FeedbackTally tally;
  private final ResultResponder responder;

  public QualityHandler(FeedbackTally tally, ResultResponder responder) {
    this.tally = tally;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    String model = context.pathParam("name");
    context
        .vertx()
        .executeBlocking(() -> tally.of(model), false)
        .onSuccess(quality -> answer(context, model, quality))
        .onFailure(context::fail);
  }

  private void answer(RoutingContext context, String model, Optional<Quality> quality) {
    if (quality.isPresent()) {
      responder.json(context.response(), QualityJson.of(model, quality.get()));
    } else {
      responder.problem(
          context.response(),
          Problem.notFound(
              Exchange.of(context).id(), "No model of this name answers now; see /v1/models."));
    }
  }
}
