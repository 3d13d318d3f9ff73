package io.fieldmark.transport.kafka;

import io.fieldmark.transport.InferenceCapacity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells ingestion of this inference process at intervals. A sign of life that is not taken is not
 * repeated: the next one comes soon and says more.
 */
final class WorkerAnnouncer {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerAnnouncer.class);

  private final Vertx vertx;
  private final KafkaWriteStream<byte[], byte[]> producer;
  private final String topic;
  private final String instance;
  private final Supplier<InferenceCapacity> local;
  private final IntSupplier inWork;
  private final Clock clock;
  private long timer;
  private volatile boolean unheard;

  WorkerAnnouncer(
      Vertx vertx,
      KafkaWriteStream<byte[], byte[]> producer,
      String topic,
      String instance,
      Supplier<InferenceCapacity> local,
      IntSupplier inWork,
      Clock clock) {
    this.vertx = vertx;
    this.producer = producer;
    this.topic = topic;
    this.instance = instance;
    this.local = local;
    this.inWork = inWork;
    this.clock = clock;
  }

  void start(Duration interval) {
    announce();
    timer = vertx.setPeriodic(interval.toMillis(), tick -> announce());
  }

  private void announce() {
    InferenceCapacity now = local.get();
    producer
        .write(
            WorkerFormat.write(
                topic,
                new WorkerAnnouncement(
                    instance,
                    now.models().stream().findFirst(),
                    now.workers(),
                    now.busyWorkers(),
                    inWork.getAsInt(),
                    now.throughput()),
                clock.instant()))
        .onComplete(taken -> notice(taken.cause()));
  }

  /** Told once, for it is tried at every interval. */
  private void notice(Throwable failure) {
    if (failure != null && !unheard) {
      LOG.warn("Ingestion is not told of this process: {}", Access.write(topic).tell(failure));
    }
    unheard = failure != null;
  }

  /** Never fails: whoever misses the farewell notices the silence. */
  Future<Void> stop() {
    vertx.cancelTimer(timer);
    return producer
        .write(WorkerFormat.gone(topic, instance))
        .timeout(1, TimeUnit.SECONDS)
        .otherwiseEmpty();
  }
}
