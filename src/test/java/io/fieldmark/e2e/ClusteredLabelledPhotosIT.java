package io.fieldmark.e2e;

import static io.fieldmark.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.client.ClientRun;
import io.fieldmark.config.AppConfig;
import io.fieldmark.labelled.Kept;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.kafka.SharedBroker;
import io.fieldmark.testing.kafka.TestTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a mistake to a photo that can be trained with, over a broker. */
class ClusteredLabelledPhotosIT {
  private static final byte[] PHOTO = DrawnImage.withOrientation(DrawnImage.jpeg(96, 64), 1);
  private static final String LION = "{\"correct\":false,\"label\":\"lion\"}";

  @TempDir private Path temporary;
  private Map<String, String> keys;
  private RunningService service;
  private ApiClient client;

  @BeforeEach
  void start() throws Exception {
    keys = new HashMap<>(TestTopics.fresh("feedback.store_photos", "true"));
    service = RunningService.startTiers(keys);
    client = new ApiClient(service);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private AppConfig config() {
    return Configs.with(keys);
  }

  private String answered() throws Exception {
    return client.post("/v1/predictions", Map.of(), PHOTO).json().path("id").asText();
  }

  private String say(String id, String opinion) throws Exception {
    HttpAnswer answer =
        client.post("/v1/predictions/%s/feedback".formatted(id), Map.of(), opinion.getBytes(UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("photo").asText();
  }

  private ClientRun export() throws Exception {
    String lines =
        keys.entrySet().stream()
            .map(key -> key.getKey() + "=" + key.getValue())
            .collect(Collectors.joining("\n"));
    ClientRun run = ClientRun.of(temporary, lines, "export-feedback", exported().toString());
    assertThat(run.exitCode()).as(run.toString()).isZero();
    return run;
  }

  private Path exported() {
    return temporary.resolve("exported");
  }

  @Test
  void aPhotoIsKeptUnderItsLastLabelUntilItIsTakenBack() throws Exception {
    String id = answered();
    assertThat(say(id, LION)).isEqualTo("kept");
    assertThat(export().out()).containsExactly("lion\t1");
    byte[] kept = Files.readAllBytes(exported().resolve("lion").resolve(id + ".jpg"));
    assertThat(new String(kept, ISO_8859_1)).doesNotContain("Exif").startsWith("\u00FF\u00D8");

    assertThat(say(id, LION.replace("lion", "okapi"))).isEqualTo("kept");
    assertThat(export().out()).containsExactly("okapi\t1");

    assertThat(client.send("DELETE", "/v1/predictions/%s/feedback".formatted(id)).status())
        .isEqualTo(204);
    assertThat(export().out()).isEmpty();
    assertThat(Kept.files(exported())).isEmpty();
    assertThat(service.metric("fieldmark_labelled_photos_total{outcome=\"kept\"}")).hasValue(2);
  }

  @Test
  void aPhotoThatCameByTopicIsKeptAsWell() throws Exception {
    RecordMetadata stored;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", SharedBroker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      stored =
          producer
              .send(new ProducerRecord<>(config().kafka().topics().photos(), PHOTO))
              .get(20, TimeUnit.SECONDS);
    }
    assertThat(stored.offset()).isNotNegative();
    eventually("it is answered", () -> service.metric("fieldmark_photo_positions").orElse(0) == 1);
    ClientRun results =
        ClientRun.of(
            temporary,
            "kafka.bootstrap_servers=%s%nkafka.topic_prefix=%s%n"
                .formatted(SharedBroker.bootstrapServers(), keys.get("kafka.topic_prefix")),
            "results");
    String id = results.out().getFirst().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    assertThat(say(id, LION)).isEqualTo("kept");
    assertThat(export().out()).containsExactly("lion\t1");
  }

  @Test
  void aPhotoThatIsThereNoLongerIsSaidToBeGoneAndItsFeedbackCounts() throws Exception {
    String id = answered();
    String photos = config().kafka().topics().photos();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", SharedBroker.bootstrapServers()))) {
      Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
      admin
          .describeTopics(Set.of(photos))
          .allTopicNames()
          .get(20, TimeUnit.SECONDS)
          .get(photos)
          .partitions()
          .forEach(
              partition ->
                  all.put(
                      new TopicPartition(photos, partition.partition()),
                      RecordsToDelete.beforeOffset(-1)));
      admin.deleteRecords(all).all().get(20, TimeUnit.SECONDS);
    }
    assertThat(say(id, LION)).isEqualTo("gone");
    assertThat(export().out()).isEmpty();
    eventually(
        "the feedback counts",
        () -> service.metric("fieldmark_accuracy_samples{window=\"1h\"}").orElse(0) == 1);
  }

  @Test
  void aTopicThatIsTakenAwayTouchesNeitherPredictionsNorFeedback() throws Exception {
    String labelled = config().kafka().topics().labelledPhotos();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", SharedBroker.bootstrapServers()))) {
      admin.deleteTopics(Set.of(labelled)).all().get(20, TimeUnit.SECONDS);
    }
    String id = answered();
    assertThat(say(id, LION)).isEqualTo("failed");
    assertThat(answered()).isNotEqualTo(id);
    eventually(
        "the feedback counts",
        () -> service.metric("fieldmark_accuracy_samples{window=\"1h\"}").orElse(0) == 1);
  }
}
