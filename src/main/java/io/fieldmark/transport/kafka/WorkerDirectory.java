package io.fieldmark.transport.kafka;

import io.fieldmark.domain.ModelDescription;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The inference processes that live, by what they announce. One that is silent for too long is
 * taken for dead. Safe for any thread.
 */
final class WorkerDirectory {
  /** Beyond, the oldest is forgotten: nobody runs so many. */
  private static final int MOST = 10_000;

  private final Duration silence;
  private final Clock clock;
  private final Map<String, Seen> seen = new LinkedHashMap<>();
  private OptionalDouble lastSpeed = OptionalDouble.empty();

  private record Seen(WorkerAnnouncement worker, Instant at) {}

  /**
   * @param silence after which a process is taken for dead
   */
  WorkerDirectory(Duration silence, Clock clock) {
    this.silence = silence;
    this.clock = clock;
  }

  synchronized void read(ConsumerRecord<byte[], byte[]> record) {
    Optional<WorkerAnnouncement> worker = WorkerFormat.read(record);
    if (record.key() != null) {
      seen.remove(new String(record.key(), StandardCharsets.UTF_8));
    }
    worker.ifPresent(lives -> seen.put(lives.instance(), new Seen(lives, at(record))));
    if (seen.size() > MOST) {
      seen.remove(seen.keySet().iterator().next());
    }
    double speed =
        seen.values().stream().mapToDouble(last -> last.worker().throughput().orElse(0)).sum();
    if (speed > 0) {
      lastSpeed = OptionalDouble.of(speed);
    }
  }

  /** What stood there before counts from when it was written, by the broker's clock. */
  private Instant at(ConsumerRecord<byte[], byte[]> record) {
    Instant written = Instant.ofEpochMilli(record.timestamp());
    Instant now = clock.instant();
    return written.isAfter(now) ? now : written;
  }

  private List<WorkerAnnouncement> alive() {
    Instant limit = clock.instant().minus(silence);
    seen.values().removeIf(last -> last.at().isBefore(limit));
    return seen.values().stream().map(Seen::worker).toList();
  }

  /** All that live, taken together. */
  synchronized Crew crew() {
    List<WorkerAnnouncement> alive = alive();
    double speed = alive.stream().mapToDouble(worker -> worker.throughput().orElse(0)).sum();
    return new Crew(
        alive.stream().mapToInt(WorkerAnnouncement::workers).sum(),
        alive.stream().mapToInt(WorkerAnnouncement::busy).sum(),
        alive.stream().mapToInt(WorkerAnnouncement::inWork).sum(),
        speed > 0 ? OptionalDouble.of(speed) : lastSpeed,
        alive.stream().flatMap(worker -> worker.model().stream()).distinct().toList());
  }

  /**
   * @param throughput photos a second of all together; the last known one when none live
   */
  record Crew(
      int workers,
      int busy,
      int inWork,
      OptionalDouble throughput,
      List<ModelDescription> models) {}
}
