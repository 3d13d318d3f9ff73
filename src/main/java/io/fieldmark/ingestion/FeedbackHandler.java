package io.fieldmark.ingestion;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.LabelledPhotos.Keeping;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;

/**
 * {@code /v1/predictions/{id}/feedback}. {@code POST}: whether the answer was right. {@code DELETE}
 * takes that back, as long as anything of it may be kept, and so also when the answer is not.
 */
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
    if (context.request().method().equals(HttpMethod.DELETE)) {
      withdraw(context, id);
    } else {
      take(context, id);
    }
  }

  private void withdraw(RoutingContext context, Optional<RequestId> id) {
    if (id.isEmpty()) {
      responder.problem(context.response(), AbsentPrediction.of(context, id, retained));
      return;
    }
    intake
        .withdraw(id.get(), Exchange.of(context).id())
        .onSuccess(
            withdrawn -> {
              switch (withdrawn) {
                case Admission.Admitted<Void> done -> responder.done(context.response());
                case Admission.Refused<Void> refused ->
                    responder.answer(context.response(), refused.rejection());
              }
            });
  }

  private void take(RoutingContext context, Optional<RequestId> id) {
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
            taken -> {
              switch (taken) {
                case Admission.Admitted<Optional<Keeping>> photo ->
                    responder.json(context.response(), json(feedback, photo.value()));
                case Admission.Refused<Optional<Keeping>> refused ->
                    responder.answer(context.response(), refused.rejection());
              }
            });
  }

  private static JsonObject json(Feedback feedback, Optional<Keeping> photo) {
    JsonObject json =
        new JsonObject()
            .put("id", feedback.id().toString())
            .put("predicted", feedback.predicted())
            .put("correct", feedback.correct());
    feedback.label().ifPresent(label -> json.put("label", label));
    photo.ifPresent(kept -> json.put("photo", kept.wireName()));
    return json;
  }
}
