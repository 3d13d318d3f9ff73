package io.fieldmark.transport.eventbus;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.InferenceClient;
import io.fieldmark.transport.Submission;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Asks the dispatcher in the same JVM. */
final class EventBusInferenceClient implements InferenceClient {
  /**
   * After the deadline the worker that has the request says so itself, naming the stage; this much
   * later it is taken to be stuck.
   */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** The event bus knows no waiting without an end; a deadline may be in a million years. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final Duration START_RETRY = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final BatchDispatcher dispatcher;
  private final Clock clock;
  private final List<Consumer<InferenceResult>> listeners = new CopyOnWriteArrayList<>();

  EventBusInferenceClient(Vertx vertx, BatchDispatcher dispatcher, Clock clock) {
    this.vertx = vertx;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  @Override
  public Submission submit(InferenceRequest request) {
    Future<InferenceResult> answer =
        dispatcher.capacity().available()
            ? ask(request)
            : Future.succeededFuture(noWorker(request));
    return Submission.unstored(
        answer.onSuccess(result -> listeners.forEach(listener -> listener.accept(result))));
  }

  private Future<InferenceResult> ask(InferenceRequest request) {
    DeliveryOptions options =
        new DeliveryOptions().setLocalOnly(true).setSendTimeout(patience(request).toMillis());
    return vertx
        .eventBus()
        .<InferenceResult>request(Addresses.REQUESTS, request, options)
        .map(Message::body)
        .recover(failure -> rejection(request, failure));
  }

  private Duration patience(InferenceRequest request) {
    Duration left =
        request
            .deadline()
            .map(deadline -> Duration.between(clock.instant(), deadline))
            .filter(time -> time.compareTo(LONGEST) < 0)
            .orElse(LONGEST);
    return left.isNegative() ? GRACE : left.plus(GRACE);
  }

  private static Future<InferenceResult> rejection(InferenceRequest request, Throwable failure) {
    return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT
        ? Future.succeededFuture(Rejection.expired(request.id(), Stage.INFER))
        : Future.failedFuture(failure);
  }

  private static Rejection noWorker(InferenceRequest request) {
    return Rejection.retryable(
        request.id(),
        RejectionReason.UNAVAILABLE,
        "The model is not loaded yet. Try again in a moment.",
        START_RETRY);
  }

  @Override
  public void cancel(RequestId id) {
    vertx.eventBus().send(Addresses.CANCELLED, id, Addresses.LOCAL);
  }

  @Override
  public void onResult(Consumer<InferenceResult> listener) {
    listeners.add(listener);
  }

  /** What ends with this process is known only while somebody waits for it. */
  @Override
  public boolean stores() {
    return false;
  }

  @Override
  public boolean mayStillAnswer(RequestId id) {
    return false;
  }

  @Override
  public InferenceCapacity capacity() {
    return dispatcher.capacity();
  }
}
