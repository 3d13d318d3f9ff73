package io.fieldmark.transport.kafka;

import io.fieldmark.domain.RequestId;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Clock;
import java.time.Duration;

/**
 * Writes a record that says nothing to a compacted topic at intervals. A broker closes a segment
 * only when something is written after its time, and cleans none that is open: without this, a
 * photo that was taken back would stay at the broker for as long as nothing else is kept. A record
 * that is not taken is not repeated: the next one does the same.
 */
final class SegmentCloser {
  private final Vertx vertx;
  private final long timer;

  /**
   * Begins at once.
   *
   * @param interval half of a segment's time, so that one is closed after one and a half
   */
  SegmentCloser(
      Vertx vertx,
      KafkaWriteStream<byte[], byte[]> producer,
      String topic,
      Duration interval,
      Clock clock) {
    this.vertx = vertx;
    // Of an id that nothing is kept of, so that it takes nothing away.
    this.timer =
        vertx.setPeriodic(
            interval.toMillis(),
            tick ->
                producer.send(LabelledFormat.forgotten(topic, RequestId.next(clock.instant()))));
  }

  void stop() {
    vertx.cancelTimer(timer);
  }
}
