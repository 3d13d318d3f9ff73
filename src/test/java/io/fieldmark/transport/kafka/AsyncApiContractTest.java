package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fieldmark.config.AppConfig;
import io.fieldmark.config.KafkaConfig;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.testing.Configs;
import io.fieldmark.testing.Requests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The document against what is really written. */
class AsyncApiContractTest {
  private static final Instant NOW = WireRecords.STORED;

  private final AsyncApiDocument document = AsyncApiDocument.read();
  private final RequestId id = RequestId.next(NOW);

  private void requireDescribed(String message, ProducerRecord<byte[], byte[]> record) {
    assertThat(document.differences(message, record)).isEmpty();
    assertThat(document.message(message).path("name").asText())
        .isEqualTo(new EventHeaders(record.headers()).text(EventHeaders.TYPE).orElseThrow());
  }

  private StoredPhoto everythingSet() {
    RecordHeaders headers = new RecordHeaders();
    new EventHeaders(headers)
        .put(EventHeaders.TYPE, "com.example.photo")
        .put(EventHeaders.ID, "photo 17")
        .put(EventHeaders.TOP_K, "3")
        .put(EventHeaders.TRACEPARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .put(EventHeaders.REPLAYED, "true");
    byte[] key = "key".getBytes(StandardCharsets.UTF_8);
    return WireRecords.storedPhoto(
        WireRecords.stored(key, new byte[] {1}, headers.toArray(), 3, 17), id);
  }

  @Test
  void photosOfIngestionAreDescribedDownToTheLastHeader() {
    InferenceRequest plain = Requests.withoutDeadline();
    InferenceRequest full =
        new InferenceRequest(
            id,
            plain.image(),
            1000,
            StageTimings.NONE.with(Stage.RECEIVE, 1_234_567),
            Optional.of(NOW.plusSeconds(30)),
            Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    for (InferenceRequest request : List.of(plain, full)) {
      ProducerRecord<byte[], byte[]> record = PhotoFormat.write("t", request, NOW);
      requireDescribed("Photo", record);
      requireNamed("PhotoHeaders", record);
    }
  }

  @Test
  void photosOfProduceAndOfReplayAreDescribedDownToTheLastHeader() {
    ProducerRecord<byte[], byte[]> produced = WireRecords.photo(id, new byte[] {1});
    requireDescribed("Photo", produced);
    ProducerRecord<byte[], byte[]> letter =
        DeadLetterFormat.write(
            "t", everythingSet(), DeadLetterFormat.Reason.FAILED, 3, "detail", NOW);
    ProducerRecord<byte[], byte[]> replayed =
        DeadLetterFormat.replay("t", WireRecords.stored(letter, 0, 0), NOW);
    requireDescribed("Photo", replayed);
    requireNamed("PhotoHeaders", replayed);
  }

  /** Headers of others are allowed there, so the schema alone does not notice one of ours. */
  private void requireNamed(String schema, ProducerRecord<byte[], byte[]> record) {
    JsonNode properties = document.root().at("/components/schemas/" + schema + "/properties");
    for (Header header : record.headers()) {
      assertThat(properties.has(header.key())).as(header.key()).isTrue();
    }
  }

  @Test
  void predictionsAreDescribed() {
    Prediction bare = (Prediction) WireRecords.prediction(id);
    StageTimings timings = StageTimings.NONE;
    for (Stage stage : Stage.values()) {
      timings = timings.with(stage, 1_234_567);
    }
    Prediction full =
        new Prediction(
            id,
            bare.model(),
            bare.classifications(),
            bare.verdict(),
            bare.image(),
            timings,
            bare.answeredAt());
    requireDescribed("Prediction", WireRecords.result("t", bare));
    requireDescribed("Prediction", ResultFormat.write("t", full, everythingSet(), false, NOW));
  }

  @ParameterizedTest
  @EnumSource(RejectionReason.class)
  void rejectionsAreDescribed(RejectionReason reason) {
    requireDescribed("Rejection", WireRecords.result("t", Rejection.of(id, reason, "A sentence.")));
    Rejection retryable = Rejection.retryable(id, reason, "A sentence.", Duration.ofSeconds(2));
    requireDescribed("Rejection", ResultFormat.write("t", retryable, everythingSet(), true, NOW));
    List<String> documented = new ArrayList<>();
    document
        .root()
        .at("/components/schemas/Rejection/properties/reason/examples")
        .forEach(example -> documented.add(example.asText()));
    assertThat(documented).contains(reason.wireName());
  }

  @ParameterizedTest
  @EnumSource(DeadLetterFormat.Reason.class)
  void deadLettersAndTheirNotesAreDescribed(DeadLetterFormat.Reason reason) {
    ProducerRecord<byte[], byte[]> letter = WireRecords.deadLetter("t", id, reason);
    requireDescribed("DeadLetter", letter);
    requireDescribed(
        "DeadLetter", DeadLetterFormat.write("t", everythingSet(), reason, 3, "detail", NOW));
    requireDescribed(
        "DeadLetterReplayed", DeadLetterFormat.replayed(WireRecords.stored(letter, 2, 5), NOW));
    assertThat(
            document
                .root()
                .at("/components/schemas/DeadLetterHeaders/properties/ce_reason/examples")
                .toString())
        .contains(reason.wireName());
  }

  @Test
  void workersAreDescribed() {
    WorkerAnnouncement loading =
        new WorkerAnnouncement("one", Optional.empty(), 2, 0, 0, OptionalDouble.empty());
    WorkerAnnouncement busy =
        new WorkerAnnouncement("one", Optional.of(Requests.MODEL), 2, 1, 9, OptionalDouble.of(88));
    requireDescribed("Worker", WorkerFormat.write("t", loading, NOW));
    requireDescribed("Worker", WorkerFormat.write("t", busy, NOW));
  }

  @Test
  void everyTypeOfEventThatIsWrittenHasItsMessage() {
    List<String> names = new ArrayList<>();
    document.root().at("/components/messages").forEach(m -> names.add(m.path("name").asText()));
    assertThat(names)
        .containsExactlyInAnyOrder(
            EventHeaders.PHOTO,
            EventHeaders.PREDICTION,
            EventHeaders.REJECTION,
            EventHeaders.DEAD_LETTER,
            EventHeaders.LETTER_REPLAYED,
            EventHeaders.FEEDBACK,
            EventHeaders.LABELLED,
            EventHeaders.WORKER);
  }

  @Test
  void topicsAreMadeAsTheDocumentSays() {
    AppConfig config = Configs.with("feedback.store_photos", "true");
    KafkaConfig.Topics names = config.kafka().topics();
    Map<String, String> channels =
        Map.of(
            names.photos(), "images",
            names.results(), "predictions",
            names.deadLetters(), "deadLetters",
            names.feedback(), "feedback",
            names.labelledPhotos(), "labelled",
            names.workers(), "workers");
    for (TopicPlan plan : TopicPlan.of(config.kafka(), config.ingestion().image().maxBytes())) {
      JsonNode channel = document.channel(channels.get(plan.name()));
      JsonNode binding = channel.at("/bindings/kafka");
      assertThat(channel.path("address").asText()).isEqualTo(plan.name());
      assertThat(binding.path("topic").asText()).isEqualTo(plan.name());
      assertThat(binding.path("partitions").asInt()).isEqualTo(plan.partitions());
      binding
          .path("topicConfiguration")
          .properties()
          .forEach(
              setting -> {
                JsonNode value = setting.getValue();
                assertThat(value.isArray() ? String.join(",", texts(value)) : value.asText())
                    .as("%s of %s", setting.getKey(), plan.name())
                    .isEqualTo(plan.settings().get(setting.getKey()));
              });
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void feedbackIsDescribed() {
    requireDescribed("Feedback", FeedbackFormat.write("t", WireRecords.feedback(id), id));
    requireDescribed("Feedback", FeedbackFormat.write("t", WireRecords.labelled(id, "okapi"), id));
  }

  @Test
  void labelledPhotosAreDescribed() {
    for (ImageFormat format : ImageFormat.values()) {
      requireDescribed(
          "LabelledPhoto",
          LabelledFormat.write(
              "t", WireRecords.labelled(id, "okapi"), "okapi", format, new byte[] {1}, id, NOW));
    }
  }

  @Test
  void examplesAndReferencesAreRight() {
    assertThat(document.wrongExamples()).isEmpty();
    assertThat(document.brokenReferences()).isEmpty();
    assertThat(new TreeSet<>(Arrays.asList("send", "receive")))
        .containsAll(document.root().path("operations").findValuesAsText("action"));
  }

  @Test
  void aRecordThatIsNotAsDescribedIsNoticed() {
    ProducerRecord<byte[], byte[]> record = WireRecords.result("t", WireRecords.prediction(id));
    record.headers().add("ce_unheard", new byte[] {'x'});
    assertThat(document.differences("Prediction", record)).hasSize(1);
    assertThat(
            document.differences("Rejection", WireRecords.result("t", WireRecords.prediction(id))))
        .isNotEmpty();
  }
}
