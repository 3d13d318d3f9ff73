package io.fieldmark.ingestion;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.metrics.PipelineMetrics;
import io.fieldmark.transport.InferenceClient;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The end of every upload: counted, kept for whoever asks by the id, and told to the client. */
public final class PredictResponder {
  private final InferenceClient client;
  private final RetainedResults retained;
  private final ResultResponder responder;
  private final PipelineMetrics metrics;

  public PredictResponder(
      InferenceClient client,
      RetainedResults retained,
      ResultResponder responder,
      PipelineMetrics metrics) {
    this.client = client;
    this.retained = retained;
    this.responder = responder;
    this.metrics = metrics;
  }

  void finish(RoutingContext context, Reply reply) {
    HttpServerResponse response = context.response();
    long nanos = Exchange.of(context).elapsedNanos();
    switch (reply) {
      case Reply.Settled settled -> settle(response, settled.result(), nanos);
      case Reply.Pending pending -> {
        metrics.requestAccepted(nanos);
        responder.pending(response, pending, client.capacity().retryAfter());
      }
    }
  }

  private void settle(HttpServerResponse response, InferenceResult result, long nanos) {
    Optional<RejectionReason> reason =
        switch (result) {
          case Prediction prediction -> Optional.empty();
          case Rejection rejection -> Optional.of(rejection.reason());
        };
    metrics.requestFinished(reason, reason.map(Problem::status).orElse(200), nanos);
    retained.add(result);
    if (client.stores() && reason.equals(Optional.of(RejectionReason.UNAVAILABLE))) {
      // The photo may have been stored all the same.
      responder.locate(response, result.id());
    }
    responder.answer(response, result);
  }
}
