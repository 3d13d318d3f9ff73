package io.fieldmark.transport;

import io.fieldmark.domain.ModelDescription;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How full inference is.
 *
 * @param available whether a request that comes now can be answered, at once or later
 * @param waiting requests that no worker has taken yet
 * @param bound the number of waiting requests at which further ones are refused
 * @param throughput requests a second that all workers together answer when busy, once measured
 * @param oldestWaiting how long the request at the head of the queue has waited
 * @param longestBatch how long the slowest batch now in work has been worked on
 */
public record InferenceCapacity(
    boolean available,
    int waiting,
    int bound,
    int workers,
    int busyWorkers,
    OptionalDouble throughput,
    Duration oldestWaiting,
    Duration longestBatch,
    List<ModelDescription> models) {
  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);

  /** When to ask again; not at once, however little there is to do. */
  public Duration retryAfter() {
    Duration wait = estimatedWait();
    return wait.compareTo(SHORTEST_RETRY) > 0 ? wait : SHORTEST_RETRY;
  }

  /** How long a request that arrives now will wait for a worker, zero while nothing is measured. */
  public Duration estimatedWait() {
    return throughput.isPresent() && throughput.getAsDouble() > 0
        ? Duration.ofNanos((long) (waiting / throughput.getAsDouble() * 1e9))
        : Duration.ZERO;
  }
}
