package io.fieldmark.transport.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Photos that we failed at, kept with the reason and where they came from, so that they can be put
 * back. Headers that are not ours are left behind: there may be thousands.
 */
public final class DeadLetterFormat {
  private static final String SOURCE = "/fieldmark/dead-letters";

  private DeadLetterFormat() {}

  /** Why a photo became a dead letter; the wire names never change. */
  public enum Reason {
    /** The process ended while it worked on this photo alone, twice. */
    CRASHED,
    /** Inference failed for a reason of ours, each time that it was tried. */
    FAILED;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ProducerRecord<byte[], byte[]> write(
      String topic, StoredPhoto photo, Reason reason, int attempts, String detail, Instant now) {
    ConsumerRecord<byte[], byte[]> image = photo.record();
    String id = photo.id().toString();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, id.getBytes(StandardCharsets.US_ASCII), image.value());
    EventHeaders.begin(
            record.headers(), EventHeaders.DEAD_LETTER, SOURCE, id, "application/octet-stream", now)
        .put(EventHeaders.REASON, reason.wireName())
        .put(EventHeaders.DETAIL, detail)
        .put(EventHeaders.ATTEMPTS, Integer.toString(attempts))
        .put(EventHeaders.IMAGE_PARTITION, Integer.toString(image.partition()))
        .put(EventHeaders.IMAGE_OFFSET, Long.toString(image.offset()))
        .put(EventHeaders.IMAGE_TIME, Instant.ofEpochMilli(image.timestamp()).toString())
        .copy(EventHeaders.TOP_K, photo.headers())
        .copy(EventHeaders.TRACEPARENT, photo.headers())
        .put(EventHeaders.CALLERS_ID, ResultFormat.callersId(photo));
    ResultFormat.callersKey(photo).ifPresent(record.headers()::add);
    return record;
  }

  /**
   * The photo to put back: the same id, no deadline, and the mark that lets its prediction
   * supersede the refusal.
   */
  public static ProducerRecord<byte[], byte[]> replay(
      String photosTopic, ConsumerRecord<byte[], byte[]> letter, Instant now) {
    EventHeaders from = new EventHeaders(letter.headers());
    String id = from.text(EventHeaders.ID).orElseThrow();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(photosTopic, id.getBytes(StandardCharsets.US_ASCII), letter.value());
    EventHeaders.begin(
            record.headers(), EventHeaders.PHOTO, SOURCE, id, "application/octet-stream", now)
        .flag(EventHeaders.REPLAYED, true)
        .copy(EventHeaders.TOP_K, from)
        .copy(EventHeaders.TRACEPARENT, from)
        .copy(EventHeaders.IMAGE_KEY, from)
        .copy(EventHeaders.CALLERS_ID, from);
    return record;
  }

  /**
   * Notes beside a letter that its photo was put back. It lasts as long as the letter itself, which
   * a consumer group's offsets do not: a group that nobody is in forgets them after days.
   */
  public static ProducerRecord<byte[], byte[]> replayed(
      ConsumerRecord<byte[], byte[]> letter, Instant now) {
    String id = new EventHeaders(letter.headers()).text(EventHeaders.ID).orElseThrow();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(letter.topic(), letter.partition(), letter.key(), new byte[0]);
    EventHeaders.begin(
            record.headers(),
            EventHeaders.LETTER_REPLAYED,
            SOURCE,
            id,
            "application/octet-stream",
            now)
        .put(EventHeaders.LETTER_OFFSET, Long.toString(letter.offset()));
    return record;
  }
}
