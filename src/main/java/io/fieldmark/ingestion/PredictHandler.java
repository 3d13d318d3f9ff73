package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Ingestion;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.Admission.Admitted;
import io.fieldmark.domain.Admission.Refused;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.transport.InferenceClient;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/predictions}: the main path, from a body's first byte to the answer. */
public final class PredictHandler implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(PredictHandler.class);

  private final Ingestion config;
  private final InFlightLimiter limiter;
  private final PhotoIntake intake;
  private final RetainedResults retained;
  private final InferenceClient client;
  private final WaitingRoom room;
  private final PipelineMetrics metrics;
  private final PredictResponder responder;

  public PredictHandler(
      Ingestion config,
      InFlightLimiter limiter,
      PhotoIntake intake,
      RetainedResults retained,
      InferenceClient client,
      WaitingRoom room,
      PipelineMetrics metrics,
      PredictResponder responder) {
    this.config = config;
    this.limiter = limiter;
    this.intake = intake;
    this.retained = retained;
    this.client = client;
    this.room = room;
    this.metrics = metrics;
    this.responder = responder;
  }

  @Override
  public void handle(RoutingContext context) {
    limiter
        .enter(intake.announcedBytes(context.request()))
        .ifPresentOrElse(
            permit ->
                Future.succeededFuture()
                    .compose(none -> answer(context, permit))
                    .otherwise(bug -> internal(Exchange.of(context), bug))
                    .onSuccess(
                        reply -> {
                          permit.release();
                          responder.finish(context, reply);
                        }),
            () -> responder.finish(context, unread(context, full(context))));
  }

  private Future<Reply> answer(RoutingContext context, InFlightLimiter.Permit permit) {
    return switch (PredictParameters.read(context, Exchange.of(context).id(), config)) {
      case Refused<PredictParameters> refused ->
          Future.succeededFuture(unread(context, refused.rejection()));
      case Admitted<PredictParameters> admitted ->
          intake
              .receive(context, admitted.value(), permit)
              .compose(image -> infer(context, image, admitted.value(), permit));
    };
  }

  private Reply unread(RoutingContext context, Rejection rejection) {
    intake.discard(context.request());
    return new Reply.Settled(rejection);
  }

  private Future<Reply> infer(
      RoutingContext context,
      Admission<ImageFile> admission,
      PredictParameters parameters,
      InFlightLimiter.Permit permit) {
    Exchange exchange = Exchange.of(context);
    long received = exchange.elapsedNanos();
    metrics.stageFinished(Stage.RECEIVE, received);
    return switch (admission) {
      case Refused<ImageFile> refused ->
          Future.succeededFuture(new Reply.Settled(refused.rejection()));
      case Admitted<ImageFile> image -> {
        Optional<InferenceResult> known = retained.find(exchange.id());
        yield known.isPresent()
            ? Future.succeededFuture(new Reply.Settled(known.get()))
            : room.ask(
                request(context, image.value(), parameters, received),
                parameters.preferences(),
                permit,
                context.response());
      }
    };
  }

  private InferenceRequest request(
      RoutingContext context, ImageFile image, PredictParameters parameters, long received) {
    Exchange exchange = Exchange.of(context);
    return new InferenceRequest(
        exchange.id(),
        image,
        parameters.topK(),
        StageTimings.NONE.with(Stage.RECEIVE, received),
        parameters.allowed(client.stores()).map(exchange.begunAt()::plus),
        Optional.ofNullable(context.request().getHeader("traceparent")));
  }

  private Rejection full(RoutingContext context) {
    return limiter.full(Exchange.of(context).id(), client.capacity().retryAfter());
  }

  private static Reply internal(Exchange exchange, Throwable bug) {
    LOG.atError().addKeyValue("request", exchange.id()).setCause(bug).log("A request failed");
    return new Reply.Settled(
        Rejection.of(
            exchange.id(),
            RejectionReason.INTERNAL,
            "Something broke on our side; the log has it under this id."));
  }
}
