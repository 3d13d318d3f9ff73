package io.fieldmark.transport.kafka;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.Submission;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for which result. Bounded by the requests that ingestion lets in. Safe for any thread.
 */
final class PendingReplies {
  private final Vertx vertx;
  private final Map<RequestId, Pending> pending = new ConcurrentHashMap<>();

  PendingReplies(Vertx vertx) {
    this.vertx = vertx;
  }

  /** One photo that somebody waits for. */
  final class Pending {
    private final RequestId id;
    private final Promise<Boolean> stored = Promise.promise();
    private final Promise<InferenceResult> answer = Promise.promise();

    private Pending(RequestId id) {
      this.id = id;
    }

    /** For one of those who wait, on whose context it completes. */
    Submission submission() {
      return new Submission(onCaller(stored.future()), onCaller(answer.future()));
    }

    /** The broker has the photo. */
    void stored() {
      stored.tryComplete(true);
    }

    /** Also for a photo that never was stored: nobody waits any more. */
    void answered(InferenceResult result) {
      pending.remove(id, this);
      stored.tryComplete(false);
      answer.tryComplete(result);
    }
  }

  private <T> Future<T> onCaller(Future<T> future) {
    Context context = vertx.getOrCreateContext();
    Promise<T> told = Promise.promise();
    future.onSuccess(value -> context.runOnContext(now -> told.complete(value)));
    return told.future();
  }

  /** Empty when somebody waits for this id already, who is to be joined. */
  Optional<Pending> begin(RequestId id) {
    Pending mine = new Pending(id);
    return pending.putIfAbsent(id, mine) == null ? Optional.of(mine) : Optional.empty();
  }

  Optional<Pending> find(RequestId id) {
    return Optional.ofNullable(pending.get(id));
  }

  void answered(InferenceResult result) {
    find(result.id()).ifPresent(waiting -> waiting.answered(result));
  }

  /** Nobody waits any more; what comes is for those who ask by id. */
  void forget(RequestId id) {
    pending.remove(id);
  }

  int size() {
    return pending.size();
  }
}
