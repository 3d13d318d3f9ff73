package io.fieldmark.ingestion;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RequestId;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;

/** {@code POST /v1/predictions/{id}/feedback}: whether the answer was right. */
public final class FeedbackHandler implements Handler<RoutingContext> {
  private final RetainedResults retained;
  private final FeedbackIntake intake;
  private final ResultResponder responder;
  private final Clock clock;

  public FeedbackHandler(
      RetainedResults retained, FeedbackIntake intake, ResultResponder responder, Clock clock) {
    this.retained = retained;
    this.intake = intake;
    this.responder = responder;
    this.clock = clock;
  }

  @Override
  public void handle(RoutingContext context) {
    Optional<RequestId> id = RequestId.parse(context.pathParam("id"));
    Optional<InferenceResult> result = id.flatMap(retained::find);
    if (result.isEmpty()) {
      responder.problem(context.response(), AbsentPrediction.of(context, id, retained));
      return;
    }
    switch (result.get()) {
      case Prediction prediction -> read(context, prediction);
      case Rejection refused ->
          responder.problem(
              context.response(),
              Problem.notFound(
                  Exchange.of(context).id(), "This photo was refused: there is no prediction."));
    }
  }

  private void read(RoutingContext context, Prediction prediction) {
    RequestId request = Exchange.of(context).id();
    String predicted = prediction.best().label();
    SmallBody.read(context.vertx(), context.request(), request)
        .map(body -> body.then(json -> Opinion.read(request, json)))
        .map(read -> read.then(opinion -> opinion.of(predicted, request)))
        .onSuccess(
            said -> {
              switch (said) {
                case Admission.Admitted<Opinion> opinion ->
                    take(context, feedback(prediction, opinion.value()));
                case Admission.Refused<Opinion> refused ->
                    responder.answer(context.response(), refused.rejection());
              }
            });
  }

  private Feedback feedback(Prediction prediction, Opinion opinion) {
    return new Feedback(
        prediction.id(),
        prediction.model(),
        prediction.best().label(),
        prediction.best().confidence(),
        prediction.verdict(),
        opinion.correct(),
        opinion.label(),
        clock.instant());
  }

  private void take(RoutingContext context, Feedback feedback) {
    intake
        .take(feedback, Exchange.of(context).id())
        .onSuccess(
            refused -> {
              if (refused.isPresent()) {
                responder.answer(context.response(), refused.get());
              } else {
                responder.json(context.response(), json(feedback));
              }
            });
  }

  private static JsonObject json(Feedback feedback) {
    JsonObject json =
        new JsonObject()
            .put("id", feedback.id().toString())
            .put("predicted", feedback.predicted())
            .put("correct", feedback.correct());
    feedback.label().ifPresent(label -> json.put("label", label));
    return json;
  }
}
