package io.fieldmark.client;

import io.fieldmark.transport.kafka.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** All partitions of a topic, read from wherever one likes, of no group. */
final class WholeTopic implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Access access;
  private final List<TopicPartition> partitions;

  WholeTopic(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.access = Access.read(topic);
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
  }

  /** What reading it needs. */
  Access access() {
    return access;
  }

  /** The offsets of the oldest records that are still there. */
  Map<TopicPartition, Long> beginning() {
    return consumer.beginningOffsets(partitions);
  }

  /** The offsets that the next records will get. */
  Map<TopicPartition, Long> end() {
    return consumer.endOffsets(partitions);
  }

  /** The offsets of the first records that the broker took from this moment on. */
  Map<TopicPartition, Long> since(Instant moment) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, moment.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
    return with(
        end(),
        (partition, end) -> found.get(partition) == null ? end : found.get(partition).offset());
  }

  static Map<TopicPartition, Long> with(
      Map<TopicPartition, Long> offsets, BiFunction<TopicPartition, Long, Long> change) {
    Map<TopicPartition, Long> changed = new HashMap<>(offsets);
    changed.replaceAll(change);
    return changed;
  }

  void seek(Map<TopicPartition, Long> offsets) {
    offsets.forEach(consumer::seek);
  }

  /** What is there, or nothing after a moment. */
  ConsumerRecords<byte[], byte[]> poll() {
    return consumer.poll(POLL);
  }

  /** Where the next poll goes on. */
  Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
    return positions;
  }

  boolean reached(Map<TopicPartition, Long> offsets) {
    Map<TopicPartition, Long> positions = positions();
    return offsets.entrySet().stream()
        .allMatch(goal -> positions.get(goal.getKey()) >= goal.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
