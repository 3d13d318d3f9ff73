package io.fieldmark.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldmark.testing.MutableClock;
import io.fieldmark.testing.Requests;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class WorkerDirectoryTest {
  private final MutableClock clock = new MutableClock();
  private final WorkerDirectory directory = new WorkerDirectory(Duration.ofSeconds(5), clock);

  private void announce(String instance, double throughput) {
    tell(
        WorkerFormat.write(
            "workers",
            new WorkerAnnouncement(
                instance,
                Optional.of(Requests.MODEL),
                2,
                1,
                3,
                throughput == 0 ? OptionalDouble.empty() : OptionalDouble.of(throughput)),
            clock.instant()));
  }

  private void tell(ProducerRecord<byte[], byte[]> record) {
    directory.read(
        new ConsumerRecord<>(
            "workers",
            0,
            0,
            clock.millis(),
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            record.key(),
            record.value(),
            new RecordHeaders(record.headers()),
            Optional.empty()));
  }

  @Test
  void addsUpAllThatLive() {
    announce("a", 100);
    announce("b", 50);
    announce("a", 120);
    WorkerDirectory.Crew crew = directory.crew();
    assertThat(crew.workers()).isEqualTo(4);
    assertThat(crew.busy()).isEqualTo(2);
    assertThat(crew.inWork()).isEqualTo(6);
    assertThat(crew.throughput()).hasValue(170);
    assertThat(crew.models()).containsExactly(Requests.MODEL);
  }

  @Test
  void takesTheSilentForDeadButRemembersTheirSpeed() {
    announce("a", 100);
    clock.advance(Duration.ofSeconds(6));
    assertThat(directory.crew().workers()).isZero();
    assertThat(directory.crew().throughput()).hasValue(100);
  }

  @Test
  void forgetsWhoSaysFarewell() {
    announce("a", 100);
    tell(WorkerFormat.gone("workers", "a"));
    assertThat(directory.crew().workers()).isZero();
  }

  @Test
  void speedIsUnknownUntilSomebodyMeasuredIt() {
    announce("a", 0);
    assertThat(directory.crew().workers()).isEqualTo(2);
    assertThat(directory.crew().throughput()).isEmpty();
  }
}
