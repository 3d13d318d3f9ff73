package io.fieldmark.transport.kafka;

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
  private final ArrayDeque<StoredPhoto> waiting = new ArrayDeque<>();
  private final ArrayDeque<Again> again = new ArrayDeque<>();
  private Promise<Void> shrunk = Promise.promise();
  private int shrunkSize = -1;
  private int running;
  private boolean alone;
  private boolean closed;

  /** A photo that inference failed at so many times. */
  private record Again(StoredPhoto photo, int failures) {}

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

  void add(StoredPhoto photo) {
    waiting.add(photo);
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

  /** Begins nothing more; what was read and not begun is somebody else's. */
  void close() {
    closed = true;
    waiting.clear();
    again.clear();
  }

  /** Begins what can be begun now. */
  void advance() {
    while (!closed && !alone && again.isEmpty() && !waiting.isEmpty()) {
      StoredPhoto next = waiting.peek();
      if (!owned.owns(next.partition())) {
        waiting.remove();
      } else if (!owned.suspect(next.partition(), next.record().offset())) {
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

  private void begin(StoredPhoto photo) {
    if (owned.begin(photo.partition(), photo.record().offset())) {
      running++;
      settle(photo, 0, answerer.answer(photo));
    }
  }

  /** The attempt is noted at the broker before anything of this photo is decoded. */
  private void beginSuspect(StoredPhoto photo) {
    long offset = photo.record().offset();
    int attempts = owned.attempts(photo.partition(), offset);
    alone = true;
    running++;
    OffsetAndMetadata note =
        PartitionProgress.attempt(offset, Math.min(attempts, MOST_ATTEMPTS) + 1);
    commit
        .apply(Map.of(photo.partition(), note))
        .onComplete(
            noted -> {
              if (noted.failed()) {
                LOG.warn(
                    "An attempt could not be noted, trying again: {}", noted.cause().toString());
                waiting.addFirst(photo);
                over();
              } else if (!owned.begin(photo.partition(), offset)) {
                over();
              } else {
                settle(
                    photo,
                    0,
                    attempts >= MOST_ATTEMPTS
                        ? answerer.giveUp(photo, Reason.CRASHED, attempts + 1)
                        : answerer.answer(photo));
              }
            });
  }

  private void beginAgain(Again photo) {
    alone = true;
    running++;
    metrics.retried("inference");
    vertx
        .timer(Backoff.millis(photo.failures()))
        .onComplete(
            waited -> settle(photo.photo(), photo.failures(), answerer.answer(photo.photo())));
  }

  private void settle(StoredPhoto photo, int failures, Future<Boolean> answered) {
    answered.onComplete(
        outcome -> {
          if (outcome.succeeded() && outcome.result()) {
            owned.finish(photo.partition(), photo.record().offset());
            over();
          } else if (closed) {
            over();
          } else if (failures < MOST_ATTEMPTS) {
            again.add(new Again(photo, failures + 1));
            over();
          } else {
            settle(photo, 0, answerer.giveUp(photo, Reason.FAILED, failures + 1));
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
