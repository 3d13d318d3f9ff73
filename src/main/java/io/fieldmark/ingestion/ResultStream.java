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
  private static final long SHORTEST_GAP_NANOS = 1_000_000_000L / 20;

  private final int bound;
  private final Set<HttpServerResponse> watchers = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastEvent = new AtomicLong(System.nanoTime() - SHORTEST_GAP_NANOS);

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
        long last = lastEvent.get();
        long now = System.nanoTime();
        if (now - last >= SHORTEST_GAP_NANOS && lastEvent.compareAndSet(last, now)) {
          send("event: prediction\ndata: " + PredictionJson.publicEvent(prediction) + "\n\n");
        }
      }
      case Rejection rejection -> {
        // Watchers see answers only.
      }
    }
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
