package io.fieldmark.transport.kafka;

import static io.fieldmark.testing.Eventually.await;
import static io.fieldmark.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.kafka.TestTopics;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker, whose topic has segments of a second in place of an hour. */
class SegmentCloserIT {
  private static final String SECOND = "1000";
  private static final byte[] PHOTO = new byte[50_000];

  private final Vertx vertx = Vertx.vertx();
  private String topic;
  private ClientProperties properties;
  private KafkaWriteStream<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    AppConfig config = Configs.with(TestTopics.fresh("feedback.store_photos", "true"));
    topic = config.kafka().topics().labelledPhotos();
    properties = new ClientProperties(config.kafka(), 1 << 20, "test");
    producer = KafkaWriteStream.create(vertx, new KafkaProducer<>(properties.labelledProducer()));
    try (Admin admin = Admin.create(properties.admin())) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  Stream.of("segment.ms", "max.compaction.lag.ms", "delete.retention.ms")
                      .map(key -> new ConfigEntry(key, SECOND))
                      .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                      .toList()))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void stop() throws Exception {
    await(producer.close());
    await(vertx.close());
  }

  @Test
  void whatWasTakenBackLeavesTheBrokerThoughNothingElseIsKept() throws Exception {
    RequestId kept = RequestId.next(Clock.systemUTC().instant());
    RequestId takenBack = RequestId.next(Clock.systemUTC().instant());
    for (RequestId id : List.of(kept, takenBack)) {
      await(producer.send(new ProducerRecord<>(topic, id.toString().getBytes(US_ASCII), PHOTO)));
    }
    await(producer.send(LabelledFormat.forgotten(topic, takenBack)));
    assertThat(photosAtTheBroker()).containsExactly(kept.toString(), takenBack.toString());

    SegmentCloser closer =
        new SegmentCloser(vertx, producer, topic, Duration.ofMillis(500), Clock.systemUTC());
    eventually("its photo is gone", () -> photosAtTheBroker().equals(List.of(kept.toString())));
    closer.stop();
  }

  /** Ids of the records that have a value, whatever follows them. */
  private List<String> photosAtTheBroker() {
    return TopicRecords.all(properties, topic).stream()
        .filter(record -> Arrays.equals(record.value(), PHOTO))
        .map(record -> new String(record.key(), US_ASCII))
        .toList();
  }
}
