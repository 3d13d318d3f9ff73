package io.fieldmark.transport.eventbus;

import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.transport.InferenceCapacity;
import io.fieldmark.transport.eventbus.Addresses.Batch;
import io.fieldmark.transport.eventbus.Addresses.Waiting;
import io.fieldmark.transport.eventbus.Addresses.WorkerIdle;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Owns the queue between ingestion and the workers; runs on an event loop.
 *
 * <p>The event bus alone would deal requests out blindly, so that a free worker could stand beside
 * a busy one with a long and unbounded line. Here each worker has an address of its own and says
 * when it is idle; nothing is ever sent to a busy one.
 */
final class BatchDispatcher extends VerticleBase {
  private static final long EXPIRY_CHECK_MILLIS = 50;
  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

  private final BatchQueue queue;
  private final Clock clock;
  private final WorkerRoster roster = new WorkerRoster();
  private volatile Snapshot snapshot;

  BatchDispatcher(BatchQueue queue, Clock clock) {
    this.queue = queue;
    this.clock = clock;
    this.snapshot = takeSnapshot();
  }

  @Override
  public Future<?> start() {
    EventBus bus = vertx.eventBus();
    vertx.setPeriodic(EXPIRY_CHECK_MILLIS, timer -> answerExpired());
    return Future.all(
        bus.localConsumer(Addresses.REQUESTS, this::enqueue).completion(),
        bus.<WorkerIdle>localConsumer(Addresses.IDLE, idle -> workerIdle(idle.body())).completion(),
        bus.<RequestId>localConsumer(Addresses.CANCELLED, id -> cancel(id.body())).completion());
  }

  private void enqueue(Message<InferenceRequest> message) {
    if (queue.offer(new Waiting(message, System.nanoTime()))) {
      dispatch();
    } else {
      InferenceCapacity now = capacity();
      answer(
          message,
          Rejection.retryable(
              message.body().id(),
              RejectionReason.OVERLOADED,
              "All %d places in the queue are taken. Try again later.".formatted(queue.bound()),
              max(now.estimatedWait(), SHORTEST_RETRY)));
    }
  }

  private void workerIdle(WorkerIdle worker) {
    roster.idle(worker);
    dispatch();
  }

  private void dispatch() {
    while (!queue.isEmpty() && roster.idleCount() > 0) {
      Batch batch = new Batch(queue.nextBatch(roster.idleCount()));
      vertx.eventBus().send(roster.assign(System.nanoTime()), batch, Addresses.LOCAL);
    }
    snapshot = takeSnapshot();
  }

  private void answerExpired() {
    for (Waiting waiting : queue.removeExpired(clock.instant())) {
      answer(waiting.message(), Rejection.expired(waiting.request().id(), Stage.QUEUE));
    }
    snapshot = takeSnapshot();
  }

  private void cancel(RequestId id) {
    queue
        .remove(id)
        .ifPresent(
            waiting ->
                answer(
                    waiting.message(),
                    Rejection.of(
                        id,
                        RejectionReason.CANCELLED,
                        "The client left before a worker was free.")));
    snapshot = takeSnapshot();
  }

  private static void answer(Message<InferenceRequest> message, InferenceResult result) {
    message.reply(result, Addresses.LOCAL);
  }

  /** Safe for any thread. */
  InferenceCapacity capacity() {
    return snapshot.at(System.nanoTime());
  }

  private Snapshot takeSnapshot() {
    return new Snapshot(
        new InferenceCapacity(
            roster.count() > 0,
            queue.size(),
            queue.bound(),
            roster.count(),
            roster.busyCount(),
            roster.throughput(),
            Duration.ZERO,
            Duration.ZERO,
            roster.models()),
        queue.oldestSinceNanos(),
        roster.longestBusySinceNanos());
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** The capacity with ages left out, which go on growing after the snapshot was taken. */
  private record Snapshot(
      InferenceCapacity capacity, OptionalLong oldestSince, OptionalLong busySince) {
    InferenceCapacity at(long nowNanos) {
      return new InferenceCapacity(
          capacity.available(),
          capacity.waiting(),
          capacity.bound(),
          capacity.workers(),
          capacity.busyWorkers(),
          capacity.throughput(),
          age(oldestSince, nowNanos),
          age(busySince, nowNanos),
          capacity.models());
    }

    private static Duration age(OptionalLong sinceNanos, long nowNanos) {
      return sinceNanos.isPresent()
          ? Duration.ofNanos(nowNanos - sinceNanos.getAsLong())
          : Duration.ZERO;
    }
  }
}
