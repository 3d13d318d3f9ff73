package io.fieldmark.ingestion;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.FeedbackChannel;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Lets so much feedback on its way at a time, and no more. Safe for any thread. */
public final class FeedbackIntake {
  private static final Duration BUSY = Duration.ofSeconds(1);
  private static final Duration AWAY = Duration.ofSeconds(2);

  private final FeedbackChannel channel;
  private final int bound;
  private final Semaphore places;

  public FeedbackIntake(FeedbackChannel channel, int bound) {
    this.channel = channel;
    this.bound = bound;
    this.places = new Semaphore(bound);
  }

  /**
   * Completes with why it does not count; empty when it does.
   *
   * @param request that brings it
   */
  Future<Optional<Rejection>> take(Feedback feedback, RequestId request) {
    if (!places.tryAcquire()) {
      return Future.succeededFuture(
          Optional.of(
              Rejection.retryable(
                  request,
                  RejectionReason.OVERLOADED,
                  "So much feedback comes in that there is no room for this now. Send it again later.",
                  BUSY)));
    }
    return channel
        .publish(feedback)
        .onComplete(over -> places.release())
        .map(
            taken ->
                taken
                    ? Optional.empty()
                    : Optional.of(
                        Rejection.retryable(
                            request,
                            RejectionReason.UNAVAILABLE,
                            "The feedback was not stored in time; it may count or not. Send it again: only the last one counts.",
                            AWAY)));
  }

  public int inflight() {
    return bound - places.availablePermits();
  }

  public int bound() {
    return bound;
  }
}
