package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.ModelReference;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Verdict;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Feedback on its compacted topic, keyed by the id of the prediction: the last one stays. A record
 * without a value takes back what stands under its key.
 */
final class FeedbackFormat {
  private static final String SOURCE = "/fieldmark/ingestion";

  private FeedbackFormat() {}

  /**
   * @param event an id of its own, since there may be several for one prediction
   */
  static ProducerRecord<byte[], byte[]> write(String topic, Feedback feedback, RequestId event) {
    JsonObject json =
        new JsonObject()
            .put("id", feedback.id().toString())
            .put(
                "model",
                new JsonObject()
                    .put("name", feedback.model().name())
                    .put("version", feedback.model().version()))
            .put("predicted", feedback.predicted())
            .put("confidence", feedback.confidence())
            .put("verdict", feedback.verdict().wireName())
            .put("correct", feedback.correct());
    feedback.label().ifPresent(label -> json.put("label", label));
    json.put("time", feedback.at().toString());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, key(feedback.id()), json.toBuffer().getBytes());
    EventHeaders.begin(
        record.headers(),
        EventHeaders.FEEDBACK,
        SOURCE,
        event.toString(),
        "application/json",
        feedback.at());
    return record;
  }

  static ProducerRecord<byte[], byte[]> withdrawal(String topic, RequestId id) {
    return new ProducerRecord<>(topic, key(id), null);
  }

  private static byte[] key(RequestId id) {
    return id.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The prediction whose feedback this record takes back; empty when it does not. */
  static Optional<RequestId> withdrawn(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null && record.key() != null
        ? RequestId.parse(new String(record.key(), StandardCharsets.US_ASCII))
        : Optional.empty();
  }

  /** Empty when the record is none of ours, or of a version that cannot be read. */
  static Optional<Feedback> read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null
        || !new EventHeaders(record.headers()).isType(EventHeaders.FEEDBACK)) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(new String(record.value(), StandardCharsets.UTF_8));
      JsonObject model = json.getJsonObject("model");
      return Optional.of(
              new Feedback(
                  RequestId.parse(json.getString("id")).orElseThrow(),
                  new ModelReference(model.getString("name"), model.getString("version")),
                  json.getString("predicted"),
                  json.getDouble("confidence"),
                  new Verdict(json.getString("verdict")),
                  json.getBoolean("correct"),
                  Optional.ofNullable(json.getString("label")),
                  Instant.parse(json.getString("time"))))
          .filter(FeedbackFormat::isWhole);
    } catch (DecodeException
        | ClassCastException
        | NullPointerException
        | NoSuchElementException
        | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(Feedback feedback) {
    return feedback.model().name() != null
        && feedback.predicted() != null
        && feedback.confidence() >= 0
        && feedback.confidence() <= 1;
  }
}
