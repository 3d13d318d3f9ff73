package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Classification;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.ImageHeader;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.domain.Verdict;
import io.fieldmark.transport.kafka.ResultRecord.ImagePosition;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultFormatTest {
  private final RequestId id = RequestId.next(WireRecords.STORED);

  private static ResultRecord read(ProducerRecord<byte[], byte[]> written) {
    return ResultFormat.read(WireRecords.stored(written, 0, 0)).orElseThrow();
  }

  private StoredPhoto photo(byte[] key, Header... headers) {
    return WireRecords.storedPhoto(WireRecords.stored(key, new byte[] {1}, headers, 3, 17), id);
  }

  private Prediction prediction(StageTimings timings) {
    return new Prediction(
        id,
        new ModelReference("animals", "1.2"),
        List.of(new Classification("cat", 0.123456789012345), new Classification("dog", 1e-9)),
        new Verdict("a_later_one"),
        new ImageHeader(ImageFormat.WEBP, 640, 480),
        timings,
        Instant.parse("2026-03-01T10:00:00.123456Z"));
  }

  @Test
  void aPredictionIsReadAsItWasWritten() {
    StageTimings timings = StageTimings.NONE;
    Map<Stage, Long> expected = new EnumMap<>(Stage.class);
    long nanos = 987;
    for (Stage stage : Stage.values()) {
      nanos += 1_234_567_890L;
      timings = timings.with(stage, nanos);
      expected.put(stage, Math.round(nanos / 1000.0) * 1000);
    }
    Prediction written = prediction(timings);
    ResultRecord record =
        read(ResultFormat.write("t", written, photo(null), false, WireRecords.STORED));
    Prediction again = (Prediction) record.result();
    Map<Stage, Long> read = new EnumMap<>(Stage.class);
    again.timings().forEach(read::put);
    assertThat(read).as("to the microsecond").isEqualTo(expected);
    assertThat(again).usingRecursiveComparison().ignoringFields("timings").isEqualTo(written);
    assertThat(record.image()).contains(new ImagePosition(3, 17, WireRecords.STORED));
    assertThat(record.deadLettered()).isFalse();
    assertThat(record.replayed()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(RejectionReason.class)
  void aRejectionIsReadAsItWasWritten(RejectionReason reason) {
    Rejection plain = Rejection.of(id, reason, "Größe: 1 × 1 \u0000 \"quoted\"");
    Rejection retryable = Rejection.retryable(id, reason, "Later", Duration.ofMillis(1500));
    for (Rejection rejection : List.of(plain, retryable)) {
      ResultRecord record =
          read(ResultFormat.write("t", rejection, photo(null), true, WireRecords.STORED));
      assertThat(record.result()).isEqualTo(rejection);
      assertThat(record.deadLettered()).isTrue();
    }
  }

  @Test
  void aReasonOfALaterVersionIsReadAsInternal() {
    ProducerRecord<byte[], byte[]> written =
        ResultFormat.write(
            "t",
            Rejection.of(id, RejectionReason.EMPTY, "x"),
            photo(null),
            false,
            WireRecords.STORED);
    byte[] later =
        new String(written.value(), StandardCharsets.UTF_8)
            .replace("\"empty\"", "\"too_dark\",\"new_field\":{}")
            .getBytes(StandardCharsets.UTF_8);
    ConsumerRecord<byte[], byte[]> record =
        WireRecords.stored(written.key(), later, written.headers().toArray(), 0, 0);
    assertThat(ResultFormat.read(record).orElseThrow().result())
        .isEqualTo(Rejection.of(id, RejectionReason.INTERNAL, "x"));
  }

  @Test
  void thePhotosKeyComesBackByteForByteAndTheIdDoesNot() {
    byte[] key = new byte[256];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    assertThat(imageKey(photo(key))).isEqualTo(key);
    assertThat(imageKey(photo(new byte[0]))).isEmpty();
    assertThat(imageKey(photo(null))).isNull();
    assertThat(imageKey(photo(id.toString().getBytes(StandardCharsets.US_ASCII)))).isNull();
  }

  @Test
  void whatIsVeryLongIsNotHandedBackSinceTheResultWouldNotFitItsTopic() {
    Header[] headers = {
      new RecordHeader("ce_id", new byte[100_000]),
      new RecordHeader("traceparent", new byte[100_000]),
      new RecordHeader("ce_imageid", new byte[100_000])
    };
    StoredPhoto photo = photo(new byte[100_000], headers);
    ProducerRecord<byte[], byte[]> written =
        ResultFormat.write("t", prediction(StageTimings.NONE), photo, false, WireRecords.STORED);
    assertThat(imageKey(photo)).isNull();
    assertThat(written.headers().toArray())
        .allSatisfy(header -> assertThat(header.value().length).isLessThan(1_000));
  }

  private byte[] imageKey(StoredPhoto photo) {
    Header header =
        ResultFormat.write("t", prediction(StageTimings.NONE), photo, false, WireRecords.STORED)
            .headers()
            .lastHeader(EventHeaders.IMAGE_KEY);
    return header == null ? null : header.value();
  }

  @Test
  void theIdOfAnothersEventComesBack() {
    byte[] theirs = "photo 17".getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> written =
        ResultFormat.write(
            "t",
            prediction(StageTimings.NONE),
            photo(null, new RecordHeader("ce_id", theirs)),
            false,
            WireRecords.STORED);
    assertThat(new EventHeaders(written.headers()).text(EventHeaders.CALLERS_ID))
        .contains("photo 17");
  }

  @Test
  void ofThousandsOfHeadersOnlyOursAreHandedOn() {
    Header[] headers = new Header[10_000];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = new RecordHeader("h" + i, new byte[100]);
    }
    ProducerRecord<byte[], byte[]> written =
        ResultFormat.write(
            "t", prediction(StageTimings.NONE), photo(null, headers), false, WireRecords.STORED);
    assertThat(written.headers().toArray()).hasSizeLessThan(15);
  }

  @Test
  void whatCannotBeReadIsNoResult() {
    ProducerRecord<byte[], byte[]> good =
        ResultFormat.write(
            "t", prediction(StageTimings.NONE), photo(null), false, WireRecords.STORED);
    Header[] headers = good.headers().toArray();
    JsonObject json = new JsonObject(new String(good.value(), StandardCharsets.UTF_8));
    assertThat(readValue(null, headers)).isEmpty();
    assertThat(readValue(good.value(), new Header[0])).isEmpty();
    for (String field : List.copyOf(json.fieldNames())) {
      for (Object wrong : new Object[] {null, "x", -1, new JsonObject(), List.of(1)}) {
        byte[] value = json.copy().put(field, wrong).toBuffer().getBytes();
        readValue(value, headers); // Must not throw; a wrong label is still a label.
      }
    }
    Random random = new Random(4);
    for (int i = 0; i < 5000; i++) {
      byte[] value = good.value().clone();
      value[random.nextInt(value.length)] = (byte) random.nextInt(256);
      readValue(value, headers);
    }
  }

  private static Optional<ResultRecord> readValue(byte[] value, Header[] headers) {
    return ResultFormat.read(WireRecords.stored(null, value, headers, 0, 0));
  }
}
