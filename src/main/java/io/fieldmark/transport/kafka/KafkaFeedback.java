package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.transport.FeedbackChannel;
import io.vertx.core.Future;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feedback by way of its topic: also what is said here is heard when it is read there, so that
 * every process hears the same, in the same order. It has a producer of its own, or photos would
 * wait behind it when its topic cannot be written to.
 */
final class KafkaFeedback implements FeedbackChannel {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaFeedback.class);

  private final KafkaWriteStream<byte[], byte[]> producer;
  private final String topic;
  private final Duration sendTimeout;
  private final TopicMetrics metrics;
  private final Clock clock;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean live;

  KafkaFeedback(
      KafkaWriteStream<byte[], byte[]> producer,
      String topic,
      Duration sendTimeout,
      TopicMetrics metrics,
      Clock clock) {
    this.producer = producer.exceptionHandler(told -> {});
    this.topic = topic;
    this.sendTimeout = sendTimeout;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public Future<Boolean> publish(Feedback feedback) {
    return send(
        feedback.id(), FeedbackFormat.write(topic, feedback, RequestId.next(clock.instant())));
  }

  @Override
  public Future<Boolean> withdraw(RequestId id) {
    return send(id, FeedbackFormat.withdrawal(topic, id));
  }

  private Future<Boolean> send(RequestId id, ProducerRecord<byte[], byte[]> record) {
    return producer
        .send(record)
        .timeout(sendTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .map(true)
        .otherwise(failure -> notStored(id, failure));
  }

  private boolean notStored(RequestId id, Throwable failure) {
    LOG.atWarn()
        .addKeyValue("request", id)
        .log("Feedback was not stored: {}", Access.write(topic).tell(failure));
    return false;
  }

  @Override
  public void onFeedback(Listener listener) {
    listeners.add(listener);
  }

  /** Every record of the topic. Called on one event loop. */
  void read(ConsumerRecord<byte[], byte[]> record) {
    Optional<Feedback> feedback = FeedbackFormat.read(record);
    Optional<RequestId> withdrawn = FeedbackFormat.withdrawn(record);
    if (feedback.isEmpty() && withdrawn.isEmpty()) {
      metrics.feedbackUnreadable();
    }
    feedback.ifPresent(said -> listeners.forEach(listener -> listener.heard(said, live)));
    withdrawn.ifPresent(id -> listeners.forEach(listener -> listener.withdrawn(id)));
  }

  /** To be called when all that stood on the topic is read. */
  void caughtUp() {
    live = true;
  }

  /** Lets everything that is on its way arrive. */
  Future<Void> close() {
    return producer.close(sendTimeout.toMillis());
  }
}
