package io.fieldmark.ingestion;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Deals out what passes through to everybody who watches. A watcher that reads slowly misses events
 * instead of filling memory, and at high traffic all of them see a sample. Safe for any thread.
 */
public final class ResultStream {
  /** More than that nobody can read, and each event costs a write for each watcher. */
  private static final long GAP_NANOS = 1_000_000_000L / 20;

  /** Photos that were sent together are answered together, and are seen all the same. */
  private static final long BURST_NANOS = 20 * GAP_NANOS;

  private final int bound;
  private final Set<HttpServerResponse> watchers = ConcurrentHashMap.newKeySet();

  /** Each event takes a gap's time from what has passed; the next has to wait for it. */
  private final AtomicLong taken = new AtomicLong(System.nanoTime() - BURST_NANOS);

  public ResultStream(int bound) {
    this.bound = bound;
  }

  /** False when there are as many watchers as are allowed. */
  synchronized boolean add(HttpServerResponse watcher) {
    return watchers.size() < bound && watchers.add(watcher);
  }

  void remove(HttpServerResponse watcher) {
    watchers.remove(watcher);
  }

  public void publish(InferenceResult result) {
    if (watchers.isEmpty()) {
      return;
    }
    switch (result) {
      case Prediction prediction -> {
        if (take(System.nanoTime())) {
          send("event: prediction\ndata: " + PredictionJson.publicEvent(prediction) + "\n\n");
        }
      }
      case Rejection rejection -> {
        // Watchers see answers only.
      }
    }
  }

  private boolean take(long now) {
    long before;
    long after;
    do {
      before = taken.get();
      long unused = Math.min(now - before, BURST_NANOS);
      if (unused < GAP_NANOS) {
        return false;
      }
      after = now - unused + GAP_NANOS;
    } while (!taken.compareAndSet(before, after));
    return true;
  }

  /** A comment, so that neither side takes a quiet connection for a dead one. */
  void heartbeat() {
    send(":\n\n");
  }

  private void send(String event) {
    for (HttpServerResponse watcher : watchers) {
      if (!watcher.writeQueueFull()) {
        watcher.write(event);
      }
    }
  }

  /** Ends all streams, which would otherwise hold a shutdown up. */
  public void close() {
    watchers.forEach(HttpServerResponse::end);
    watchers.clear();
  }

  public int size() {
    return watchers.size();
  }

  public int bound() {
    return bound;
  }
}
