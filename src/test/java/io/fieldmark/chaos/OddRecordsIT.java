package io.fieldmark.chaos;

import static io.fieldmark.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.RequestId;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.kafka.TestTopics;
import io.fieldmark.transport.kafka.DeadLetterFormat;
import io.fieldmark.transport.kafka.EventHeaders;
import io.fieldmark.transport.kafka.PhotoFormat;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands on the photos' topic is answered, and stops nothing behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OddRecordsIT {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private ClusterUnderTest cluster;
  private Records records;

  @BeforeAll
  void startCluster(@TempDir Path folder) throws Exception {
    cluster =
        ClusterUnderTest.start(
            folder,
            1,
            1,
            1,
            Map.of(
                "ingestion.max_image_bytes",
                OddRecord.MAX_IMAGE_BYTES + "B",
                "kafka.partitions",
                "3"));
    records = new Records(cluster.config().kafka());
  }

  @AfterAll
  void stopCluster() {
    records.close();
    cluster.close();
  }

  @Test
  void everyOddRecordIsAnsweredAsItDeserves() throws Exception {
    String topic = cluster.config().kafka().topics().photos();
    Map<OddRecord, Place> sent = new LinkedHashMap<>();
    for (OddRecord odd : OddRecord.all(topic)) {
      sent.put(odd, records.send(odd.record()));
    }
    for (Map.Entry<OddRecord, Place> odd : sent.entrySet()) {
      OddRecord record = odd.getKey();
      assertThat(records.reason(odd.getValue())).as(record.name()).isEqualTo(record.reason());
      assertThat(records.answer(odd.getValue()).key()).isEqualTo(record.name());
    }
  }

  @Test
  void twoRecordsWithOneIdHaveOneVisibleResult() throws Exception {
    RequestId id = RequestId.next(Instant.now());
    String topic = cluster.config().kafka().topics().photos();
    Place first = records.send(photo(topic, id, DrawnImage.jpeg(300, 200)));
    assertThat(records.reason(first)).isEmpty();
    Place second = records.send(photo(topic, id, DrawnImage.jpeg(400, 200)));
    assertThat(records.reason(second)).isEmpty();
    assertThat(records.topics().of(id.toString())).hasSize(2);
    assertThat(get(id.toString()).json().getJsonObject("image").getInteger("width")).isEqualTo(300);
  }

  private static ProducerRecord<byte[], byte[]> photo(String topic, RequestId id, byte[] image) {
    return PhotoFormat.write(topic, id, image, "/test", Instant.now());
  }

  private HttpReply get(String id) {
    try {
      return HttpReply.get(cluster.ingestion(1).port(), "/v1/predictions/" + id, ANSWER);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Killed each time that it works on the photo, as a photo that crashes it would do. */
  @Test
  void aPhotoThatEndsItsProcessBecomesADeadLetterAloneAndCanBePutBack() throws Exception {
    int partition = 1;
    records.reason(records.send(partition, DrawnImage.jpeg(96, 64)));
    cluster.worker(1).pause();
    List<Place> mates = new ArrayList<>();
    mates.add(records.send(partition, DrawnImage.jpeg(97, 64)));
    Place poison = records.send(partition, slowToDecode());
    mates.add(records.send(partition, DrawnImage.jpeg(98, 64)));
    mates.add(records.send(2, DrawnImage.jpeg(99, 64)));
    // It had said that photos of this partition are in work; whoever comes next tries each alone.
    killAndRestart();
    killWhen(poison, "attempt:1");
    killWhen(poison, "attempt:2");
    for (Place mate : mates) {
      assertThat(records.reason(mate)).as("%s", mate).isEmpty();
    }
    assertThat(records.reason(poison)).isEqualTo("internal");
    String id = records.answer(poison).result().result().id().toString();
    eventually("the refusal is shown", () -> get(id).status() == 500);
    records.topics().read(Duration.ofSeconds(1));
    ConsumerRecord<byte[], byte[]> letter = records.topics().deadLetters().get(0);
    assertThat(header(letter, EventHeaders.REASON)).isEqualTo("crashed");
    assertThat(header(letter, EventHeaders.ATTEMPTS)).isEqualTo("3");
    records.send(
        DeadLetterFormat.replay(cluster.config().kafka().topics().photos(), letter, Instant.now()));
    eventually("the prediction supersedes the refusal", () -> get(id).status() == 200);
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** Few bytes and many pixels: a kill that follows a look at the broker comes in time. */
  private static byte[] slowToDecode() {
    return DrawnImage.encode(new BufferedImage(7000, 7000, BufferedImage.TYPE_BYTE_GRAY), "png");
  }

  private void killWhen(Place poison, String mark) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!marked(poison, mark)) {
      assertThat(System.nanoTime()).as("%s of %s", mark, poison).isLessThan(end);
    }
    killAndRestart();
  }

  private void killAndRestart() throws Exception {
    cluster.worker(1).kill();
    cluster.worker(1).launch();
  }

  private boolean marked(Place poison, String mark) throws Exception {
    return records
        .committed(poison.partition())
        .filter(now -> now.offset() == poison.offset() && now.metadata().equals(mark))
        .isPresent();
  }

  /** The last one: places are used again. */
  @Test
  @Order(Integer.MAX_VALUE)
  void photosOfATopicThatWasMadeAnewAreAnswered() throws Exception {
    records.reason(records.send(0, DrawnImage.jpeg(96, 64)));
    records.deletePhotosTopic();
    Thread.sleep(2000);
    TestTopics.create(cluster.config());
    Instant before = Instant.now();
    Place place = records.send(0, DrawnImage.jpeg(123, 64));
    assertThat(place.offset()).isZero();
    eventually(
        "the photo is answered",
        () -> {
          records.topics().read(Duration.ofMillis(100));
          return records.topics().idOf(place).stream()
              .flatMap(id -> records.topics().of(id).stream())
              .anyMatch(seen -> seen.result().image().get().storedAt().isAfter(before));
        });
  }

  @Test
  void missingTopicsEndTheStartWithASentence() throws Exception {
    for (String role : List.of("ingestion", "inference")) {
      try (ServiceNode stray =
          cluster.launchStray(
              "stray-" + role, role, Map.of("FIELDMARK_KAFKA_TOPIC_PREFIX", "nowhere"))) {
        assertThat(stray.exitCode()).isEqualTo(1);
        assertThat(stray.output()).contains("nowhere.images").doesNotContain("Exception", "\tat ");
      }
    }
  }
}
