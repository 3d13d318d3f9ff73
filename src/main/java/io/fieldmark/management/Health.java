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
  private final Duration stallLimit;

  public Health(
      Supplier<LifecycleState> lifecycle,
      Supplier<InferenceCapacity> capacity,
      Duration stallLimit) {
    this.lifecycle = lifecycle;
    this.capacity = capacity;
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
          capacity.get().available()
              ? new Report(true, "ready")
              : new Report(false, "no inference worker is available");
      case DRAINING, CLOSED -> new Report(false, "draining");
    };
  }

  public Report live() {
    Duration longest = capacity.get().longestBatch();
    return longest.compareTo(stallLimit) > 0
        ? new Report(
            false,
            "a worker has been busy with one batch for %d s, more than health.stall_limit"
                .formatted(longest.toSeconds()))
        : new Report(true, "alive");
  }
}
