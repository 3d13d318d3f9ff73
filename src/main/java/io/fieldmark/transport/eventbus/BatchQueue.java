package io.fieldmark.transport.eventbus;

import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.eventbus.Addresses.Waiting;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The one bounded queue before the workers, first in, first out. Confined to one thread. */
final class BatchQueue {
  private final int bound;
  private final int maxBatch;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();

  BatchQueue(int bound, int maxBatch) {
    this.bound = bound;
    this.maxBatch = maxBatch;
  }

  /** False, and nothing is kept, when the bound is reached. */
  boolean offer(Waiting waiting) {
    return queue.size() < bound && queue.add(waiting);
  }

  /**
   * What a worker gets now, with {@code idle} workers to share among: everybody's even share of
   * what waits, up to the maximum. Never waits for more: at low load batches of one keep latency
   * low, at high load they grow by themselves.
   */
  List<Waiting> nextBatch(int idle) {
    int size = Math.min(maxBatch, Math.ceilDiv(queue.size(), idle));
    List<Waiting> batch = new ArrayList<>(size);
    while (batch.size() < size) {
      batch.add(queue.remove());
    }
    return batch;
  }

  List<Waiting> removeExpired(Instant now) {
    List<Waiting> expired = new ArrayList<>();
    for (Iterator<Waiting> all = queue.iterator(); all.hasNext(); ) {
      Waiting waiting = all.next();
      if (waiting.request().expiredAt(now)) {
        all.remove();
        expired.add(waiting);
      }
    }
    return expired;
  }

  /** Empty when it is not here, because a worker has it already or it was never here. */
  Optional<Waiting> remove(RequestId id) {
    for (Iterator<Waiting> all = queue.iterator(); all.hasNext(); ) {
      Waiting waiting = all.next();
      if (waiting.request().id().equals(id)) {
        all.remove();
        return Optional.of(waiting);
      }
    }
    return Optional.empty();
  }

  OptionalLong oldestSinceNanos() {
    Waiting oldest = queue.peek();
    return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.sinceNanos());
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int size() {
    return queue.size();
  }

  int bound() {
    return bound;
  }
}
