package io.fieldmark.ingestion;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.LifecycleState;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RequestId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Supplier;

/** Writes answers and problems, in one way for all handlers. */
public final class ResultResponder {
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  private final Supplier<LifecycleState> lifecycle;
  private final AnswerGate gate;

  public ResultResponder(Supplier<LifecycleState> lifecycle, AnswerGate gate) {
    this.lifecycle = lifecycle;
    this.gate = gate;
  }

  void answer(HttpServerResponse response, InferenceResult result) {
    switch (result) {
      case Prediction prediction -> {
        if (open(response)) {
          response.putHeader("server-timing", PredictionJson.serverTiming(prediction.timings()));
        }
        json(response, PredictionJson.of(prediction));
      }
      case Rejection rejection -> problem(response, Problem.of(rejection));
    }
  }

  void json(HttpServerResponse response, JsonObject body) {
    send(response, 200, JSON, body);
  }

  /** That what was asked for is so now; there is nothing else to tell. */
  void done(HttpServerResponse response) {
    gate.pass(
        () -> {
          if (open(response)) {
            partWhileDraining(response);
            response.setStatusCode(204).end();
          }
        });
  }

  /** Tells where, and when, to ask for the answer that is not there yet. */
  void pending(HttpServerResponse response, Reply.Pending pending, Duration retryAfter) {
    locate(response, pending.id());
    if (open(response)) {
      retryAfter(response, retryAfter);
      pending
          .applied()
          .ifPresent(preferences -> response.putHeader("preference-applied", preferences));
    }
    JsonObject body = new JsonObject().put("id", pending.id().toString()).put("status", "pending");
    send(response, 202, JSON, body);
  }

  /** Adds where the result with this id will be found. */
  void locate(HttpServerResponse response, RequestId id) {
    if (open(response)) {
      response.putHeader(HttpHeaders.LOCATION, "/v1/predictions/" + id);
    }
  }

  private static void retryAfter(HttpServerResponse response, Duration wait) {
    response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.ceilDiv(wait.toMillis(), 1000)));
  }

  void problem(HttpServerResponse response, Problem problem) {
    if (open(response)) {
      problem.retryAfter().ifPresent(wait -> retryAfter(response, wait));
    }
    send(response, problem.status(), PROBLEM, problem.toJson());
  }

  private void send(HttpServerResponse response, int status, String type, JsonObject body) {
    gate.pass(() -> write(response, status, type, body));
  }

  /** While draining, clients are told to go elsewhere, whatever they have asked for. */
  void partWhileDraining(HttpServerResponse response) {
    if (lifecycle.get().compareTo(LifecycleState.DRAINING) >= 0) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /** A client that has gone is not an error. */
  private void write(HttpServerResponse response, int status, String type, JsonObject body) {
    if (!open(response)) {
      return;
    }
    partWhileDraining(response);
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.toBuffer());
  }

  private static boolean open(HttpServerResponse response) {
    return !response.ended() && !response.closed();
  }
}
