package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.RequestId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackFormatTest {
  private final RequestId id = RequestId.next(WireRecords.STORED);

  @Test
  void whatIsWrittenIsReadAgain() {
    for (Feedback said :
        new Feedback[] {WireRecords.feedback(id), WireRecords.labelled(id, "Ameisenbär")}) {
      ProducerRecord<byte[], byte[]> record = FeedbackFormat.write("t", said, id);
      assertThat(record.key()).asString(StandardCharsets.US_ASCII).isEqualTo(id.toString());
      assertThat(FeedbackFormat.read(WireRecords.stored(record, 0, 0))).contains(said);
    }
  }

  @Test
  void aRecordWithoutAValueTakesBackWhatStandsUnderItsKey() {
    ProducerRecord<byte[], byte[]> record = FeedbackFormat.withdrawal("t", id);
    assertThat(FeedbackFormat.withdrawn(WireRecords.stored(record, 0, 0))).contains(id);
    assertThat(FeedbackFormat.read(WireRecords.stored(record, 0, 0))).isEmpty();
  }

  @Test
  void neitherFeedbackNorAnEmptyRecordOfSomethingElseTakesAnythingBack() {
    ProducerRecord<byte[], byte[]> feedback =
        FeedbackFormat.write("t", WireRecords.feedback(id), id);
    ProducerRecord<byte[], byte[]> other =
        new ProducerRecord<>("t", "tiger".getBytes(StandardCharsets.US_ASCII), null);
    ProducerRecord<byte[], byte[]> keyless = new ProducerRecord<>("t", null, null);
    assertThat(FeedbackFormat.withdrawn(WireRecords.stored(feedback, 0, 0))).isEmpty();
    assertThat(FeedbackFormat.withdrawn(WireRecords.stored(other, 0, 0))).isEmpty();
    assertThat(FeedbackFormat.withdrawn(WireRecords.stored(keyless, 0, 0))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"id\":\"tiger\"}",
        "{\"id\":7}",
        "{\"id\":\"01a20b89-74c3-7cc1-b5b4-245dcda44b56\",\"model\":{\"name\":\"m\",\"version\":\"1\"},"
            + "\"predicted\":\"cat\",\"confidence\":7,\"verdict\":\"identified\",\"correct\":true,"
            + "\"time\":\"2026-03-01T10:00:00Z\"}",
        "{\"id\":\"01a20b89-74c3-7cc1-b5b4-245dcda44b56\",\"model\":{\"name\":\"m\",\"version\":\"1\"},"
            + "\"predicted\":\"cat\",\"confidence\":0.7,\"verdict\":\"identified\",\"correct\":true,"
            + "\"time\":\"yesterday\"}"
      })
  void whatIsNoFeedbackIsNotRead(String value) {
    ProducerRecord<byte[], byte[]> record = FeedbackFormat.write("t", WireRecords.feedback(id), id);
    assertThat(
            FeedbackFormat.read(
                WireRecords.stored(
                    record.key(),
                    value.getBytes(StandardCharsets.UTF_8),
                    record.headers().toArray(),
                    0,
                    0)))
        .isEmpty();
  }

  @Test
  void neitherARecordOfAnotherTypeNorAnEmptyOneIsRead() {
    ProducerRecord<byte[], byte[]> result = WireRecords.result("t", WireRecords.prediction(id));
    ProducerRecord<byte[], byte[]> record = FeedbackFormat.write("t", WireRecords.feedback(id), id);
    assertThat(FeedbackFormat.read(WireRecords.stored(result, 0, 0))).isEmpty();
    assertThat(
            FeedbackFormat.read(
                WireRecords.stored(record.key(), null, record.headers().toArray(), 0, 0)))
        .isEmpty();
  }
}
