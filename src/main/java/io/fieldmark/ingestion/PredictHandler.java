package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Ingestion;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.Admission.Admitted;
import io.fieldmark.domain.Admission.Refused;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.validation.ImageValidator;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/predictions}: the main path, from a body's first byte to the answer. */
public final class PredictHandler implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(PredictHandler.class);
  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

  private final Ingestion config;
  private final InFlightLimiter limiter;
  private final UploadReader reader;
  private final ImageValidator validator;
  private final InferenceClient client;
  private final ResultResponder responder;
  private final PipelineMetrics metrics;
  private final Consumer<InferenceResult> retain;

  public PredictHandler(
      Ingestion config,
      InFlightLimiter limiter,
      UploadReader reader,
      ImageValidator validator,
      InferenceClient client,
      ResultResponder responder,
      PipelineMetrics metrics,
      Consumer<InferenceResult> retain) {
    this.config = config;
    this.limiter = limiter;
    this.reader = reader;
    this.validator = validator;
    this.client = client;
    this.responder = responder;
    this.metrics = metrics;
    this.retain = retain;
  }

  @Override
  public void handle(RoutingContext context) {
    Exchange exchange = Exchange.of(context);
    long announced = Math.max(0, UploadReader.announcedBytes(context.request()));
    // More than the limit is refused while being read; it must not count as room taken.
    limiter
        .enter(Math.min(announced, validator.maxBytes()))
        .ifPresentOrElse(
            permit ->
                Future.succeededFuture()
                    .compose(none -> answer(context, exchange, permit))
                    .otherwise(bug -> internal(exchange, bug))
                    .onSuccess(
                        result -> {
                          permit.release();
                          finish(context, exchange, result);
                        }),
            () -> finish(context, exchange, unread(context, full(exchange))));
  }

  private Future<InferenceResult> answer(
      RoutingContext context, Exchange exchange, InFlightLimiter.Permit permit) {
    return switch (PredictParameters.read(context, exchange.id(), config)) {
      case Refused<PredictParameters> refused ->
          Future.succeededFuture(unread(context, refused.rejection()));
      case Admitted<PredictParameters> admitted ->
          receive(context, exchange, permit, admitted.value().timeout())
              .compose(image -> infer(context, exchange, image, admitted.value()));
    };
  }

  private InferenceResult unread(RoutingContext context, Rejection rejection) {
    reader.discard(context.request());
    return rejection;
  }

  private Future<Admission<ImageFile>> receive(
      RoutingContext context, Exchange exchange, InFlightLimiter.Permit permit, Duration timeout) {
    return reader
        .read(context.request(), exchange.id(), permit)
        .timeout(timeout.toMillis() + 1, TimeUnit.MILLISECONDS)
        .map(read -> read.then(bytes -> validator.validate(exchange.id(), bytes)))
        .recover(
            failure ->
                failure instanceof TimeoutException
                    ? Future.succeededFuture(tooSlow(context, exchange))
                    : Future.failedFuture(failure));
  }

  /** Its answer is the last thing on a connection that would otherwise drip on for ever. */
  private static Admission<ImageFile> tooSlow(RoutingContext context, Exchange exchange) {
    context.addEndHandler(answered -> context.request().connection().close());
    return new Refused<>(Rejection.expired(exchange.id(), Stage.RECEIVE));
  }

  private Future<InferenceResult> infer(
      RoutingContext context,
      Exchange exchange,
      Admission<ImageFile> admission,
      PredictParameters parameters) {
    long received = exchange.elapsedNanos();
    metrics.stageFinished(Stage.RECEIVE, received);
    return switch (admission) {
      case Refused<ImageFile> refused -> Future.succeededFuture(refused.rejection());
      case Admitted<ImageFile> image -> {
        context.response().closeHandler(gone -> client.cancel(exchange.id()));
        InferenceRequest request =
            new InferenceRequest(
                exchange.id(),
                image.value(),
                parameters.topK(),
                StageTimings.NONE.with(Stage.RECEIVE, received),
                Optional.of(exchange.begunAt().plus(parameters.timeout())),
                Optional.ofNullable(context.request().getHeader("traceparent")));
        yield client.submit(request).answer();
      }
    };
  }

  private void finish(RoutingContext context, Exchange exchange, InferenceResult result) {
    Optional<RejectionReason> reason =
        switch (result) {
          case Prediction prediction -> Optional.empty();
          case Rejection rejection -> Optional.of(rejection.reason());
        };
    int status = reason.map(Problem::status).orElse(200);
    metrics.requestFinished(reason, status, exchange.elapsedNanos());
    retain.accept(result);
    responder.answer(context.response(), result);
  }

  private Rejection full(Exchange exchange) {
    Duration wait = client.capacity().estimatedWait();
    return Rejection.retryable(
        exchange.id(),
        RejectionReason.OVERLOADED,
        "%d requests and %d bytes are in flight; at most %d and %d are let in. Try again later."
            .formatted(
                limiter.requests(), limiter.bytes(), limiter.maxRequests(), limiter.maxBytes()),
        wait.compareTo(SHORTEST_RETRY) > 0 ? wait : SHORTEST_RETRY);
  }

  private static InferenceResult internal(Exchange exchange, Throwable bug) {
    LOG.atError().addKeyValue("request", exchange.id()).setCause(bug).log("A request failed");
    return Rejection.of(
        exchange.id(),
        RejectionReason.INTERNAL,
        "Something broke on our side; the log has it under this id.");
  }
}
