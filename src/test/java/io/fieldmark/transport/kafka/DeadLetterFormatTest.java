package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.RequestId;
import io.fieldmark.transport.kafka.DeadLetterFormat.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class DeadLetterFormatTest {
  private static final Instant NOW = WireRecords.STORED.plusSeconds(60);
  private static final byte[] IMAGE = {1, 2, 3};

  private final RequestId id = RequestId.next(WireRecords.STORED);

  private ProducerRecord<byte[], byte[]> letter(byte[] key, Header... headers) {
    StoredPhoto photo = WireRecords.storedPhoto(WireRecords.stored(key, IMAGE, headers, 3, 17), id);
    return DeadLetterFormat.write("letters", photo, Reason.CRASHED, 3, "Why", NOW);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLetterKeepsThePhotoWithReasonOriginAndAttempts() {
    ProducerRecord<byte[], byte[]> letter = letter(null);
    EventHeaders headers = new EventHeaders(letter.headers());
    assertThat(letter.value()).isSameAs(IMAGE);
    assertThat(new String(letter.key(), StandardCharsets.US_ASCII)).isEqualTo(id.toString());
    assertThat(headers.text(EventHeaders.REASON)).contains("crashed");
    assertThat(headers.text(EventHeaders.DETAIL)).contains("Why");
    assertThat(headers.number(EventHeaders.ATTEMPTS)).contains(3L);
    assertThat(headers.number(EventHeaders.IMAGE_PARTITION)).contains(3L);
    assertThat(headers.number(EventHeaders.IMAGE_OFFSET)).contains(17L);
    assertThat(headers.time(EventHeaders.IMAGE_TIME)).contains(WireRecords.STORED);
  }

  @Test
  void whatIsPutBackIsTheSameRequestWithoutItsDeadline() {
    byte[] key = {0, (byte) 0xFF};
    ProducerRecord<byte[], byte[]> letter =
        letter(
            key,
            header(EventHeaders.ID, "photo 17"),
            header(EventHeaders.TOP_K, "3"),
            header(EventHeaders.DEADLINE, NOW.toString()),
            header(EventHeaders.TRACEPARENT, "00-aa-bb-01"));
    ProducerRecord<byte[], byte[]> photo =
        DeadLetterFormat.replay("photos", WireRecords.stored(letter, 1, 5), NOW);
    EventHeaders headers = new EventHeaders(photo.headers());
    assertThat(photo.topic()).isEqualTo("photos");
    assertThat(photo.value()).isSameAs(IMAGE);
    assertThat(headers.isType(EventHeaders.PHOTO)).isTrue();
    assertThat(headers.text(EventHeaders.ID)).contains(id.toString());
    assertThat(headers.flag(EventHeaders.REPLAYED)).isTrue();
    assertThat(headers.has(EventHeaders.DEADLINE)).isFalse();
    assertThat(headers.text(EventHeaders.TOP_K)).contains("3");
    assertThat(headers.text(EventHeaders.TRACEPARENT)).contains("00-aa-bb-01");
    assertThat(headers.text(EventHeaders.CALLERS_ID)).contains("photo 17");
    assertThat(photo.headers().lastHeader(EventHeaders.IMAGE_KEY).value()).isEqualTo(key);
  }

  @Test
  void theResultOfAPhotoPutBackStillTellsTheCallersKeyAndId() {
    byte[] key = {0, (byte) 0xFF};
    ProducerRecord<byte[], byte[]> letter = letter(key, header(EventHeaders.ID, "photo 17"));
    ProducerRecord<byte[], byte[]> photo =
        DeadLetterFormat.replay("photos", WireRecords.stored(letter, 1, 5), NOW);
    StoredPhoto stored = WireRecords.storedPhoto(WireRecords.stored(photo, 0, 99), id);
    ProducerRecord<byte[], byte[]> result =
        ResultFormat.write("results", WireRecords.prediction(id), stored, false, NOW);
    EventHeaders headers = new EventHeaders(result.headers());
    assertThat(headers.flag(EventHeaders.REPLAYED)).isTrue();
    assertThat(headers.text(EventHeaders.CALLERS_ID)).contains("photo 17");
    assertThat(result.headers().lastHeader(EventHeaders.IMAGE_KEY).value()).isEqualTo(key);
  }

  @Test
  void theNoteStandsInTheLettersPartitionAndNamesItsPlace() {
    ProducerRecord<byte[], byte[]> note =
        DeadLetterFormat.replayed(WireRecords.stored(letter(null), 1, 5), NOW);
    EventHeaders headers = new EventHeaders(note.headers());
    assertThat(note.partition()).isEqualTo(1);
    assertThat(headers.isType(EventHeaders.LETTER_REPLAYED)).isTrue();
    assertThat(headers.number(EventHeaders.LETTER_OFFSET)).contains(5L);
  }

  @Test
  void ofThousandsOfHeadersOnlyOursAreKept() {
    Header[] headers = new Header[10_000];
    for (int i = 0; i < headers.length; i++) {
      headers[i] = new RecordHeader("h" + i, new byte[100]);
    }
    List<Header> kept = List.of(letter(null, headers).headers().toArray());
    assertThat(kept).hasSizeLessThan(15);
  }
}
