package io.fieldmark.transport.kafka;

import static io.fieldmark.testing.Eventually.await;
import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig;
import io.fieldmark.metrics.TopicMetrics;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.kafka.TestTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The signals for scaling, on a real broker, with not one inference process. */
class BacklogMonitorIT {
  private static final Duration CLOSE = Duration.ofMillis(500);

  private final Vertx vertx = Vertx.vertx();
  private final Ledger ledger = new Ledger();
  private AppConfig config;
  private Admin admin;
  private KafkaProducer<byte[], byte[]> producer;
  private BacklogMonitor monitor;

  @BeforeEach
  void start() throws Exception {
    config = Configs.with(TestTopics.fresh("kafka.partitions", "2"));
    ClientProperties properties = new ClientProperties(config.kafka(), 1 << 20, "test");
    admin = Admin.create(properties.admin());
    producer = new KafkaProducer<>(properties.photoProducer());
    monitor =
        new BacklogMonitor(
            admin,
            config.kafka().topics().photos(),
            config.kafka().group(),
            Duration.ofMillis(50),
            ledger,
            new TopicMetrics(new SimpleMeterRegistry()),
            Clock.systemUTC());
    await(vertx.deployVerticle(monitor));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
    producer.close();
    admin.close();
  }

  private RecordMetadata store(int partition) throws Exception {
    return producer
        .send(new ProducerRecord<>(config.kafka().topics().photos(), partition, null, new byte[9]))
        .get(20, TimeUnit.SECONDS);
  }

  private void commit(RecordMetadata answered) throws Exception {
    TopicPartition partition = new TopicPartition(answered.topic(), answered.partition());
    admin
        .alterConsumerGroupOffsets(
            config.kafka().group(), Map.of(partition, new OffsetAndMetadata(answered.offset() + 1)))
        .all()
        .get(20, TimeUnit.SECONDS);
  }

  private void awaitBacklog(long unanswered, Instant oldest) throws InterruptedException {
    eventually(
        unanswered + " wait, the oldest since " + oldest,
        () -> {
          Backlog now = monitor.backlog();
          return now.unanswered() == unanswered
              && now.oldest().isPresent()
              && !now.oldest().get().isBefore(oldest)
              && !now.oldest().get().isAfter(oldest.plus(CLOSE));
        });
  }

  @Test
  void tellsHowManyPhotosWaitAndSinceWhen() throws Exception {
    RecordMetadata first = store(0);
    TimeUnit.MILLISECONDS.sleep(2 * CLOSE.toMillis());
    RecordMetadata second = store(1);
    awaitBacklog(2, Instant.ofEpochMilli(first.timestamp()));
    commit(first);
    awaitBacklog(1, Instant.ofEpochMilli(second.timestamp()));
    commit(second);
    eventually("nothing waits", () -> monitor.backlog().unanswered() == 0);
    assertThat(monitor.backlog().oldest()).isEmpty();
    assertThat(monitor.brokerPresent()).isTrue();
  }

  @Test
  void tellsOfCommittedPhotosThatHaveNoResult() throws Exception {
    eventually("it has looked", () -> monitor.brokerPresent());
    RecordMetadata answered = store(0);
    RecordMetadata forgotten = store(0);
    ledger.answered(0, answered.offset());
    commit(forgotten);
    eventually("the ledger shows it", () -> ledger.imbalance() == 1);
  }

  @Test
  void knowsHowLongTheTopicKeepsPhotos() throws Exception {
    eventually(
        "retention is known",
        () ->
            monitor
                .backlog()
                .retention()
                .equals(Optional.of(config.kafka().topics().photoRetention())));
    assertThat(monitor.backlog().endangered(Instant.now())).isFalse();
  }
}
