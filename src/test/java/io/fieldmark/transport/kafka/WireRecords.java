package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Verdict;
import io.fieldmark.testing.Requests;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as the tiers write them, for tests of those that read them. */
public final class WireRecords {
  public static final Instant STORED = Instant.parse("2026-03-01T10:00:00Z");

  private WireRecords() {}

  /** What was written, as a reader finds it at this place. */
  public static ConsumerRecord<byte[], byte[]> stored(
      ProducerRecord<byte[], byte[]> written, int partition, long offset) {
    return stored(written.key(), written.value(), written.headers().toArray(), partition, offset);
  }

  /** A record of anybody's. */
  public static ConsumerRecord<byte[], byte[]> stored(
      byte[] key, byte[] value, Header[] headers, int partition, long offset) {
    return new ConsumerRecord<>(
        "photos",
        partition,
        offset,
        STORED.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        key == null ? 0 : key.length,
        value == null ? 0 : value.length,
        key,
        value,
        new RecordHeaders(headers),
        Optional.empty());
  }

  public static ProducerRecord<byte[], byte[]> photo(RequestId id, byte[] image) {
    return PhotoFormat.write("photos", id, image, "/test", STORED);
  }

  static StoredPhoto storedPhoto(ConsumerRecord<byte[], byte[]> record, RequestId id) {
    return new StoredPhoto(
        record, id, Admission.refused(id, RejectionReason.INTERNAL, "not looked at"));
  }

  private static StoredPhoto storedPhoto(RequestId id, boolean replayed) {
    ProducerRecord<byte[], byte[]> photo = photo(id, new byte[] {1});
    new EventHeaders(photo.headers()).flag(EventHeaders.REPLAYED, replayed);
    return storedPhoto(stored(photo, 3, 17), id);
  }

  public static ProducerRecord<byte[], byte[]> result(String topic, InferenceResult result) {
    return ResultFormat.write(topic, result, storedPhoto(result.id(), false), false, STORED);
  }

  /** The answer to a photo that was put back. */
  public static ProducerRecord<byte[], byte[]> replayedResult(
      String topic, InferenceResult result) {
    return ResultFormat.write(topic, result, storedPhoto(result.id(), true), false, STORED);
  }

  /** The refusal that stands for a dead letter. */
  public static ProducerRecord<byte[], byte[]> refusal(String topic, RequestId id) {
    Rejection rejection = Rejection.of(id, RejectionReason.INTERNAL, "The photo is kept.");
    return ResultFormat.write(topic, rejection, storedPhoto(id, false), true, STORED);
  }

  public static ProducerRecord<byte[], byte[]> deadLetter(
      String topic, RequestId id, DeadLetterFormat.Reason reason) {
    return DeadLetterFormat.write(
        topic, storedPhoto(id, false), reason, 3, "The model\nbroke", STORED);
  }

  static Feedback feedback(RequestId id) {
    return feedback(id, true, Optional.empty());
  }

  static Feedback labelled(RequestId id, String label) {
    return feedback(id, false, Optional.of(label));
  }

  private static Feedback feedback(RequestId id, boolean correct, Optional<String> label) {
    return new Feedback(
        id, Requests.MODEL.reference(), "cat", 0.9, Verdict.IDENTIFIED, correct, label, STORED);
  }

  /** A prediction of that id. */
  public static InferenceResult prediction(RequestId id) {
    Prediction any = Requests.answer(Requests.withoutDeadline());
    return new Prediction(
        id,
        any.model(),
        any.classifications(),
        any.verdict(),
        any.image(),
        any.timings(),
        any.answeredAt());
  }
}
