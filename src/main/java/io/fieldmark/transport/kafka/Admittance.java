package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.InferenceCapacity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether a photo can be promised an answer now. Safe for any thread. */
final class Admittance {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

  /** Between a photo's upload and the first look that shows it, generously. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final BacklogMonitor monitor;
  private final Supplier<InferenceCapacity> capacity;
  private final Duration young;
  private final Clock clock;

  /**
   * @param young age up to which any id may still be answered
   */
  Admittance(
      BacklogMonitor monitor, Supplier<InferenceCapacity> capacity, Duration young, Clock clock) {
    this.monitor = monitor;
    this.capacity = capacity;
    this.young = young;
    this.clock = clock;
  }

  /** Why not; empty when a photo is welcome. */
  Optional<Rejection> refusal(RequestId id) {
    if (!monitor.brokerPresent()) {
      return Optional.of(
          Rejection.retryable(
              id,
              RejectionReason.UNAVAILABLE,
              "The broker is away, so no photo can be stored. Try again in a moment.",
              RETRY));
    }
    InferenceCapacity now = capacity.get();
    if (monitor.backlog().endangered(clock.instant())) {
      return Optional.of(
          Rejection.retryable(
              id,
              RejectionReason.UNAVAILABLE,
              "Photos wait so long for their answers that new ones might not be kept until theirs.",
              longer(now.estimatedWait())));
    }
    return now.waiting() < now.bound()
        ? Optional.empty()
        : Optional.of(
            Rejection.retryable(
                id,
                RejectionReason.OVERLOADED,
                "%d photos wait for their answers; at most %d may. Try again later."
                    .formatted(now.waiting(), now.bound()),
                longer(now.estimatedWait())));
  }

  private static Duration longer(Duration wait) {
    return wait.compareTo(SHORTEST_RETRY) > 0 ? wait : SHORTEST_RETRY;
  }

  /** Whether a photo of this id may be waiting on its topic. */
  boolean mayWait(RequestId id) {
    Instant now = clock.instant();
    Backlog backlog = monitor.backlog();
    Duration age = backlog.age(now).plus(SLACK);
    Instant limit = now.minus(age.compareTo(young) > 0 ? age : young);
    return id.createdAt()
        .map(created -> created.isAfter(limit))
        .orElse(backlog.unanswered() > 0 || !monitor.brokerPresent());
  }
}
