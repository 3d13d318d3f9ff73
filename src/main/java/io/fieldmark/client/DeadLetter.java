package io.fieldmark.client;

import io.fieldmark.transport.kafka.EventHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A photo that failed for a reason that is not its own, without its bytes. */
record DeadLetter(
    int partition,
    long offset,
    String id,
    String reason,
    String attempts,
    String detail,
    String origin,
    Instant storedAt) {
  private static final String UNKNOWN = "-";

  /** Empty when the record is no dead letter that can be put back. */
  static Optional<DeadLetter> of(ConsumerRecord<byte[], byte[]> record) {
    EventHeaders headers = new EventHeaders(record.headers());
    if (record.value() == null || !headers.isType(EventHeaders.DEAD_LETTER)) {
      return Optional.empty();
    }
    return headers
        .text(EventHeaders.ID)
        .map(
            id ->
                new DeadLetter(
                    record.partition(),
                    record.offset(),
                    id,
                    headers.text(EventHeaders.REASON).orElse(UNKNOWN),
                    headers.text(EventHeaders.ATTEMPTS).orElse(UNKNOWN),
                    headers.text(EventHeaders.DETAIL).orElse(UNKNOWN).replaceAll("\\s+", " "),
                    headers.text(EventHeaders.IMAGE_PARTITION).orElse(UNKNOWN)
                        + ":"
                        + headers.text(EventHeaders.IMAGE_OFFSET).orElse(UNKNOWN),
                    Instant.ofEpochMilli(record.timestamp())));
  }

  /** For people: one line, tabs between. */
  String line(Instant now) {
    Duration age =
        Duration.between(storedAt, now).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    return String.join("\t", id, reason, attempts, origin, age(age), detail);
  }

  private static String age(Duration age) {
    if (age.toDays() > 0) {
      return "%dd%dh".formatted(age.toDays(), age.toHoursPart());
    }
    return age.toHours() > 0
        ? "%dh%dm".formatted(age.toHours(), age.toMinutesPart())
        : "%dm%ds".formatted(age.toMinutes(), age.toSecondsPart());
  }
}
