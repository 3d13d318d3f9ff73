package io.fieldmark.ingestion;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.Submission;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One request's wait for its answer. Confined to the request's context. */
final class Visit {
  private final WaitingRoom room;
  private final InferenceClient client;
  private final Vertx vertx;
  private final RequestId id;
  private final InFlightLimiter.Permit permit;
  private final Context context = Vertx.currentContext();
  private final Promise<Reply> reply = Promise.promise();
  private final long begun = System.nanoTime();
  private Future<Boolean> stored = Future.succeededFuture(false);
  private Optional<String> applied = Optional.empty();
  private boolean ended;
  private boolean left;

  Visit(
      WaitingRoom room,
      InferenceClient client,
      Vertx vertx,
      RequestId id,
      InFlightLimiter.Permit permit) {
    this.room = room;
    this.client = client;
    this.vertx = vertx;
    this.id = id;
    this.permit = permit;
  }

  RequestId id() {
    return id;
  }

  /**
   * Hands the photo over.
   *
   * @param patience after which the client is told to ask again, once the photo is stored
   * @param applied the preferences that the patience follows from
   */
  Future<Reply> begin(InferenceRequest request, Duration patience, Optional<String> applied) {
    this.applied = applied;
    room.enter(this);
    Submission submission = submit(request);
    stored = submission.stored();
    submission
        .answer()
        .onSuccess(result -> end(new Reply.Settled(result), false))
        .onFailure(this::fail);
    stored.onSuccess(
        safe -> {
          if (safe) {
            permit.handOver();
            wait(patience);
          }
        });
    return reply.future();
  }

  private Submission submit(InferenceRequest request) {
    try {
      return client.submit(request);
    } catch (RuntimeException bug) {
      fail(bug);
      return Submission.unstored(Future.failedFuture(bug));
    }
  }

  /** Storing took a part of the patience already. */
  private void wait(Duration patience) {
    long millis = patience.minusNanos(System.nanoTime() - begun).toMillis();
    if (millis <= 0 || room.isClosing()) {
      tellToAskAgain();
    } else if (!ended) {
      Timer timer = vertx.timer(millis, TimeUnit.MILLISECONDS);
      timer.onSuccess(over -> tellToAskAgain());
      reply.future().onComplete(ended -> timer.cancel());
    }
  }

  private void tellToAskAgain() {
    end(new Reply.Pending(id, applied), true);
  }

  /** From any thread. */
  void roomCloses() {
    context.runOnContext(
        now ->
            stored.onSuccess(
                safe -> {
                  if (safe) {
                    tellToAskAgain();
                  }
                }));
  }

  /**
   * A photo that is stored may never be answered to this request; one that is not will be, when it
   * is dropped or done, and takes its room until then.
   */
  void clientLeft() {
    leave(true);
    if (client.stores()) {
      Rejection cancelled =
          Rejection.of(id, RejectionReason.CANCELLED, "The client left while it waited.");
      stored.onComplete(settled -> end(new Reply.Settled(cancelled), true));
    }
  }

  /** What cancelling may still cause to be answered, comes too late. */
  private void end(Reply outcome, boolean unanswered) {
    if (!ended) {
      ended = true;
      leave(unanswered);
      reply.complete(outcome);
    }
  }

  private void fail(Throwable bug) {
    if (!ended) {
      ended = true;
      leave(false);
      reply.fail(bug);
    }
  }

  private void leave(boolean unanswered) {
    if (!left) {
      left = true;
      room.leave(this, unanswered);
    }
  }
}
