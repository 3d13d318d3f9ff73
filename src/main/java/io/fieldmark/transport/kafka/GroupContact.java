package io.fieldmark.transport.kafka;

import java.time.Duration;
import java.util.Optional;

/**
 * When the group last heard from this process. A member that the broker refused may be out of its
 * group for good and is told nothing any more, while polling goes on and brings nothing: it counts
 * as heard of again only when it has partitions. Safe for any thread.
 */
final class GroupContact {
  private volatile long lastPoll = System.nanoTime();
  private volatile Optional<Throwable> refusal = Optional.empty();

  void polled(boolean assigned) {
    if (refusal.isEmpty() || assigned) {
      refusal = Optional.empty();
      lastPoll = System.nanoTime();
    }
  }

  void failed(Throwable failure) {
    refusal = Optional.of(failure).filter(BrokerFailure::refused);
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - lastPoll);
  }

  /** Why the broker does not let this process read, as long as that lasts. */
  Optional<Throwable> refusal() {
    return refusal;
  }
}
