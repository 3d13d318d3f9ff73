package io.fieldmark.transport.kafka;

import static io.fieldmark.testing.Eventually.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig;
import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.kafka.TestTopics;
import io.fieldmark.transport.LabelledPhotos.Keeping;
import io.fieldmark.transport.kafka.LabelledFormat.Labelled;
import io.fieldmark.transport.kafka.ResultRecord.ImagePosition;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between the topics of a real broker. */
class KafkaLabelledPhotosIT {
  private final Vertx vertx = Vertx.vertx();
  private AppConfig config;
  private ClientProperties properties;
  private KafkaLabelledPhotos photos;

  @BeforeEach
  void start() throws Exception {
    config = Configs.with(TestTopics.fresh("feedback.store_photos", "true"));
    properties = new ClientProperties(config.kafka(), 1 << 20, "test");
    photos =
        KafkaLabelledPhotos.open(
            vertx,
            config,
            properties,
            Uuid.randomUuid(),
            (format, file) -> Optional.of(file),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() throws Exception {
    await(photos.close());
    await(vertx.close());
  }

  /** Stands on its topic, and is answered. */
  private RequestId answered() throws Exception {
    RequestId id = RequestId.next(Clock.systemUTC().instant());
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties.photoProducer())) {
      RecordMetadata stored =
          producer
              .send(
                  PhotoFormat.write(
                      config.kafka().topics().photos(),
                      id,
                      DrawnImage.jpeg(96, 64),
                      "/test",
                      Clock.systemUTC().instant()))
              .get(20, TimeUnit.SECONDS);
      photos.answered(
          new ResultRecord(
              WireRecords.prediction(id),
              Optional.of(
                  new ImagePosition(stored.partition(), stored.offset(), WireRecords.STORED)),
              false,
              false));
    }
    return id;
  }

  /** What was written, in its order: a label, or "nothing". */
  private List<String> written(RequestId id) {
    return TopicRecords.all(properties, config.kafka().topics().labelledPhotos()).stream()
        .filter(record -> new String(record.key(), US_ASCII).equals(id.toString()))
        .map(record -> LabelledFormat.read(record).map(Labelled::label).orElse("nothing"))
        .toList();
  }

  @Test
  void whatIsAskedForLaterIsWrittenLater() throws Exception {
    RequestId id = answered();
    Future<Keeping> lion = photos.keep(WireRecords.labelled(id, "lion"), "lion");
    Future<Boolean> takenBack = photos.forget(id);
    Future<Keeping> okapi = photos.keep(WireRecords.labelled(id, "okapi"), "okapi");
    Future<Boolean> takenBackAgain = photos.forget(id);

    assertThat(await(lion)).isEqualTo(Keeping.KEPT);
    assertThat(await(takenBack)).isTrue();
    assertThat(await(okapi)).isEqualTo(Keeping.KEPT);
    assertThat(await(takenBackAgain)).isTrue();
    assertThat(written(id)).containsExactly("lion", "nothing", "okapi", "nothing");
  }

  @Test
  void ofAPhotoThatIsGoneNothingIsKeptUnderAnEarlierLabel() throws Exception {
    RequestId id = RequestId.next(Clock.systemUTC().instant());
    assertThat(await(photos.keep(WireRecords.labelled(id, "lion"), "lion")))
        .isEqualTo(Keeping.GONE);
    assertThat(written(id)).containsExactly("nothing");
  }
}
