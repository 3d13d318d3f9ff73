package io.fieldmark.management;

import io.fieldmark.domain.LifecycleState;
import io.fieldmark.transport.InferenceCapacity;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Answers the orchestrator's three questions. Alive means progress, not that a port answers: a
 * worker that is stuck in one batch for longer than the limit never comes back by itself.
 */
public final class Health {
  private final Supplier<LifecycleState> lifecycle;
  private final Supplier<InferenceCapacity> capacity;
  private final Supplier<Duration> pollAge;
  private final String unavailable;
  private final Duration stallLimit;

  /**
   * @param pollAge how long ago this process last read its topic; zero when it reads none
   * @param unavailable what it means when the capacity is not available
   */
  public Health(
      Supplier<LifecycleState> lifecycle,
      Supplier<InferenceCapacity> capacity,
      Supplier<Duration> pollAge,
      String unavailable,
      Duration stallLimit) {
    this.lifecycle = lifecycle;
    this.capacity = capacity;
    this.pollAge = pollAge;
    this.unavailable = unavailable;
    this.stallLimit = stallLimit;
  }

  /**
   * @param healthy the answer
   * @param reason one sentence, for whoever reads the probe's body
   */
  public record Report(boolean healthy, String reason) {}

  public Report started() {
    return lifecycle.get() == LifecycleState.STARTING
        ? new Report(false, "starting")
        : new Report(true, "started");
  }

  public Report ready() {
    return switch (lifecycle.get()) {
      case STARTING -> new Report(false, "starting");
      case SERVING ->
          capacity.get().available() ? new Report(true, "ready") : new Report(false, unavailable);
      case DRAINING, CLOSED -> new Report(false, "draining");
    };
  }

  public Report live() {
    Duration batch = capacity.get().longestBatch();
    if (batch.compareTo(stallLimit) > 0) {
      return stalled("a worker has been busy with one batch for %d s", batch);
    }
    Duration poll = pollAge.get();
    return poll.compareTo(stallLimit) > 0
        ? stalled("the topic was last read %d s ago", poll)
        : new Report(true, "alive");
  }

  private static Report stalled(String what, Duration since) {
    return new Report(
        false, (what + ", more than health.stall_limit").formatted(since.toSeconds()));
  }
}
