package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Admission;
import io.fieldmark.domain.ImageFile;
import io.fieldmark.domain.InferenceRequest;
import io.fieldmark.domain.RejectionReason;
import io.fieldmark.domain.RequestId;
import io.fieldmark.domain.Stage;
import io.fieldmark.domain.StageTimings;
import io.fieldmark.validation.ImageValidator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Photos on their topic: the value is the image file and nothing else. What our own producers add
 * stands in headers, and a record without any of them is as good.
 */
public final class PhotoFormat {
  public static final String INGESTION = "/fieldmark/ingestion";

  private static final Logger LOG = LoggerFactory.getLogger(PhotoFormat.class);
  private static final int DEFAULT_TOP_K = 5;
  private static final int MAX_TOP_K = 1000;

  private PhotoFormat() {}

  /** Keyed by id, so that photos spread evenly over partitions. */
  public static ProducerRecord<byte[], byte[]> write(
      String topic, InferenceRequest request, Instant now) {
    byte[] key = request.id().toString().getBytes(StandardCharsets.US_ASCII);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, key, request.image().bytes());
    String format = request.image().header().format().name().toLowerCase(Locale.ROOT);
    EventHeaders headers =
        EventHeaders.begin(
                record.headers(),
                EventHeaders.PHOTO,
                INGESTION,
                request.id().toString(),
                "image/" + format,
                now)
            .put(EventHeaders.TOP_K, Integer.toString(request.topK()))
            .put(EventHeaders.DEADLINE, request.deadline().map(Instant::toString))
            .put(EventHeaders.TRACEPARENT, request.traceparent());
    request
        .timings()
        .forEach(
            (stage, nanos) -> {
              if (stage == Stage.RECEIVE) {
                headers.put(EventHeaders.RECEIVE_NANOS, Long.toString(nanos));
              }
            });
    return record;
  }

  /**
   * The file's bytes as they are.
   *
   * @param source who sends it, as CloudEvents name a source
   */
  public static ProducerRecord<byte[], byte[]> write(
      String topic, RequestId id, byte[] image, String source, Instant now) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, id.toString().getBytes(StandardCharsets.US_ASCII), image);
    EventHeaders.begin(
        record.headers(),
        EventHeaders.PHOTO,
        source,
        id.toString(),
        "application/octet-stream",
        now);
    return record;
  }

  /**
   * @param topicId tells this topic from a later one of the same name, whose offsets begin anew
   */
  public static StoredPhoto read(
      ConsumerRecord<byte[], byte[]> record, Uuid topicId, ImageValidator validator, Clock clock) {
    EventHeaders headers = new EventHeaders(record.headers());
    RequestId id = id(record, headers, topicId);
    byte[] image = record.value() == null ? new byte[0] : record.value();
    return new StoredPhoto(record, id, admission(record, id, image, validator, clock));
  }

  /** Never throws: a record that stopped its reader would be passed over unanswered. */
  private static Admission<InferenceRequest> admission(
      ConsumerRecord<byte[], byte[]> record,
      RequestId id,
      byte[] image,
      ImageValidator validator,
      Clock clock) {
    try {
      return parameters(id, new EventHeaders(record.headers()))
          .then(
              topK ->
                  validator
                      .validate(id, image)
                      .then(file -> request(id, file, topK, record, clock)));
    } catch (RuntimeException bug) {
      LOG.atError().addKeyValue("request", id).setCause(bug).log("A photo cannot be looked at");
      return Admission.refused(
          id, RejectionReason.INTERNAL, "Something broke on our side; the log has it.");
    }
  }

  private static Admission<InferenceRequest> request(
      RequestId id, ImageFile file, int topK, ConsumerRecord<byte[], byte[]> record, Clock clock) {
    EventHeaders headers = new EventHeaders(record.headers());
    StageTimings received =
        headers
            .number(EventHeaders.RECEIVE_NANOS)
            .filter(nanos -> nanos >= 0)
            .map(nanos -> StageTimings.NONE.with(Stage.RECEIVE, nanos))
            .orElse(StageTimings.NONE);
    long waitedMillis = Math.max(0, clock.millis() - record.timestamp());
    return Admission.admitted(
        new InferenceRequest(
            id,
            file,
            topK,
            received.with(Stage.TOPIC, TimeUnit.MILLISECONDS.toNanos(waitedMillis)),
            headers.time(EventHeaders.DEADLINE),
            headers.text(EventHeaders.TRACEPARENT)));
  }

  private static Admission<Integer> parameters(RequestId id, EventHeaders headers) {
    if (headers.has(EventHeaders.DEADLINE) && headers.time(EventHeaders.DEADLINE).isEmpty()) {
      return Admission.refused(
          id, RejectionReason.MALFORMED, "The header ce_deadline must be a time as in RFC 3339.");
    }
    if (!headers.has(EventHeaders.TOP_K)) {
      return Admission.admitted(DEFAULT_TOP_K);
    }
    return headers
        .number(EventHeaders.TOP_K)
        .filter(topK -> topK >= 1 && topK <= MAX_TOP_K)
        .map(topK -> Admission.admitted(topK.intValue()))
        .orElseGet(
            () ->
                Admission.refused(
                    id,
                    RejectionReason.MALFORMED,
                    "The header ce_topk must be a whole number from 1 to %d."
                        .formatted(MAX_TOP_K)));
  }

  private static RequestId id(
      ConsumerRecord<byte[], byte[]> record, EventHeaders headers, Uuid topicId) {
    Optional<RequestId> given =
        headers.isType(EventHeaders.PHOTO)
            ? headers.text(EventHeaders.ID).flatMap(RequestId::parse)
            : Optional.empty();
    return given.orElseGet(
        () ->
            RequestId.derived(
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                digest(topicId, record.partition(), record.offset())));
  }

  private static byte[] digest(Uuid topicId, int partition, long offset) {
    ByteBuffer place = ByteBuffer.allocate(28);
    place.putLong(topicId.getMostSignificantBits()).putLong(topicId.getLeastSignificantBits());
    place.putInt(partition).putLong(offset);
    try {
      return MessageDigest.getInstance("SHA-256").digest(place.array());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
