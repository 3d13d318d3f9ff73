package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.config.AppConfig.ImageLimits;
import io.fieldmark.domain.Admission;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.testing.DrawnImage;
import io.fieldmark.testing.Requests;
import io.fieldmark.validation.ImageValidator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoFormatTest {
  private static final Uuid TOPIC = new Uuid(1, 2);
  private static final Instant STORED = WireRecords.STORED;
  private static final byte[] IMAGE = DrawnImage.png(8, 8);

  private final ImageValidator validator =
      new ImageValidator(new ImageLimits(1 << 20, 10_000, 1000));
  private final Clock clock = Clock.fixed(STORED.plusMillis(25), ZoneOffset.UTC);

  private StoredPhoto read(ConsumerRecord<byte[], byte[]> record) {
    return PhotoFormat.read(record, TOPIC, validator, clock);
  }

  private static ConsumerRecord<byte[], byte[]> plain(int partition, long offset) {
    return WireRecords.stored(null, IMAGE, new Header[0], partition, offset);
  }

  private static ConsumerRecord<byte[], byte[]> with(String header, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return WireRecords.stored(null, IMAGE, new Header[] {new RecordHeader(header, bytes)}, 0, 0);
  }

  private static InferenceRequest admitted(StoredPhoto photo) {
    assertThat(photo.admission()).isInstanceOf(Admission.Admitted.class);
    return ((Admission.Admitted<InferenceRequest>) photo.admission()).value();
  }

  private static Rejection refused(StoredPhoto photo) {
    assertThat(photo.admission()).isInstanceOf(Admission.Refused.class);
    return ((Admission.Refused<InferenceRequest>) photo.admission()).rejection();
  }

  @Test
  void whatIngestionWritesIsReadAgain() {
    InferenceRequest drawn = Requests.withImage(IMAGE, Optional.of(STORED.plusSeconds(9)));
    InferenceRequest request =
        new InferenceRequest(
            drawn.id(),
            drawn.image(),
            7,
            StageTimings.NONE.with(Stage.RECEIVE, 1_234_567),
            drawn.deadline(),
            Optional.of("00-aa-bb-01"));
    ProducerRecord<byte[], byte[]> written = PhotoFormat.write("photos", request, STORED);
    StoredPhoto photo = read(WireRecords.stored(written, 3, 17));
    InferenceRequest again = admitted(photo);
    assertThat(photo.id()).isEqualTo(request.id());
    assertThat(photo.fromIngestion()).isTrue();
    assertThat(again.topK()).isEqualTo(7);
    assertThat(again.deadline()).isEqualTo(request.deadline());
    assertThat(again.traceparent()).isEqualTo(request.traceparent());
    assertThat(again.image().bytes()).isSameAs(IMAGE);
    Map<Stage, Long> timings = new EnumMap<>(Stage.class);
    again.timings().forEach(timings::put);
    assertThat(timings).isEqualTo(Map.of(Stage.RECEIVE, 1_234_567L, Stage.TOPIC, 25_000_000L));
  }

  @Test
  void theImageOfAPlainRecordIsAllThatIsNeeded() {
    StoredPhoto photo = read(plain(3, 17));
    assertThat(admitted(photo).topK()).isEqualTo(5);
    assertThat(admitted(photo).deadline()).isEmpty();
    assertThat(photo.fromIngestion()).isFalse();
  }

  @Test
  void thePlainRecordsIdIsStableAndHoldsItsTime() {
    RequestId id = read(plain(3, 17)).id();
    assertThat(read(plain(3, 17)).id()).isEqualTo(id);
    assertThat(id.value().version()).isEqualTo(7);
    assertThat(id.createdAt()).contains(STORED);
    assertThat(RequestId.parse(id.toString())).contains(id);
  }

  @Test
  void everyPlaceHasItsOwnId() {
    Set<RequestId> ids = new HashSet<>();
    for (int partition = 0; partition < 10; partition++) {
      for (long offset = 0; offset < 100; offset++) {
        ids.add(read(plain(partition, offset)).id());
      }
    }
    ids.add(PhotoFormat.read(plain(0, 0), new Uuid(1, 3), validator, clock).id());
    assertThat(ids).hasSize(1001);
  }

  @Test
  void theIdOfSomebodyElsesEventIsNotTaken() {
    RequestId theirs = RequestId.next(STORED);
    assertThat(read(with("ce_id", theirs.toString())).id()).isNotEqualTo(theirs);
    ProducerRecord<byte[], byte[]> ours = WireRecords.photo(theirs, IMAGE);
    assertThat(read(WireRecords.stored(ours, 0, 0)).id()).isEqualTo(theirs);
  }

  @ParameterizedTest
  @CsvSource({
    "ce_topk, 0",
    "ce_topk, 1001",
    "ce_topk, three",
    "ce_topk, ''",
    "ce_topk, 99999999999999999999",
    "ce_deadline, soon",
    "ce_deadline, ''",
    "ce_deadline, 2026-13-01T00:00:00Z"
  })
  void aHeaderThatCannotBeReadIsARefusalThatNamesIt(String header, String value) {
    Rejection rejection = refused(read(with(header, value)));
    assertThat(rejection.reason()).isEqualTo(RejectionReason.MALFORMED);
    assertThat(rejection.detail()).contains(header);
  }

  @Test
  void whatIsNoPhotoIsARefusal() {
    assertThat(refused(read(WireRecords.stored(null, null, new Header[0], 0, 0))).reason())
        .isEqualTo(RejectionReason.EMPTY);
    assertThat(refused(read(WireRecords.stored(null, new byte[0], new Header[0], 0, 0))).reason())
        .isEqualTo(RejectionReason.EMPTY);
    assertThat(refused(read(WireRecords.stored(null, new byte[99], new Header[0], 0, 0))).reason())
        .isEqualTo(RejectionReason.UNSUPPORTED_FORMAT);
    byte[] huge = new byte[(1 << 20) + 1];
    assertThat(refused(read(WireRecords.stored(null, huge, new Header[0], 0, 0))).reason())
        .isEqualTo(RejectionReason.TOO_LARGE);
  }

  @Test
  void thousandsOfHeadersDoNoHarm() {
    Header[] headers = new Header[10_000];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = new RecordHeader("h" + i, i % 3 == 0 ? null : new byte[] {(byte) i});
    }
    headers[5000] = new RecordHeader("ce_topk", new byte[] {'3'});
    assertThat(admitted(read(WireRecords.stored(null, IMAGE, headers, 0, 0))).topK()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void garbageIsARefusalOrARequestAndNeverAFailure(long seed) {
    Random random = new Random(seed);
    String[] names = {
      "ce_id", "ce_type", "ce_topk", "ce_deadline", "ce_receivenanos", "traceparent", "imagekey"
    };
    for (int i = 0; i < 2000; i++) {
      Header[] headers = new Header[random.nextInt(8)];
      for (int h = 0; h < headers.length; h++) {
        headers[h] = new RecordHeader(names[random.nextInt(names.length)], noise(random));
      }
      StoredPhoto photo =
          read(WireRecords.stored(noise(random), noise(random), headers, random.nextInt(9), i));
      assertThat(photo.id()).isNotNull();
      assertThat(photo.admission()).isNotNull();
    }
  }

  /** Null, nothing, or random bytes. */
  private static byte[] noise(Random random) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }
}
