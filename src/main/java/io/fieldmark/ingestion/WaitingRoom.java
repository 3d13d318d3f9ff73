package io.fieldmark.ingestion;

import io.fieldmark.config.AppConfig.Ingestion;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.Submission;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Where requests wait for their answer: until it comes, until their client's patience ends while
 * the photo is stored, or until the client leaves. Keeps no photo. Safe for any thread.
 */
public final class WaitingRoom {
  private final Vertx vertx;
  private final Ingestion config;
  private final InferenceClient client;

  /** Requests with the same key wait for the same id; the last to leave cancels it. */
  private final Map<RequestId, Integer> waiting = new ConcurrentHashMap<>();

  public WaitingRoom(Vertx vertx, Ingestion config, InferenceClient client) {
    this.vertx = vertx;
    this.config = config;
    this.client = client;
  }

  /**
   * Hands a photo over and waits, on the context of its request.
   *
   * @param permit gives the photo's bytes back once it is stored
   * @param response tells when the client has gone
   */
  Future<Reply> ask(
      InferenceRequest request,
      Preferences preferences,
      InFlightLimiter.Permit permit,
      HttpServerResponse response) {
    Visit visit = new Visit(request.id(), preferences);
    response.closeHandler(gone -> visit.clientLeft());
    return visit.begin(request, permit);
  }

  /** One request's wait. Confined to the request's context. */
  private final class Visit {
    private final RequestId id;
    private final Preferences preferences;
    private final Promise<Reply> reply = Promise.promise();
    private final long begun = System.nanoTime();
    private Future<Boolean> stored = Future.succeededFuture(false);
    private boolean left;

    Visit(RequestId id, Preferences preferences) {
      this.id = id;
      this.preferences = preferences;
    }

    Future<Reply> begin(InferenceRequest request, InFlightLimiter.Permit permit) {
      waiting.merge(id, 1, Integer::sum);
      Submission submission = submit(request);
      stored = submission.stored();
      submission
          .answer()
          .onSuccess(result -> end(new Reply.Settled(result)))
          .onFailure(
              bug -> {
                leave(false);
                reply.tryFail(bug);
              });
      stored.onSuccess(
          safe -> {
            if (safe) {
              permit.handOver();
              startTimer();
            }
          });
      return reply.future();
    }

    private Submission submit(InferenceRequest request) {
      try {
        return client.submit(request);
      } catch (RuntimeException bug) {
        leave(false);
        throw bug;
      }
    }

    /** Storing took a part of the patience already. */
    private void startTimer() {
      Duration patience = preferences.patience(config);
      long millis = patience.minusNanos(System.nanoTime() - begun).toMillis();
      if (millis <= 0) {
        tellToAskAgain();
      } else if (!reply.future().isComplete()) {
        Timer timer = vertx.timer(millis, TimeUnit.MILLISECONDS);
        timer.onSuccess(over -> tellToAskAgain());
        reply.future().onComplete(ended -> timer.cancel());
      }
    }

    private void tellToAskAgain() {
      if (reply.tryComplete(new Reply.Pending(id, preferences.applied(config)))) {
        leave(true);
      }
    }

    /**
     * A photo that is stored may never be answered to this request; one that is not will be, when
     * it is dropped or done, and takes its room until then.
     */
    void clientLeft() {
      leave(true);
      if (client.stores()) {
        stored.onComplete(settled -> end(new Reply.Settled(cancelled())));
      }
    }

    private Rejection cancelled() {
      return Rejection.of(id, RejectionReason.CANCELLED, "The client left while it waited.");
    }

    private void end(Reply outcome) {
      leave(false);
      reply.tryComplete(outcome);
    }

    /** Cancelling inside the map's lock, no request of the same id comes in between. */
    private void leave(boolean unanswered) {
      if (left) {
        return;
      }
      left = true;
      waiting.computeIfPresent(
          id,
          (same, count) -> {
            if (count > 1) {
              return count - 1;
            }
            if (unanswered) {
              client.cancel(id);
            }
            return null;
          });
    }
  }
}
