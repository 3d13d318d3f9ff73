package io.fieldmark.transport.kafka;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of our records: CloudEvents 1.0 in binary content mode, attributes with the prefix
 * {@code ce_}, our own ones as extensions. {@code asyncapi.yaml} describes them for others.
 */
public final class EventHeaders {
  public static final String PHOTO = "io.fieldmark.photo.v1";
  public static final String PREDICTION = "io.fieldmark.prediction.v1";
  public static final String REJECTION = "io.fieldmark.rejection.v1";
  public static final String DEAD_LETTER = "io.fieldmark.dead-letter.v1";

  /** Beside a dead letter, in its partition: its photo was put back. */
  public static final String LETTER_REPLAYED = "io.fieldmark.dead-letter-replayed.v1";

  public static final String FEEDBACK = "io.fieldmark.feedback.v1";
  public static final String LABELLED = "io.fieldmark.photo.labelled.v1";
  public static final String WORKER = "io.fieldmark.worker.v1";

  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String TOP_K = "ce_topk";
  public static final String DEADLINE = "ce_deadline";
  public static final String RECEIVE_NANOS = "ce_receivenanos";

  /** Of the photo that a result or a dead letter is about. */
  public static final String IMAGE_PARTITION = "ce_imagepartition";

  public static final String IMAGE_OFFSET = "ce_imageoffset";
  public static final String IMAGE_TIME = "ce_imagetime";

  /** The key that a producer of its own gave the photo's record; its bytes as they were. */
  public static final String IMAGE_KEY = "imagekey";

  /** The id of a CloudEvent that is not ours, as it came. */
  public static final String CALLERS_ID = "ce_imageid";

  /** On a refusal whose photo is kept as a dead letter, and may yet be answered. */
  public static final String DEAD_LETTERED = "ce_deadlettered";

  /** On a photo that was a dead letter, and on its result, which supersedes the refusal. */
  public static final String REPLAYED = "ce_replayed";

  public static final String REASON = "ce_reason";
  public static final String DETAIL = "ce_detail";
  public static final String ATTEMPTS = "ce_attempts";

  /** Of the dead letter whose photo was put back, in the same partition. */
  public static final String LETTER_OFFSET = "ce_letteroffset";

  /** What is in a photo, as somebody said. */
  public static final String LABEL = "ce_label";

  /** What the model had taken it for. */
  public static final String PREDICTED = "ce_predicted";

  public static final String TRACEPARENT = "traceparent";

  private static final String SPEC_VERSION = "ce_specversion";
  private static final String TIME = "ce_time";
  private static final String CONTENT_TYPE = "content-type";
  private static final String TRUE = "true";

  /** Bytes of a stranger's header or key that are handed back; longer ones are left out. */
  static final int LONGEST = 8 * 1024;

  private final Headers headers;

  public EventHeaders(Headers headers) {
    this.headers = headers;
  }

  /** Writes what every event carries. */
  public static EventHeaders begin(
      Headers headers, String type, String source, String id, String contentType, Instant now) {
    return new EventHeaders(headers)
        .put(SPEC_VERSION, "1.0")
        .put(TYPE, type)
        .put(SOURCE, source)
        .put(ID, id)
        .put(TIME, now.toString())
        .put(CONTENT_TYPE, contentType);
  }

  public EventHeaders put(String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public EventHeaders put(String name, Optional<String> value) {
    value.ifPresent(present -> put(name, present));
    return this;
  }

  public EventHeaders flag(String name, boolean set) {
    return set ? put(name, TRUE) : this;
  }

  /**
   * Hands a header through as it is, where there is one that is no longer than ours ever are: a
   * stranger's may be megabytes, and what carries it would be too large for its topic.
   */
  public EventHeaders copy(String name, EventHeaders from) {
    Header header = from.headers.lastHeader(name);
    if (header != null && header.value() != null && header.value().length <= LONGEST) {
      headers.add(name, header.value());
    }
    return this;
  }

  public Optional<String> text(String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  public Optional<String> contentType() {
    return text(CONTENT_TYPE);
  }

  public boolean flag(String name) {
    return text(name).filter(TRUE::equals).isPresent();
  }

  public boolean isType(String type) {
    return text(TYPE).filter(type::equals).isPresent();
  }

  /** Empty as well when the header is no whole number. */
  public Optional<Long> number(String name) {
    try {
      return text(name).map(Long::valueOf);
    } catch (NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  /** Empty as well when the header is no RFC 3339 time. */
  public Optional<Instant> time(String name) {
    try {
      return text(name).map(Instant::parse);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  public boolean has(String name) {
    return headers.lastHeader(name) != null;
  }
}
