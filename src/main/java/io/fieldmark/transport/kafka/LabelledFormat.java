package io.fieldmark.transport.kafka;

import io.fieldmark.domain.Feedback;
import io.fieldmark.domain.ImageFormat;
import io.fieldmark.domain.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Photos with their labels on their compacted topic, keyed by id: the value is the image file, the
 * label stands in a header. A record without a value says that nothing is to be kept.
 */
public final class LabelledFormat {
  private static final String SOURCE = "/fieldmark/ingestion";
  private static final String IMAGE = "image/";

  private LabelledFormat() {}

  /** A photo as it stands there. */
  public record Labelled(RequestId id, String label, ImageFormat format) {}

  /**
   * @param picture the file, without what is not its picture
   * @param event an id of its own, since a photo may get several labels
   */
  static ProducerRecord<byte[], byte[]> write(
      String topic,
      Feedback feedback,
      String label,
      ImageFormat format,
      byte[] picture,
      RequestId event,
      Instant now) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, key(feedback.id()), picture);
    EventHeaders.begin(
            record.headers(),
            EventHeaders.LABELLED,
            SOURCE,
            event.toString(),
            IMAGE + format.wireName(),
            now)
        .put(EventHeaders.LABEL, label)
        .put(EventHeaders.PREDICTED, feedback.predicted());
    return record;
  }

  static ProducerRecord<byte[], byte[]> forgotten(String topic, RequestId id) {
    return new ProducerRecord<>(topic, key(id), null);
  }

  private static byte[] key(RequestId id) {
    return id.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The id under which a record stands; empty when it is none of ours. */
  public static Optional<RequestId> id(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null
        ? Optional.empty()
        : RequestId.parse(new String(record.key(), StandardCharsets.US_ASCII));
  }

  /** Empty when the record is no photo of ours, or of a version that cannot be read. */
  public static Optional<Labelled> read(ConsumerRecord<byte[], byte[]> record) {
    EventHeaders headers = new EventHeaders(record.headers());
    if (record.value() == null || !headers.isType(EventHeaders.LABELLED)) {
      return Optional.empty();
    }
    return id(record)
        .flatMap(
            id ->
                headers
                    .text(EventHeaders.LABEL)
                    .flatMap(
                        label -> format(headers).map(format -> new Labelled(id, label, format))));
  }

  private static Optional<ImageFormat> format(EventHeaders headers) {
    return headers
        .contentType()
        .flatMap(
            type ->
                Arrays.stream(ImageFormat.values())
                    .filter(format -> type.equals(IMAGE + format.wireName()))
                    .findFirst());
  }
}
