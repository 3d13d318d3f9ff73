package io.fieldmark.transport.kafka;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.Submission;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for which result. Bounded by the requests that ingestion lets in. Safe for any thread;
 * whoever waits is told on the context that it began to wait on.
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
    private final Context context;
    private final Promise<Boolean> stored = Promise.promise();
    private final Promise<InferenceResult> answer = Promise.promise();

    private Pending(RequestId id) {
      this.id = id;
      this.context = vertx.getOrCreateContext();
    }

    Submission submission() {
      return new Submission(stored.future(), answer.future());
    }

    /** The broker has the photo. */
    void stored() {
      stored.tryComplete(true);
    }

    /** Also for a photo that never was stored: nobody waits any more. */
    void answered(InferenceResult result) {
      pending.remove(id, this);
      context.runOnContext(
          told -> {
            stored.tryComplete(false);
            answer.tryComplete(result);
          });
    }
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
