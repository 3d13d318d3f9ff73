package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Admission.Admitted;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.transport.kafka.DeadLetterFormat.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The photos that this process has read and not yet answered, in the order of their offsets. Those
 * that may have ended a process, or that inference failed at, run alone: whatever happens then, no
 * other photo is to blame or suffers. Confined to one event loop.
 */
final class PhotoLine {
  private static final Logger LOG = LoggerFactory.getLogger(PhotoLine.class);

  /** The third time is a dead letter. */
  private static final int MOST_ATTEMPTS = 2;

  private final Vertx vertx;
  private final OwnedPartitions owned;
  private final PhotoAnswerer answerer;
  private final TopicMetrics metrics;
  private final Function<Map<TopicPartition, OffsetAndMetadata>, Future<Void>> commit;
  private final ArrayDeque<Taken> waiting = new ArrayDeque<>();
  private final ArrayDeque<Again> again = new ArrayDeque<>();
  private Promise<Void> shrunk = Promise.promise();
  private int shrunkSize = -1;
  private int running;
  private boolean alone;
  private boolean closed;

  /** A photo and the ownership of its partition in which it was read. */
  private record Taken(StoredPhoto photo, int ownership) {
    TopicPartition partition() {
      return photo.partition();
    }

    long offset() {
      return photo.record().offset();
    }
  }

  /** A photo that inference failed at so many times. */
  private record Again(Taken photo, int failures) {}

  /**
   * @param commit writes offsets with their metadata at once; fails when it cannot
   */
  PhotoLine(
      Vertx vertx,
      OwnedPartitions owned,
      PhotoAnswerer answerer,
      TopicMetrics metrics,
      Function<Map<TopicPartition, OffsetAndMetadata>, Future<Void>> commit) {
    this.vertx = vertx;
    this.owned = owned;
    this.answerer = answerer;
    this.metrics = metrics;
    this.commit = commit;
  }

  /** Photos of partitions that are not ours are not taken: their owner reads them as well. */
  void add(StoredPhoto photo) {
    owned
        .ownership(photo.partition())
        .ifPresent(ownership -> waiting.add(new Taken(photo, ownership)));
  }

  /** Photos that were read and not yet answered. */
  int size() {
    return waiting.size() + again.size() + running;
  }

  /** Completes when no more than so many are left; whoever asked before is no longer told. */
  Future<Void> shrunk(int size) {
    shrunk = Promise.promise();
    shrunkSize = size;
    tellShrunk();
    return shrunk.future();
  }

  private void tellShrunk() {
    if (size() <= shrunkSize) {
      shrunkSize = -1;
      shrunk.complete();
    }
  }

  /** Photos that the workers of this process have, or are about to get. */
  int begun() {
    return running;
  }

  /** Whether a photo runs alone, and others wait for its end. */
  boolean alone() {
    return alone;
  }

  /** Begins nothing more; what was read and not begun is somebody else's. */
  void close() {
    closed = true;
    waiting.clear();
    again.clear();
  }

  /** Begins what can be begun now. */
  void advance() {
    while (!closed && !alone && again.isEmpty() && !waiting.isEmpty()) {
      Taken next = waiting.peek();
      if (!owned.holds(next.partition(), next.ownership())) {
        waiting.remove();
      } else if (!owned.suspect(next.partition(), next.offset())) {
        begin(waiting.remove());
      } else if (running > 0) {
        return;
      } else {
        beginSuspect(waiting.remove());
      }
    }
    if (!closed && !alone && !again.isEmpty() && running == 0) {
      beginAgain(again.remove());
    }
  }

  private void begin(Taken taken) {
    if (owned.begin(taken.partition(), taken.ownership(), taken.offset())) {
      running++;
      settle(taken, 0, answerer.answer(taken.photo()));
    }
  }

  /** The attempt is noted at the broker before anything of this photo is decoded. */
  private void beginSuspect(Taken taken) {
    int attempts = owned.attempts(taken.partition(), taken.offset());
    alone = true;
    running++;
    int attempt = Math.min(attempts, MOST_ATTEMPTS) + 1;
    commit
        .apply(owned.attempt(taken.partition(), taken.ownership(), taken.offset(), attempt))
        .onFailure(
            failure -> {
              LOG.warn("An attempt could not be noted, trying again: {}", failure.toString());
              waiting.addFirst(taken);
              vertx.setTimer(Backoff.millis(1), later -> over());
            })
        .onSuccess(
            noted -> {
              if (owned.begin(taken.partition(), taken.ownership(), taken.offset())) {
                settle(taken, 0, attempt(taken.photo(), attempts));
              } else {
                over();
              }
            });
  }

  /** What is refused for what it is, is never decoded, and cannot have ended anything. */
  private Future<Boolean> attempt(StoredPhoto photo, int attempts) {
    boolean suspected = photo.admission() instanceof Admitted<InferenceRequest>;
    return suspected && attempts >= MOST_ATTEMPTS
        ? answerer.giveUp(photo, Reason.CRASHED, attempts + 1)
        : answerer.answer(photo);
  }

  private void beginAgain(Again again) {
    alone = true;
    running++;
    metrics.retried("inference");
    vertx
        .timer(Backoff.millis(again.failures()))
        .onComplete(
            waited ->
                settle(again.photo(), again.failures(), answerer.answer(again.photo().photo())));
  }

  private void settle(Taken taken, int failures, Future<Boolean> answered) {
    answered.onComplete(
        outcome -> {
          if (outcome.succeeded() && outcome.result()) {
            owned.finish(taken.partition(), taken.ownership(), taken.offset());
            over();
          } else if (closed) {
            over();
          } else if (failures < MOST_ATTEMPTS) {
            again.add(new Again(taken, failures + 1));
            over();
          } else {
            settle(taken, 0, answerer.giveUp(taken.photo(), Reason.FAILED, failures + 1));
          }
        });
  }

  private void over() {
    alone = false;
    running--;
    advance();
    tellShrunk();
  }
}
