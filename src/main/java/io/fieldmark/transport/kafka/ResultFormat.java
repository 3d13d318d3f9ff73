package io.fieldmark.transport.kafka;

import io.fieldmark.domain.InferenceResult;
import io.fieldmark.domain.Prediction;
import io.fieldmark.domain.Rejection;
import io.fieldmark.transport.kafka.ResultRecord.ImagePosition;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Results on their topic, keyed by id: all results of one photo stand in one partition, in the
 * order in which they became known.
 */
public final class ResultFormat {
  private static final String INFERENCE = "/fieldmark/inference";
  private static final String REPLAY = "/fieldmark/inference/replay";
  private static final String JSON = "application/json";

  private ResultFormat() {}

  public static ProducerRecord<byte[], byte[]> write(
      String topic, InferenceResult result, StoredPhoto photo, boolean deadLettered, Instant now) {
    String id = result.id().toString();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            id.getBytes(StandardCharsets.US_ASCII),
            ResultJson.write(result).toBuffer().getBytes());
    ConsumerRecord<byte[], byte[]> image = photo.record();
    EventHeaders.begin(
            record.headers(), type(result), photo.replayed() ? REPLAY : INFERENCE, id, JSON, now)
        .put(EventHeaders.IMAGE_PARTITION, Integer.toString(image.partition()))
        .put(EventHeaders.IMAGE_OFFSET, Long.toString(image.offset()))
        .put(EventHeaders.IMAGE_TIME, Instant.ofEpochMilli(image.timestamp()).toString())
        .flag(EventHeaders.DEAD_LETTERED, deadLettered)
        .flag(EventHeaders.REPLAYED, photo.replayed())
        .copy(EventHeaders.TRACEPARENT, photo.headers());
    callersKey(photo).ifPresent(record.headers()::add);
    callersId(photo)
        .ifPresent(given -> new EventHeaders(record.headers()).put(EventHeaders.CALLERS_ID, given));
    return record;
  }

  /** Under what a producer of its own will look for the answer. */
  static Optional<Header> callersKey(StoredPhoto photo) {
    byte[] key = photo.record().key();
    Header handedOn = photo.record().headers().lastHeader(EventHeaders.IMAGE_KEY);
    if (handedOn != null && handedOn.value() != null) {
      return Optional.of(handedOn);
    }
    return key == null || new String(key, StandardCharsets.US_ASCII).equals(photo.id().toString())
        ? Optional.empty()
        : Optional.of(new RecordHeader(EventHeaders.IMAGE_KEY, key));
  }

  private static Optional<String> callersId(StoredPhoto photo) {
    return photo
        .headers()
        .text(EventHeaders.CALLERS_ID)
        .or(() -> photo.headers().text(EventHeaders.ID))
        .filter(given -> !given.equals(photo.id().toString()));
  }

  private static String type(InferenceResult result) {
    return switch (result) {
      case Prediction prediction -> EventHeaders.PREDICTION;
      case Rejection rejection -> EventHeaders.REJECTION;
    };
  }

  /** Empty when the record is none of ours, or of a version that cannot be read. */
  public static Optional<ResultRecord> read(ConsumerRecord<byte[], byte[]> record) {
    EventHeaders headers = new EventHeaders(record.headers());
    boolean prediction = headers.isType(EventHeaders.PREDICTION);
    if (record.value() == null || (!prediction && !headers.isType(EventHeaders.REJECTION))) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(new String(record.value(), StandardCharsets.UTF_8));
      InferenceResult result =
          prediction ? ResultJson.prediction(json) : ResultJson.rejection(json);
      return Optional.of(
          new ResultRecord(
              result,
              position(headers),
              headers.flag(EventHeaders.DEAD_LETTERED),
              headers.flag(EventHeaders.REPLAYED)));
    } catch (DecodeException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException
        | NoSuchElementException
        | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<ImagePosition> position(EventHeaders headers) {
    Optional<Long> partition = headers.number(EventHeaders.IMAGE_PARTITION);
    Optional<Long> offset = headers.number(EventHeaders.IMAGE_OFFSET);
    Optional<Instant> time = headers.time(EventHeaders.IMAGE_TIME);
    return partition.flatMap(
        p -> offset.flatMap(o -> time.map(t -> new ImagePosition(p.intValue(), o, t))));
  }
}
