package io.fieldmark.transport.kafka;

import io.fieldmark.metrics.TopicMetrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records until the broker has acknowledged them, however long it is away: what they are
 * about stays in work meanwhile, and that is bounded.
 */
final class ResultPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(ResultPublisher.class);

  private final Vertx vertx;
  private final KafkaWriteStream<byte[], byte[]> producer;
  private final TopicMetrics metrics;
  private volatile boolean closed;

  ResultPublisher(Vertx vertx, KafkaWriteStream<byte[], byte[]> producer, TopicMetrics metrics) {
    this.vertx = vertx;
    this.producer = producer.exceptionHandler(told -> {});
    this.metrics = metrics;
  }

  /** Fails only after {@link #close}. */
  Future<Void> publish(ProducerRecord<byte[], byte[]> record) {
    Promise<Void> acknowledged = Promise.promise();
    attempt(record, acknowledged, 1, System.nanoTime());
    return acknowledged.future();
  }

  private void attempt(
      ProducerRecord<byte[], byte[]> record, Promise<Void> acknowledged, int attempt, long since) {
    producer
        .send(record)
        .onSuccess(
            stored -> {
              metrics.published(System.nanoTime() - since);
              acknowledged.complete();
            })
        .onFailure(
            failure -> {
              if (closed) {
                acknowledged.fail(failure);
                return;
              }
              LOG.warn(
                  "{} does not take a record, trying again: {}",
                  record.topic(),
                  Access.write(record.topic()).tell(failure));
              metrics.retried("publish");
              vertx.setTimer(
                  Backoff.millis(attempt),
                  again -> attempt(record, acknowledged, attempt + 1, since));
            });
  }

  /** Waits for what is on its way, at most so long. */
  Future<Void> close(long timeoutMillis) {
    closed = true;
    return producer.close(timeoutMillis);
  }
}
